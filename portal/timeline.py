"""What happened to a student and what is planned, in order of time: rooms contribute, the page knows none.

A room has a `happening.py` with functions marked `@happens(kind)`. All that they give is read in one query, which is
written once for readers of the same roles.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from django.db.models import CharField, DateTimeField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from portal.discovering import discover
from portal.prepared import AnyReader, Later, known_of, prepared, roles_of

KINDS = {  # what a reader may filter for: its name and its icon
    "growing": ("Getting ready and growing", "sort-up"),
    "finding": ("Finding a place", "search"),
    "placements": ("Placements", "briefcase"),
    "checks": ("The employer's checks", "check-circle"),
    "induction": ("Induction", "home"),
    "goals": ("Learning goals", "flag"),
    "weeks": ("Weeks", "calendar"),
    "absences": ("Days away", "clock"),
    "logbook": ("Logbook", "pencil"),
    "meetings": ("Review meetings", "users"),
    "forms": ("Review forms", "paper"),
    "worries": ("When something is wrong", "speech"),
    "ending": ("Ending and sign-off", "check"),
}


class Facts(NamedTuple):
    """One row as a room's `says` gets it. What a room did not name is '' or None."""

    at: datetime
    thing: int
    state: str
    words: str
    name: str
    number: int | None
    also: datetime | None
    now: datetime

    @property
    def is_past(self) -> bool:
        return self.at <= self.now


@dataclass(frozen=True)
class Happening:
    """Rows of a room that stand in the timeline, as a queryset and where its columns are found.

    `at` is a date or a moment, and rows without one are left out. `says` makes a sentence of Facts. `tone` is that of
    the status component, or one for each state. `url` is the name of an address made with `thing`.
    """

    rows: QuerySet
    at: object
    says: Callable[[Facts], str]
    url: str = ""
    thing: str = "pk"
    state: object = ""
    words: object = ""
    name: object = ""
    number: object = None
    also: object = None
    tone: str | Mapping[str, str] = "calm"


@dataclass(frozen=True)
class Moment:
    """One line of the timeline, read."""

    kind: str
    at: datetime
    says: str
    tone: str
    url: str
    is_planned: bool

    @property
    def kind_name(self) -> str:
        return KINDS[self.kind][0]

    @property
    def icon(self) -> str:
        return KINDS[self.kind][1]


sources: list[tuple[str, Callable]] = []


class AnyStudent(Later):
    """Stands for every student whose timeline is read; `user_id` is the reader, or None where that is somebody else."""

    def __init__(self, user_id: AnyReader | None):
        super().__init__("student")
        self.user_id = user_id


def happens(kind: str):
    """Mark a function (student, user) -> Happening | None: what `user`, who may see the student, finds of this kind.

    It is called once for each kind of reader, with AnyStudent and AnyReader. None where nothing of it is for such a
    reader at all.
    """
    if kind not in KINDS:
        raise LookupError(kind)

    def register(function):
        sources.append((kind, function))
        return function

    return register


@cache
def happenings(roles: frozenset[str], is_own: bool) -> list[tuple[str, Happening]]:
    """What the rooms have for a reader with these roles, in somebody's timeline or in their own, each with its kind."""
    discover("happening")
    reader = AnyReader(roles)
    student = AnyStudent(reader if is_own else None)
    found = [(kind, source(student, reader)) for kind, source in sources]
    return [(kind, happening) for kind, happening in found if happening]


@prepared
def all_rows(roles: frozenset[str], is_own: bool):
    """The rows of these happenings in one query; the first column is the number of theirs."""
    found = happenings(roles, is_own)
    first, *others = [columns(number, happening) for number, (_, happening) in enumerate(found)]
    return first.union(*others, all=True)


class Timeline:
    """The timeline of a student as one reader sees it. `kind` '' takes all kinds; `newest_first` is its order."""

    def __init__(self, student, user, *, kind: str = "", newest_first: bool = True):
        reader = roles_of(user), student.user_id == user.pk
        self.found, self.all_rows = happenings(*reader), all_rows(*reader)
        self.known = {"student": student.pk} | known_of(user)
        self.kind, self.newest_first, self.now = kind, newest_first, timezone.now()

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """The kinds that there can be for this reader, with their names."""
        there = {name for name, _ in self.found}
        return [(name, KINDS[name][0]) for name in KINDS if name in there]

    def rows(self) -> list[tuple]:
        """The rows of all rooms in their order; the second column is their moment. One query."""
        rows = [row for row in self.all_rows.asked(**self.known) if self.kind in ("", self.found[row[0]][0])]
        return sorted(rows, key=itemgetter(1, 0, 2), reverse=self.newest_first)

    def read(self, row: tuple) -> Moment:
        """One row of `rows` in words."""
        number, at, thing, *rest = row
        kind, happening = self.found[number]
        facts = Facts(at, thing, *rest, self.now)
        tone = happening.tone if isinstance(happening.tone, str) else happening.tone.get(facts.state, "calm")
        url = reverse(happening.url, args=[thing]) if happening.url else ""
        return Moment(kind, at, happening.says(facts), tone, url, at > end_of_day(self.now))


def end_of_day(now: datetime) -> datetime:
    """The last moment of today: what is later is planned."""
    return timezone.localtime(now).replace(hour=23, minute=59, second=59, microsecond=999999)


def columns(number: int, happening: Happening) -> QuerySet:
    """The rows of one source, in the columns that all share."""
    rows = happening.rows.order_by().annotate(t_at=Cast(column(happening.at, DateTimeField), DateTimeField()))
    return (
        rows.filter(t_at__isnull=False)
        .annotate(
            t_part=Value(number, output_field=IntegerField()),
            t_thing=column(happening.thing, IntegerField),
            t_state=Cast(column(happening.state, CharField), CharField()),
            t_words=Cast(column(happening.words, CharField), CharField()),
            t_name=Cast(column(happening.name, CharField), CharField()),
            t_number=Cast(column(happening.number, IntegerField), IntegerField()),
            t_also=Cast(column(happening.also, DateTimeField), DateTimeField()),
        )
        .values_list("t_part", "t_at", "t_thing", "t_state", "t_words", "t_name", "t_number", "t_also")
    )


def column(found, field):
    """A field's name or an expression as an expression; nothing as an empty value."""
    if found is None or found == "":
        return Value("" if field is CharField else None, output_field=field())
    return F(found) if isinstance(found, str) else found


def quoted(words: str, most: int = 120) -> str:
    """Somebody's words as they stand in a line: cut short, in quotation marks."""
    words = " ".join(words.split())
    return f"“{words if len(words) <= most else words[:most].rsplit(' ', 1)[0] + ' …'}”"
