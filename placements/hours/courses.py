"""What a projection needs to know about a placement, as plain values, fetched for many students at once."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from django.db.models import DateField, Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from placements.bank_holidays import bank_holidays, name_of
from placements.hours.counting import Line
from placements.hours.spells import count_for, spent_by
from placements.models import Placement
from placements.pattern import Pattern
from placements.several import without_tasters
from placements.timesheets.models import Absence, Timesheet, monday_of
from portal.prepared import Later, LaterMany, prepared
from portal.times_of_day import minutes_between
from students.models import Student

WEEKS = 4
WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)


class AgreedDay(NamedTuple):
    """A weekday of a pattern with its minutes, all that a Pattern needs for adding up."""

    valid_from: date
    weekday: int
    minutes: int


@dataclass(frozen=True)
class Course:
    """One placement, as far as a projection is concerned.

    `away`: absences told in advance. `handed_in`: Monday -> minutes that count or would once approved, of the last four
    complete weeks and this one where they are handed in or approved, without what was worked on bank holidays and days
    in `away`. `absent`: all absences, told in advance or not.
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
    is_taster: bool = False

    mondays = Placement.mondays

    @cached_property
    def lost(self) -> tuple[list[date], list[int]]:
        """Bank holidays and absences told in advance, in order, and the agreed minutes lost before each of them."""
        free = sorted(self.away | bank_holidays(self.first_on, self.last_on))
        return free, list(accumulate((self.pattern.minutes_on(day) for day in free), initial=0))

    def agreed(self, first: date, last: date) -> int:
        """Agreed minutes from `first` to `last`, both included, without bank holidays and absences told in advance."""
        first, last = max(first, self.first_on), min(last, self.last_on)
        if first > last:
            return 0
        days, before = self.lost
        lost = before[bisect_right(days, last)] - before[bisect_left(days, first)]
        return self.pattern.minutes_between(first, last) - lost

    # What is still to come is asked in a week, by its Monday. Projection and reckoning go by the same answers.

    def to_come_from(self, monday: date) -> date:
        """The Monday from which on its agreed hours are to come.

        A week that has just ended is to come until the next one has: it may be handed in any day.
        """
        if self.status == Placement.Status.ENDED:
            return date.max
        if monday in self.handed_in:
            return monday + WEEK
        has_begun = self.status == Placement.Status.ACTIVE
        return monday - WEEK if has_begun and monday - WEEK not in self.handed_in else monday

    def awaited(self, monday: date) -> int:
        """Minutes agreed in those of the last four weeks that are not handed in, before what is to come."""
        if self.status == Placement.Status.PLANNED:
            return 0
        start, weeks = self.to_come_from(monday), [monday - n * WEEK for n in range(1, WEEKS + 1)]
        return sum(self.agreed(week, week + 6 * DAY) for week in weeks if week < start and week not in self.handed_in)

    def to_come(self, monday: date) -> int:
        """Agreed minutes that can still become hours: those to come, and those awaited."""
        return self.agreed(self.to_come_from(monday), self.last_on) + self.awaited(monday)

    def overdue(self, monday: date) -> int:
        """The part of `to_come` that lies in weeks before this one, which are not handed in."""
        return self.agreed(self.to_come_from(monday), monday - DAY) + self.awaited(monday)


def begun_on(courses: list[Course]) -> date:
    """The start whose rule set a student keeps: of the first placement; while there is none, of the first taster."""
    return (without_tasters(courses) or courses)[0].first_on


def facts_for(student_ids: Collection[int], today: date | None = None) -> dict[int, list[Course]]:
    """The placements of many students, ready for `project`. Three queries, whatever the number.

    Two more where some of them have approved hours that do not count, for their pace is that of the hours that do.
    Without a day only what is agreed and who was away: two queries, or one where nobody has a placement.
    """
    fields, patterns = _agreed(student_ids) if student_ids else ({}, {})
    away, absent = _absences(fields)
    handed_in = _handed_in(fields, away, monday_of(today)) if today else defaultdict(dict)
    found = {student: [] for student in student_ids}
    for pk, (student, first_on, last_on, status, employer, kind) in fields.items():
        found[student].append(
            Course(
                first_on,
                last_on,
                status,
                Pattern(patterns[pk]),
                away=frozenset(away[pk]),
                handed_in=handed_in[pk],
                absent=frozenset(absent[pk]),
                placement_id=pk,
                employer=employer,
                is_taster=kind == Placement.Kind.TASTER,
            )
        )
    return found


def _agreed(student_ids) -> tuple[dict, dict]:
    """The plain fields of all placements, and the days of their patterns, by placement."""
    fields, patterns = {}, defaultdict(list)
    for pk, student, first_on, last_on, status, employer, kind, valid_from, weekday, starts, finishes, pause in (
        placements_with_days().asked(students=student_ids)
    ):  # fmt: skip
        fields[pk] = (student, first_on, last_on, status, employer, kind)
        if valid_from:
            patterns[pk].append(AgreedDay(valid_from, weekday, minutes_between(starts, finishes) - pause))
    return fields, patterns


@prepared
def placements_with_days():
    """The placements of `students`, once for each day of their patterns."""
    rows = Placement.objects.filter(student__in=LaterMany("students")).order_by(
        "first_on", "pk", "pattern_days__valid_from", "pattern_days__weekday"
    )
    return rows.values_list(
        "pk", "student", "first_on", "last_on", "status", "employer__name", "kind",
        "pattern_days__valid_from", "pattern_days__weekday", "pattern_days__starts", "pattern_days__finishes",
        "pattern_days__break_minutes",
    )  # fmt: skip


def _absences(placements) -> tuple[dict, dict]:
    """Days away that were told in advance, and all days away, by placement."""
    away, absent = defaultdict(set), defaultdict(set)
    for pk, day, foreseen in days_away().asked(placements=placements) if placements else []:
        absent[pk].add(day)
        if foreseen:
            away[pk].add(day)
    return away, absent


@prepared
def days_away():
    """(placement, day, whether it was told in advance) of `placements`."""
    rows = Absence.objects.filter(placement__in=LaterMany("placements")).order_by()
    return rows.values_list("placement", "day", "foreseen")


def _handed_in(fields, away, monday: date) -> dict:
    """By placement: Monday -> minutes that count or would, of the weeks before `monday` that matter and of its own."""
    found, weeks, first_on_of = defaultdict(dict), {}, {}
    starts = {}
    for student, first_on, *_ in sorted(fields.values(), key=lambda found: found[-1] == Placement.Kind.TASTER):
        starts.setdefault(student, first_on)  # as in begun_on
    for timesheet, pk, week, not_counted, minutes in recorded_by_week(fields, monday - timedelta(weeks=WEEKS), monday):
        found[pk][week] = minutes
        if not_counted:
            weeks[timesheet] = (pk, week)
            first_on_of[fields[pk][0]] = starts[fields[pk][0]]
    for line in counted_lines(first_on_of) if weeks else []:
        pk, week = weeks.get(line.spent.timesheet_id, (None, None))
        if pk and line.spent.day not in away[pk] and not name_of(line.spent.day):
            found[pk][week] -= line.not_counted
    return found


def recorded_by_week(placements: Collection[int], since: date, until: date) -> Iterable[tuple]:
    """(timesheet, placement, Monday, not counted, recorded) of weeks handed in or approved, in minutes.

    Not counted: all approved minutes of the student that do not count. Recorded: less bank holidays and absences told
    in advance.
    """
    if not placements:
        return []
    closed = bank_holidays(since, until + timedelta(days=6)) or [date.min]
    return weeks_recorded().asked(placements=placements, since=since, until=until, closed=closed)


@prepared
def weeks_recorded():
    """What `recorded_by_week` says of `placements`, without the days on which everything is `closed`."""
    told = Absence.objects.filter(placement=OuterRef("placement"), day=OuterRef("spells__day"), foreseen=True)
    free = Q(spells__day__in=LaterMany("closed", DateField())) | Q(Exists(told))
    return (
        Timesheet.objects.filter(
            placement__in=LaterMany("placements"),
            monday__range=(Later("since", DateField()), Later("until", DateField())),
            status__in=[Timesheet.Status.HANDED_IN, Timesheet.Status.APPROVED],
        )
        .order_by()
        .values_list("pk", "placement", "monday", "placement__student__hours__not_counted")
        .annotate(recorded=Coalesce(Sum("spells__minutes", filter=~free), 0))
    )


def counted_lines(first_on_of: Mapping[int, date]) -> Iterator[Line]:
    """All spells of some students as they count, or would once approved. Two queries; `first_on_of`: by student."""
    students = Student.objects.select_related("tlevel", "specialism").in_bulk(first_on_of)
    spells = spent_by(list(students))
    for pk, student in students.items():
        approved, hoped = count_for(student, first_on_of[pk], spells[pk])
        yield from approved.lines
        yield from (line for line in hoped.lines if line.spent.waiting)
