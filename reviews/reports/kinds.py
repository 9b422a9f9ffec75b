"""What a kind of report is: a function in `sheets/`, marked by `report`.

It gets some students and the reader, and says which sheets there are for each. It reads what all of them need at once;
a sheet's `make` puts the rest together when its turn comes. The list of all kinds is `reviews.reports.sheets.kinds`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from portal.pdf import logo_uri


@dataclass(frozen=True)
class Sheet:
    """One report. `title` is its bookmark, `name` that of its file (without '.pdf'), `url` its page in the portal.

    `template` and `make` (a function without arguments that gives the context) stand for the page; a sheet that is
    kept as it was made, because it is signed, has `content` (gives its bytes) instead.
    """

    title: str
    name: str
    url: str
    template: str = ""
    make: Callable[[], dict] | None = None
    content: Callable[[], bytes] | None = None

    def html(self) -> str:
        """The page as the PDF wants it."""
        return render_to_string(self.template, self.make() | {"is_pdf": True})


@dataclass(frozen=True)
class Kind:
    """A kind of report: `find` (students, user) -> {primary key of the student: [Sheet]}.

    `students` have what `students_of` selects. `is_sealed`: its files are signed, and joining would break that.
    """

    name: str
    title: str
    says: str
    order: int
    find: Callable
    is_sealed: bool


marked: dict[str, Kind] = {}


def report(name: str, *, title: str, says: str, order: int, is_sealed: bool = False):
    """Mark a function (students, user) -> {pk: [Sheet]}."""

    def register(find):
        marked[name] = Kind(name, title, says, order, find, is_sealed)
        return find

    return register


def head(provider) -> dict:
    """What the frame of every report needs."""
    return {"provider": provider, "logo": logo_uri(provider), "made_at": timezone.now()}


def page(name: str, *args) -> str:
    return reverse(name, args=args)
