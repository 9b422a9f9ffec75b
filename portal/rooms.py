"""Where rooms say what they have: on the pages of placements and students, on the student's home.

A room has a `showing.py` with functions marked by one of the decorators below, or by `portal.needs.for_staff`. The
pages ask here and know none. Of work tasters (`is_taster`) only those rooms are asked that say so: `of_tasters`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Exists, QuerySet
from django.db.models.expressions import Expression

from portal.discovering import discover
from portal.prepared_parts import Rows, first_row, part

# --- The page of a placement ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """A room as the page of a placement lists it: `title`, `url`, and how it stands in a sentence (see `status`)."""

    title: str
    url: str
    says: str = ""
    tone: str = "calm"
    icon: str = "paper"


@dataclass(frozen=True)
class Figures:
    """What follows from figures: `wanted` are their expressions, `make` takes the values by the same names.

    It makes an Entry for a page, Steps for the student's home, or None. The figures of all rooms are one query.
    """

    wanted: dict[str, Expression]
    make: Callable


def of_first(rows: Rows, make: Callable, otherwise: Entry | None = None, *, reads: tuple[str, ...], **known) -> Figures:
    """`make(row)` of the first of `rows(**known)`, else `otherwise`, in the query of all Figures.

    The row holds the fields that `make` `reads`; any other one would be a query of its own. `rows` is written once, as
    `portal.prepared_parts` says.
    """
    model, wanted = first_row(rows, reads, **known)

    def read(**values):
        is_there = values[model._meta.pk.attname] is not None
        return make(model.from_db(DEFAULT_DB_ALIAS, list(values), list(values.values()))) if is_there else otherwise

    return Figures(wanted, read)


entries: list[tuple[int, Callable]] = []
read_along: list[str] = []
for_tasters: set[Callable] = set()


def on_placement(order: int, *along: str, of_tasters: bool = False):
    """Mark a function (placement, relations) -> Entry | Figures | None. `relations`: how the reader stands to it.

    `along`: ways to single rows of the room, which the page reads in the query of the placement.
    """
    read_along.extend(along)
    return _registers(entries, order, of_tasters)


def with_rooms(placements: QuerySet) -> QuerySet:
    """The placements with what rooms want to be read along."""
    discover("showing")
    return placements.select_related(*read_along)


def entries_of(placement, relations: set[str]) -> list[Entry]:
    """What all rooms have for this reader."""
    discover("showing")
    concerned = [show for _, show in entries if show in for_tasters or not placement.is_taster]
    return filled_in(placement, [show(placement, relations) for show in concerned])


def filled_in(thing, found: list[Entry | Figures | None]) -> list[Entry]:
    """The entries, in their order. `thing` is what the page is about. One query for all Figures."""
    return [entry for entry in made_in_turn(thing, found) if entry]


def made_in_turn(thing, found: list) -> Iterator:
    """The same one by one with whatever else rooms gave: what Figures make is made when it is wanted."""
    figures = {n: answer for n, answer in enumerate(found) if isinstance(answer, Figures)}
    wanted = {f"room_{n}_{name}": one for n, answer in figures.items() for name, one in answer.wanted.items()}
    known = type(thing)._base_manager.filter(pk=thing.pk).values(**wanted).get() if wanted else {}
    for n, answer in enumerate(found):
        made = n in figures
        yield answer.make(**{name: known[f"room_{n}_{name}"] for name in answer.wanted}) if made else answer


# --- The page of a student, for staff --------------------------------------------------------------------------------

student_entries: list[tuple[int, Callable]] = []


def on_student(order: int):
    """Mark a function (student, user) -> Entry | Figures | None: what staff find of a student in this room."""
    return _registers(student_entries, order)


def entries_of_student(student, user) -> list[Entry]:
    """What all rooms have of a student for this member of staff."""
    discover("showing")
    return filled_in(student, [show(student, user) for _, show in student_entries])


# --- The student's home ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """One thing for the student to do: a sentence, the address where it is done, and how it stands (a status tone)."""

    says: str
    url: str
    tone: str
    detail: str = ""


steps: list[tuple[int, Callable]] = []
FIRST = 0  # the order of a room whose steps stand before everything else, weeks that are missing included


class WhenAny:
    """Steps that only come up where `find(**known)` has rows: `make(rows)` gives them, with a query of its own.

    Most rooms have nothing on most days. What comes up often is better told by Figures. `find` is written once, as
    `portal.prepared_parts` says.
    """

    def __init__(self, find: Rows, make: Callable, **known):
        self.find, self.make, self.known = find, make, known

    @property
    def rows(self) -> QuerySet:
        return self.find(**self.known)

    def __iter__(self):
        """The steps of this room alone."""
        return iter(self.make(self.rows))

    def figures(self) -> Figures:
        wanted = {"are_there": part(Exists, self.find, **self.known)}
        return Figures(wanted, lambda are_there: self.make(self.rows) if are_there else ())


def for_student(order: int, *, of_tasters: bool = False):
    """Mark a function (student, placements, today): one or several of Step and Figures, or WhenAny, or None.

    The most pressing comes first. All Figures, and whether there is any of what WhenAny asks for, are one query.
    Work tasters are among the `placements` only `of_tasters`.
    """
    return _registers(steps, order, of_tasters)


def steps_in_turn(student, placements: list, today: date) -> Iterator[tuple[int, Step]]:
    """What all rooms ask of the student, with the order of the room, room by room: who stops early has not asked those
    that come later.

    One query tells all Figures.
    """
    discover("showing")
    industry = [placement for placement in placements if not placement.is_taster]
    asked = [(order, ask(student, placements if ask in for_tasters else industry, today)) for order, ask in steps]
    answers = [(order, one) for order, found in asked for one in _each(found)]
    made = made_in_turn(student, [one for _, one in answers])
    for (order, _), found in zip(answers, made, strict=True):
        for step in _each(found):
            yield order, step


def _each(found) -> Iterable:
    """What a room gave, one by one."""
    if isinstance(found, WhenAny):
        return [found.figures()]
    return [found] if isinstance(found, Step | Figures) else found or ()


def _registers(rooms: list, order: int, of_tasters: bool = False):
    def register(function):
        rooms.append((order, function))
        rooms.sort(key=lambda pair: pair[0])
        if of_tasters:
            for_tasters.add(function)
        return function

    return register
