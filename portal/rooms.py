"""Where rooms say what they have: on the pages of placements and students, the student's home, staff's dashboards.

A room has a `showing.py` with functions marked by one of the decorators below. The pages ask here and know none.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import BigIntegerField, CharField, Count, DateTimeField, Exists, Expression, F, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.db.models.lookups import Exact
from django.utils.module_loading import autodiscover_modules

from portal.people.models import Role

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


# --- The dashboards of tutor and placement office -------------------------------------------------------------------


@dataclass(frozen=True)
class Waiting:
    """Rows of a room that need staff, as a queryset and where its columns are found: see `for_staff`."""

    rows: QuerySet
    student: str = "placement__student"  # way to the Student; "" where it is about none, then `named` says what
    since: str = "pk"  # a date or moment
    thing: str = "pk"  # what the address is made with
    words: str = ""  # a text field that goes into the sentence
    named: str = ""  # a text field that names what it is about, where that is no student


@dataclass(frozen=True)
class StaffNeed:
    """One row of `Waiting`, read: since when, about whom, the primary key for its address, the sentence."""

    kind: "Kind"
    student: int | None
    name: str
    since: datetime
    thing: int
    says: str


@dataclass(frozen=True)
class Kind:
    """What a room said about a kind of need. `says` may hold {words}; `order` is its urgency, the first the most.

    `called` is its name where kinds are chosen.
    """

    order: int
    name: str
    says: str
    act: str
    url: str
    tone: str
    icon: str
    role: str
    called: str
    find: Callable


kinds: list[Kind] = []


def for_staff(
    order: int, name: str, *, says: str, act: str, url: str, called="", tone="attention", icon="warning", role=""
):
    """Mark a function (desk, now) -> Waiting: rows of any student. Those that the desk looks after are chosen here.

    With `role` only desks of that role are told. A kind is `called` what it `says` unless that holds {words}. All
    kinds are one query.
    """

    def register(find):
        kinds.append(Kind(order, name, says, act, url, tone, icon, role, called or says, find))
        kinds.sort(key=lambda kind: kind.order)
        return find

    return register


def looked_after(desk, way: str) -> Q:
    """Rows about a student of this desk: a tutor's own, the provider's for everybody else. `way` leads to the Student.

    A database finds a tutor's few students first. A provider may have 100,000: the cast hides their index, so that it
    begins with the few rows that wait.
    """
    if desk.role == Role.TUTOR:
        return Q(**{f"{way}__tutor": desk.user_id, f"{way}__provider": desk.provider_id})
    return Q(Exact(Cast(f"{way}__provider", BigIntegerField()), desk.provider_id))


def needs_of_staff(desk, now: datetime, at_most: int = 200) -> list[StaffNeed]:
    """What needs the person at this desk, the most urgent first, then what has waited longest. One query."""
    return [read_need(row) for row in needs_in_order(desk, now)[:at_most]]


def needs_in_order(desk, now: datetime, kind: str = "") -> QuerySet:
    """The same as a queryset of rows for `read_need`, for paging; with `kind` only those of the kind of this name."""
    first, *others = [_columns(position, waiting) for position, waiting in _waiting(desk, now, kind)]
    rows = first.union(*others, all=True) if others else first
    return rows.order_by("position", "waited_since")


def _waiting(desk, now: datetime, name: str = "") -> Iterator[tuple[int, Waiting]]:
    """What each room has for this desk, by the position of its kind; with `name` only of the kind of this name."""
    autodiscover_modules("showing")
    for position, kind in enumerate(kinds):
        if kind.role in ("", desk.role) and name in ("", kind.name):
            found = kind.find(desk, now)
            rows = found.rows.filter(looked_after(desk, found.student)) if found.student else found.rows
            yield position, replace(found, rows=rows.order_by())


def read_need(row: tuple) -> StaffNeed:
    """One row of `needs_in_order` in words."""
    position, since, student, thing, first, last, words = row
    says = kinds[position].says.format(words=words)
    return StaffNeed(kinds[position], student, f"{first} {last}".strip(), since, thing, says)


def number_of_needs(desk, now: datetime) -> list[tuple[Kind, int]]:
    """How many there are of each kind of which there is any, in the order of their urgency. One query."""
    first, *others = [
        waiting.rows.annotate(position=Value(position)).values_list("position").annotate(number=Count("pk"))
        for position, waiting in _waiting(desk, now)
    ]
    return [(kinds[position], number) for position, number in sorted(first.union(*others, all=True)) if number]


NOBODY = {"no_student": Cast(Value(None), BigIntegerField()), "no_name": Value("", output_field=CharField())}


def _columns(position: int, waiting: Waiting) -> QuerySet:
    way = waiting.student
    who = (
        [way, f"{way}__user__first_name", f"{way}__user__last_name"]
        if way
        else ["no_student", waiting.named, "no_name"]
    )
    words = Cast(F(waiting.words), CharField()) if waiting.words else Value("", output_field=CharField())
    return waiting.rows.annotate(
        position=Value(position),
        waited_since=Cast(F(waiting.since), DateTimeField()),
        words_shown=words,
        **({} if way else NOBODY),
    ).values_list("position", "waited_since", who[0], waiting.thing, *who[1:], "words_shown")


def _registers(rooms: list, order: int):
    def register(function):
        rooms.append((order, function))
        rooms.sort(key=lambda pair: pair[0])
        return function

    return register
