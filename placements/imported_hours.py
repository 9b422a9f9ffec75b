"""The working pattern in a file of placements: seven columns, their words, their check, and how they are written."""

from collections import defaultdict
from datetime import date, time
from itertools import groupby
from typing import NamedTuple

from placements.models import PatternDay
from placements.pattern import WEEKDAYS, Pattern, spanned
from placements.setup.plan import problems_together, said_once
from portal.batches import SIZE, batches
from portal.history.models import Event, event
from portal.imports import cells
from portal.imports.columns import Column
from portal.times_of_day import minutes_between

COLUMNS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def column_of(title: str) -> Column:
    """The column of one weekday."""
    return Column(
        title,
        "Start, finish and minutes of unpaid break, like 09:00-17:00/60. Empty on a day off.",
        "" if title in ("Saturday", "Sunday") else "09:00-17:00/60",
        cells.working_day,
        also=(title[:3], f"{title} hours"),
    )


def hours_in(row) -> dict:
    """What a row says: {weekday: (start, finish, minutes of break)}."""
    return {n: row[name] for n, name in enumerate(COLUMNS) if row.has(name)}


def in_words(hours: dict) -> str:
    """The same as people read it: 'Mon to Fri 09:00-17:00/60'."""
    times = {n: f"{starts:%H:%M}-{finishes:%H:%M}/{pause}" for n, (starts, finishes, pause) in sorted(hours.items())}
    weekdays = sorted(times, key=lambda n: (times[n], n))
    parts = [(same, [WEEKDAYS[n] for n in days]) for same, days in groupby(weekdays, key=times.get)]
    return ", ".join(f"{spanned(days) if len(days) > 1 else days[0]} {same}" for same, days in parts) or "none"


def stored_patterns(placements: list[int]) -> dict[int, list[tuple]]:
    """The patterns of stored placements, by when they begin: [(valid from, hours), ...]."""
    found = defaultdict(list)
    for part in batches(placements):
        rows = PatternDay.objects.filter(placement__in=part).order_by("placement", "valid_from", "weekday")
        rows = rows.values_list("placement", "valid_from", "weekday", "starts", "finishes", "break_minutes")
        for (pk, valid_from), days in groupby(rows, key=lambda row: row[:2]):
            found[pk].append((valid_from, {weekday: tuple(times) for _, _, weekday, *times in days}))
    return found


class Day(NamedTuple):
    """What a PatternDay says, thousands of times cheaper."""

    valid_from: date
    weekday: int
    starts: time
    finishes: time
    break_minutes: int

    @property
    def minutes(self) -> int:
        return minutes_between(self.starts, self.finishes) - self.break_minutes


class Plan:
    """A placement as far as working time is concerned: a stored one, or one that a row makes."""

    def __init__(self, employer, first_on: date, last_on: date, versions: list[tuple]):
        self.employer = employer
        self.first_on = first_on
        self.last_on = last_on
        self.pattern = Pattern(Day(start, n, *times) for start, hours in versions for n, times in hours.items())

    def covers(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on


def check_hours(row, plan: Plan, others: list[Plan]):
    """The days and hours of a row must keep within working time, beside those of the student's other placements."""
    beside = [other for other in others if other.first_on <= plan.last_on and plan.first_on <= other.last_on]
    problems = problems_together(row.student, plan.pattern, beside, plan.first_on, plan.last_on)
    for says in problems if any(map(row.has, COLUMNS)) else said_once(problems):
        weekday, _, reason = says.partition(": ")
        if row.has(weekday.lower()):
            row.wrong(weekday.lower(), reason)
        else:
            row.wrong(next(filter(row.has, COLUMNS), "last_on"), says)


def first_column(hours: dict) -> str:
    return COLUMNS[min(hours)]


def write_hours(drafts, *, by, source: str):
    """Set the pattern of `drafts` of placements (their `hours`) from the first day on, with history."""
    for part in batches([draft.thing.pk for draft in drafts if not draft.is_new]):
        PatternDay.objects.filter(placement__in=part).delete()
    days = [
        PatternDay(
            placement=draft.thing,
            valid_from=draft.thing.first_on,
            weekday=weekday,
            starts=starts,
            finishes=finishes,
            break_minutes=pause,
        )
        for draft in drafts
        for weekday, (starts, finishes, pause) in draft.hours.items()
    ]
    PatternDay.objects.bulk_create(days, batch_size=SIZE)
    says = "set the working pattern {} with the file {}"
    events = [event(draft.thing, says.format(in_words(draft.hours), source), by=by) for draft in drafts]
    Event.objects.bulk_create(events, batch_size=SIZE)
