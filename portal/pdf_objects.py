"""The objects of a PDF, written as they come into compressed object streams (PDF 1.7, ISO 32000-1, 7.5.7)."""

import re
import zlib
from array import array

# A reference to an object; strings are passed by, as their text may look like one.
REFERENCE = re.compile(rb"\((?:[^\\()]|\\.)*\)|(\d+) 0 R", re.DOTALL)
IN_A_STREAM = 500  # objects that are compressed together


class Objects:
    """The objects of a PDF on their way into a file; of each only its place is kept (13 bytes)."""

    def __init__(self, out, *, reserved: int):
        self.out = out
        self.kinds, self.places, self.positions = array("B"), array("Q"), array("I")
        self.waiting: list[tuple[int, bytes]] = []
        self.at = 0
        self.say(b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n")
        self.reserve(1 + reserved)

    def reserve(self, many: int) -> int:
        """Numbers for so many objects; returns the one before the first."""
        before = len(self.kinds) - 1
        for column in (self.kinds, self.places, self.positions):
            column.frombytes(bytes(column.itemsize * many))
        return before

    def number(self) -> int:
        """A number for one object."""
        return self.reserve(1) + 1

    def write(self, number: int, data: bytes, base: int = 0, more: bytes = b""):
        """Write an object: `data` as pydyf has it, its references moved by `base`, `more` put into its dictionary."""
        head, stream, body = data.partition(b"\nstream\n")
        if base:
            head = REFERENCE.sub(lambda found: moved(found, base), head)
        if more:
            head = head[:-2] + more + head[-2:]
        if stream:
            self.put(number, head + stream + body)
            return
        self.waiting.append((number, head))
        if len(self.waiting) == IN_A_STREAM:
            self.flush()

    def put(self, number: int, data: bytes):
        self.kinds[number], self.places[number] = 1, self.at
        self.say(b"%d 0 obj\n" % number + data + b"\nendobj\n")

    def put_stream(self, number: int, head: bytes, content: bytes, *, compressed: bool = True):
        if compressed:
            content, head = zlib.compress(content), head + b"/Filter /FlateDecode"
        self.put(number, b"<<%s/Length %d>>\nstream\n" % (head, len(content)) + content + b"\nendstream")

    def flush(self):
        """Compress the objects that wait."""
        if not self.waiting:
            return
        own, index, at = self.number(), [], 0
        for position, (number, data) in enumerate(self.waiting):
            self.kinds[number], self.places[number], self.positions[number] = 2, own, position
            index.append(b"%d %d" % (number, at))
            at += len(data) + 1
        table = b" ".join(index) + b"\n"
        content = table + b"\n".join(data for _, data in self.waiting)
        head = b"/Type /ObjStm/N %d/First %d" % (len(self.waiting), len(table))
        self.put_stream(own, head, content)
        self.waiting = []

    def close(self, *, root: int, info: int):
        """Write where every object is, and the end."""
        self.flush()
        own = self.number()
        self.kinds[own], self.places[own] = 1, self.at
        rows = zip(self.kinds, self.places, self.positions, strict=True)
        table = b"".join(bytes((kind,)) + a.to_bytes(6, "big") + b.to_bytes(3, "big") for kind, a, b in rows)
        head = b"/Type /XRef/W [1 6 3]/Size %d/Root %d 0 R/Info %d 0 R" % (len(self.kinds), root, info)
        self.put_stream(own, head, table)
        self.say(b"startxref\n%d\n%%%%EOF\n" % self.places[own])

    def say(self, data: bytes):
        self.out.write(data)
        self.at += len(data)


def moved(found, base: int) -> bytes:
    """A reference, to where its object is now; a string as it was."""
    return found[0] if found[1] is None else b"%d 0 R" % (int(found[1]) + base)


def references(numbers) -> bytes:
    return b"[%s]" % b" ".join(b"%d 0 R" % number for number in numbers)
