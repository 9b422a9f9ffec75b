"""Many reports as one PDF that stays tagged: written as they come, so that no process has to hold all of it.

Joining finished files loses what screen readers need (pypdf drops the structure, WeasyPrint would have to hold every
page). Here each report is laid out alone; before its bytes are written, its objects get new numbers, its structure
becomes a branch of one common tree (`/Document`, a `/Part` for each heading, an `/Art` for each report) and its pages a
branch of the page tree. Objects go straight into compressed object streams (PDF 1.7, ISO 32000-1, 7.5.7 and 14.7).
"""

import re
import zlib
from array import array
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from portal.pdf import pdf

CATALOG, PAGES, STRUCTURE, DOCUMENT, PARENTS, OUTLINES, INFO, METADATA = range(1, 9)
# A reference to an object; strings are passed by, as their text may look like one.
REFERENCE = re.compile(rb"\((?:[^\\()]|\\.)*\)|(\d+) 0 R", re.DOTALL)
LABELS = b"/PageLabels <</Nums [0 <</S /r>> %d <</S /D>>]>>"  # what is in front: i, ii; then from 1 on
IN_A_STREAM = 500  # objects that are compressed together
XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt>
<rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass
class Mark:
    """A bookmark: where it leads (the number of a page object), and those below it.

    One at the top has a place in the structure as well: `element`, with the elements of its reports in `held`.
    """

    title: str
    page: int
    element: int = 0
    held: list[int] = field(default_factory=list)
    below: list["Mark"] = field(default_factory=list)
    number: int = 0


class JoinedPDF:
    """Reports go in by `add`, in their order; `close` writes what holds them together. `out` is a binary file.

    `numbered`: pages are numbered through, from 1 on. What was `put_first` is not counted among them.
    """

    def __init__(self, out, *, title: str, author: str = "", lang: str = "en-GB", numbered: bool = False):
        self.objects = Objects(out, reserved=METADATA)
        self.title, self.author, self.lang = title, author, lang
        self.marks: list[Mark] = []
        self.kids: list[int] = []  # the page trees of the reports
        self.parents: list[int] = []  # their tables from marked content to structure
        self.pages = self.keys = self.front = 0
        self.numbered = numbered

    def add(self, html: str, *, title: str, under: str = "") -> int:
        """Append a report, with the bookmark `title` below `under` (new where the last one differs), or at the top.

        Returns the number of its first page.
        """
        first = self.pages + 1
        number = first if self.numbered else None
        pdf(html, finisher=lambda document, made: self.take(made, title, under), first_page=number)
        return first

    def put_first(self, html: str, *, title: str, under: str):
        """Put a cover before all else: it is laid out once everything that it tells of is there. Then `close`."""
        before = self.pages
        pdf(html, finisher=lambda document, made: self.take(made, title, under))
        self.front = self.pages - before
        for rows in (self.marks, self.kids):
            rows.insert(0, rows.pop())

    def take(self, made, title: str, under: str):
        """Write the objects of a report, as WeasyPrint has them ready, and leave it none to write itself."""
        parts, made.objects[1:] = made.objects[1:], []
        base = self.objects.reserve(len(parts))
        root = parts[number_in(made.catalog["StructTreeRoot"]) - 1]
        report = parts[number_in(root["K"][0]) - 1]
        parents = parts[number_in(root["ParentTree"]) - 1]
        left_out = {made.catalog.number, made.info.number, root.number, number_in(made.catalog["Metadata"])}
        self.set_apart(parts, parents, base)
        first = base + made.pages["Kids"][0]
        if not under or not self.marks or self.marks[-1].title != under:
            self.marks.append(Mark(under or title, first, self.objects.number()))
        self.marks[-1].held.append(base + report.number)
        if under:
            self.marks[-1].below.append(Mark(title, first))
        report["S"], report["T"] = "/Art", text(title)
        del report["P"]
        ties = {
            made.pages.number: b"/Parent %d 0 R" % PAGES,
            report.number: b"/P %d 0 R" % self.marks[-1].element,
        }
        for part in parts:
            if part.number not in left_out:
                self.objects.write(base + part.number, part.data, base, ties.get(part.number, b""))
        self.kids.append(base + made.pages.number)
        self.parents.append(base + parents.number)
        self.pages += made.pages["Count"]

    def set_apart(self, parts, parents, base: int):
        """Make the keys and names that must be one report's alone differ from those of all others."""
        for part in parts:
            if not isinstance(part, dict):
                continue
            for name in ("StructParents", "StructParent"):
                if name in part:
                    part[name] += self.keys
            if "ID" in part:
                part["ID"].string = f"{base}-{part['ID'].string}"
        keys = [key + self.keys for key in parents["Nums"][::2]]
        parents["Nums"][::2] = keys
        parents["Limits"] = b"[%d %d]" % (keys[0], keys[-1])
        self.keys = keys[-1] + 1

    def close(self):
        """Write the trees, the bookmarks and the end of the file."""
        put = self.objects.write
        parts = references(mark.element for mark in self.marks)
        put(PAGES, b"<</Type /Pages/Count %d/Kids %s>>" % (self.pages, references(self.kids)))
        put(STRUCTURE, b"<</Type /StructTreeRoot/K [%d 0 R]/ParentTree %d 0 R>>" % (DOCUMENT, PARENTS))
        put(DOCUMENT, b"<</Type /StructElem/S /Document/P %d 0 R/K %s>>" % (STRUCTURE, parts))
        put(PARENTS, b"<</Kids %s>>" % references(self.parents))
        for mark in self.marks:
            told = (DOCUMENT, text(mark.title), references(mark.held))
            put(mark.element, b"<</Type /StructElem/S /Part/P %d 0 R/T %s/K %s>>" % told)
        put(OUTLINES, b"<</Type /Outlines%s>>" % self.outline(self.marks, OUTLINES))
        author = b"/Author %s" % text(self.author) if self.author else b""
        put(INFO, b"<</Title %s%s/Producer (WeasyPrint)>>" % (text(self.title), author))
        xmp = XMP.format(title=escape(self.title)).encode()
        self.objects.put_stream(METADATA, b"/Type /Metadata/Subtype /XML", xmp, compressed=False)
        labels = LABELS % self.front if self.front else b""
        tied = (PAGES, STRUCTURE, OUTLINES, METADATA, text(self.lang), labels)
        put(
            CATALOG,
            b"<</Type /Catalog/Pages %d 0 R/StructTreeRoot %d 0 R/Outlines %d 0 R/Metadata %d 0 R/Lang %s"
            b"/PageMode /UseOutlines/MarkInfo <</Marked true>>/ViewerPreferences <</DisplayDocTitle true>>%s>>" % tied,
        )
        self.objects.close(root=CATALOG, info=INFO)

    def outline(self, marks: list[Mark], parent: int) -> bytes:
        """Write bookmarks, those below them closed; returns what their parent says of them."""
        for mark in marks:
            mark.number = self.objects.number()
        for place, mark in enumerate(marks):
            said = b"/Title %s/Parent %d 0 R/Dest [%d 0 R /XYZ null null null]" % (text(mark.title), parent, mark.page)
            if place:
                said += b"/Prev %d 0 R" % marks[place - 1].number
            if place + 1 < len(marks):
                said += b"/Next %d 0 R" % marks[place + 1].number
            if mark.below:
                said += self.outline(mark.below, mark.number)
            self.objects.write(mark.number, b"<<%s>>" % said)
        count = len(marks) if parent == OUTLINES else -len(marks)
        return b"/First %d 0 R/Last %d 0 R/Count %d" % (marks[0].number, marks[-1].number, count)


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


def number_in(reference) -> int:
    """The number of the object that '12 0 R' (bytes or text) refers to."""
    return int(reference.split()[0])


def references(numbers) -> bytes:
    return b"[%s]" % b" ".join(b"%d 0 R" % number for number in numbers)


def text(words: str) -> bytes:
    """A text as PDF writes it."""
    from pydyf import String

    return String(words).data
