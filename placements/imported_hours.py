"""The working pattern in a file of placements: seven columns, their words, their check, and how they are written."""

from collections import defaultdict
from functools import lru_cache
from itertools import groupby

from placements.models import PatternDay
from placements.pattern import WEEKDAYS, spanned
from placements.working_time import plan_problems
from portal.history.models import Event, event
from portal.imports import cells
from portal.imports.columns import Column
from portal.imports.drafts import BATCH, batches
from students.tlevels.rules import WorkingTime

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


def stored_hours(placements: list[int]) -> dict[int, list[dict]]:
    """The patterns of stored placements, the first one first; an empty one where there is none."""
    found = defaultdict(list)
    for part in batches(placements):
        rows = PatternDay.objects.filter(placement__in=part).order_by("placement", "valid_from", "weekday")
        rows = rows.values_list("placement", "valid_from", "weekday", "starts", "finishes", "break_minutes")
        for (pk, _), days in groupby(rows, key=lambda row: row[:2]):
            found[pk].append({weekday: tuple(times) for _, _, weekday, *times in days})
    return {pk: found[pk] or [{}] for pk in placements}


def check_hours(row, hours: dict, others: list[dict], limits: WorkingTime):
    """The hours must keep within working time, together with those at other placements at that time."""
    days = tuple(day for pattern in [hours, *others] for day in pattern.items())
    for says in problems(days, limits):
        weekday, _, reason = says.partition(": ")
        if row.has(weekday.lower()):
            row.wrong(weekday.lower(), reason)
        else:
            row.wrong(first_column(hours), says)


@lru_cache(maxsize=1000)
def problems(days: tuple, limits: WorkingTime) -> list[str]:
    """Why (weekday, times) may not be agreed; the same few weeks come again and again."""
    return plan_problems([pattern_day(n, times) for n, times in days], limits)


def first_column(hours: dict) -> str:
    return COLUMNS[min(hours)]


def pattern_day(weekday: int, times: tuple, **where) -> PatternDay:
    starts, finishes, pause = times
    return PatternDay(weekday=weekday, starts=starts, finishes=finishes, break_minutes=pause, **where)


def write_hours(drafts, *, by, source: str):
    """Set the pattern of `drafts` of placements (their `hours`) from the first day on, with history."""
    for part in batches([draft.thing.pk for draft in drafts if not draft.is_new]):
        PatternDay.objects.filter(placement__in=part).delete()
    days = [
        pattern_day(n, times, placement=draft.thing, valid_from=draft.thing.first_on)
        for draft in drafts
        for n, times in draft.hours.items()
    ]
    PatternDay.objects.bulk_create(days, batch_size=BATCH)
    says = "set the working pattern {} with the file {}"
    events = [event(draft.thing, says.format(in_words(draft.hours), source), by=by) for draft in drafts]
    Event.objects.bulk_create(events, batch_size=BATCH)
