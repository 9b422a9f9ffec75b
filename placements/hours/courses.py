"""What a projection needs to know about a placement, as plain values, fetched for many students at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from placements.bank_holidays import bank_holidays
from placements.models import Placement, minutes_between
from placements.pattern import Pattern
from placements.timesheets.models import Absence, Timesheet, monday_of

WEEKS = 4


class AgreedDay(NamedTuple):
    """A weekday of a pattern with its minutes, all that a Pattern needs for adding up."""

    valid_from: date
    weekday: int
    minutes: int


@dataclass(frozen=True)
class Course:
    """One placement, as far as a projection is concerned.

    `away`: absences told in advance. `handed_in`: Monday -> minutes recorded, of the last four complete weeks and this
    one where they are handed in or approved, without what was worked on bank holidays and days in `away`. `absent`: all
    absences, told in advance or not.
    """

    first_on: date
    last_on: date
    status: str
    pattern: Pattern
    away: frozenset = frozenset()
    handed_in: Mapping[date, int] = field(default_factory=dict)
    absent: frozenset = frozenset()
    placement_id: int = 0
    employer: str = ""

    mondays = Placement.mondays

    @cached_property
    def lost(self) -> list[tuple[date, int]]:
        """Bank holidays and absences told in advance on which work was agreed, with the minutes agreed."""
        free = self.away | bank_holidays(self.first_on, self.last_on)
        return [(day, minutes) for day in free if (minutes := self.pattern.minutes_on(day))]

    def agreed(self, first: date, last: date) -> int:
        """Agreed minutes from `first` to `last`, both included, without bank holidays and absences told in advance."""
        first, last = max(first, self.first_on), min(last, self.last_on)
        if first > last:
            return 0
        lost = sum(minutes for day, minutes in self.lost if first <= day <= last)
        return self.pattern.minutes_between(first, last) - lost


def facts_for(student_ids: Iterable[int], today: date) -> dict[int, list[Course]]:
    """The placements of many students, ready for `project`. Three queries, whatever the number."""
    ids = list(student_ids)
    monday = monday_of(today)
    since = monday - timedelta(weeks=WEEKS)
    fields = {}
    patterns = {}
    for pk, student, first_on, last_on, status, employer, *day in (
        Placement.objects.filter(student__in=ids)
        .order_by("first_on", "pk", "pattern_days__valid_from", "pattern_days__weekday")
        .values_list(
            "pk", "student", "first_on", "last_on", "status", "employer__name",
            "pattern_days__valid_from", "pattern_days__weekday", "pattern_days__starts", "pattern_days__finishes",
            "pattern_days__break_minutes",
        )
    ):  # fmt: skip
        fields[pk] = (student, first_on, last_on, status, employer)
        valid_from, weekday, starts, finishes, pause = day
        if valid_from:
            minutes = minutes_between(starts, finishes) - pause
            patterns.setdefault(pk, []).append(AgreedDay(valid_from, weekday, minutes))
    away, absent = {}, {}
    told = Absence.objects.filter(placement__in=list(fields)).order_by()
    for pk, day, foreseen in told.values_list("placement", "day", "foreseen"):
        absent.setdefault(pk, set()).add(day)
        if foreseen:
            away.setdefault(pk, set()).add(day)
    handed_in = {}
    for pk, week, minutes in recorded_by_week(fields, since, monday):
        handed_in.setdefault(pk, {})[week] = minutes
    found = {student: [] for student in ids}
    for pk, (student, first_on, last_on, status, employer) in fields.items():
        found[student].append(
            Course(
                first_on,
                last_on,
                status,
                Pattern(patterns.get(pk, [])),
                away=frozenset(away.get(pk, ())),
                handed_in=handed_in.get(pk, {}),
                absent=frozenset(absent.get(pk, ())),
                placement_id=pk,
                employer=employer,
            )
        )
    return found


def recorded_by_week(placements: Iterable[int], since: date, until: date):
    """(placement, Monday, minutes) of weeks handed in or approved, less bank holidays and absences told in advance."""
    told = Absence.objects.filter(placement=OuterRef("placement"), day=OuterRef("spells__day"), foreseen=True)
    free = Q(spells__day__in=bank_holidays(since, until + timedelta(days=6))) | Q(Exists(told))
    return (
        Timesheet.objects.filter(
            placement__in=list(placements),
            monday__range=(since, until),
            status__in=[Timesheet.Status.HANDED_IN, Timesheet.Status.APPROVED],
        )
        .order_by()
        .values_list("placement", "monday")
        .annotate(recorded=Coalesce(Sum("spells__minutes", filter=~free), 0))
    )
