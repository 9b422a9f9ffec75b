"""Where rooms say what they have: on the pages of placements and students, and on the student's home.

A room has a `showing.py` with functions marked by one of the decorators below. The pages ask here and know none. What
needs staff is said there as well (portal.needs).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Expression, QuerySet
from django.utils.module_loading import autodiscover_modules

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
    """An Entry that follows from figures: `wanted` are their expressions, `make` takes the values by the same names.

    The figures of all rooms of a page are one query.
    """

    wanted: dict[str, Expression]
    make: Callable[..., Entry | None]


def of_first(rows: QuerySet, make: Callable[..., Entry | None], otherwise: Entry | None = None) -> Figures:
    """`make(row)` of the first of `rows`, else `otherwise`. It is read only where there is any: one query then."""

    def read(are_there):
        row = rows.first() if are_there else None
        return otherwise if row is None else make(row)

    return Figures({"are_there": Exists(rows)}, read)


entries: list[tuple[int, Callable]] = []


def on_placement(order: int):
    """Mark a function (placement, relations) -> Entry | Figures | None. `relations`: how the reader stands to it."""
    return _registers(entries, order)


def entries_of(placement, relations: set[str]) -> list[Entry]:
    """What all rooms have for this reader."""
    autodiscover_modules("showing")
    return filled_in(placement, [show(placement, relations) for _, show in entries])


def filled_in(thing, found: list[Entry | Figures | None]) -> list[Entry]:
    """The entries, in their order. `thing` is what the page is about. One query for all Figures."""
    figures = {n: answer for n, answer in enumerate(found) if isinstance(answer, Figures)}
    wanted = {f"room_{n}_{name}": one for n, answer in figures.items() for name, one in answer.wanted.items()}
    known = type(thing)._base_manager.filter(pk=thing.pk).values(**wanted).get() if wanted else {}
    for n, answer in figures.items():
        found[n] = answer.make(**{name: known[f"room_{n}_{name}"] for name in answer.wanted})
    return [entry for entry in found if entry]


# --- The page of a student, for staff --------------------------------------------------------------------------------

student_entries: list[tuple[int, Callable]] = []


def on_student(order: int):
    """Mark a function (student, user) -> Entry | Figures | None: what staff find of a student in this room."""
    return _registers(student_entries, order)


def entries_of_student(student, user) -> list[Entry]:
    """What all rooms have of a student for this member of staff."""
    autodiscover_modules("showing")
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


@dataclass(frozen=True)
class WhenAny:
    """Steps that only come up where `rows` has any: `make(rows)` gives them. Most rooms have nothing on most days."""

    rows: QuerySet
    make: Callable

    def __iter__(self):
        """The steps of this room alone."""
        return iter(self.make(self.rows))


def for_student(order: int):
    """Mark a function (student, placements, today) -> Steps, the most pressing first, or WhenAny, or None for nothing.

    All rooms that answer with WhenAny are asked in one query whether they have something.
    """
    return _registers(steps, order)


def steps_of(student, placements: list, today: date) -> list[Step]:
    """What all rooms ask of the student, in the order of the rooms."""
    return [step for _, step in steps_in_turn(student, placements, today)]


def steps_in_turn(student, placements: list, today: date) -> Iterator[tuple[int, Step]]:
    """The same with the order of the room, room by room: who stops early has not asked those that come later.

    One query tells which rooms have something, then each takes its own.
    """
    autodiscover_modules("showing")
    answers = [ask(student, placements, today) or () for _, ask in steps]
    conditions = {f"room_{n}": Exists(found.rows) for n, found in enumerate(answers) if isinstance(found, WhenAny)}
    rows = type(student)._base_manager.filter(pk=student.pk)
    has_any = rows.annotate(**conditions).values(*conditions).get() if conditions else {}
    for n, ((order, _), found) in enumerate(zip(steps, answers, strict=True)):
        if has_any.get(f"room_{n}", True):
            for step in found:
                yield order, step


def _registers(rooms: list, order: int):
    def register(function):
        rooms.append((order, function))
        rooms.sort(key=lambda pair: pair[0])
        return function

    return register
