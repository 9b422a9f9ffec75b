"""What can be made for somebody to download. A room with something to pack has a `packing.py`:

    @packs("logbooks", title="Logbooks")
    def logbooks(parcel, out, progress):
        progress.steps = len(students)
        for student in students:
            out.write(...)
            progress()
        return "Logbooks.pdf"

`parcel.options` is what the person chose (plain JSON), `parcel.by` the person and `parcel.desk` their desk: look their
rows up through `visible_to(parcel.by)`, since rights may have ended meanwhile. `out` is a binary temporary file. The
function returns the name that the file is saved under; what it is follows from the name's ending. It may raise
`Refused` with a sentence for the person. `progress()` raises Overtaken when they have cancelled.
"""

from collections.abc import Callable
from dataclasses import dataclass

from portal.discovering import discover


@dataclass(frozen=True)
class Kind:
    """A kind of parcel: its name, what people call it, and the function that packs it."""

    name: str
    title: str
    pack: Callable


_kinds: dict[str, Kind] = {}


def packs(name: str, *, title: str):
    """Mark a function (parcel, out, progress) -> file name."""

    def register(pack):
        _kinds[name] = Kind(name, title, pack)
        return pack

    return register


def kind_of(name: str) -> Kind:
    """The kind called `name`; raises KeyError."""
    discover("packing")
    return _kinds[name]
