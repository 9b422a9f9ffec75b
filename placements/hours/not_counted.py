"""What of a week does not count, and why, in the words of the receipt, without reading all of a student's weeks again.

The kept totals hold it for weeks handed in or approved. A week still being written is counted on from their sums.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, time

from placements.hours.counting import Line, Spent, count_kindly
from placements.hours.spells import choices_for
from placements.timesheets.models import Timesheet
from portal.words import hours


def reasons_of(lines: Iterable[Line]) -> list[str]:
    """What of `lines` does not count, as sentences: "7 h: at most 35 h of 'work taster' count"."""
    lost = defaultdict(int)
    for line in lines:
        if line.not_counted:
            lost[line.why_not] += line.not_counted
    return [f"{hours(minutes)}: {why_not}" for why_not, minutes in lost.items()]


def lost_by_week(lines: Iterable[Line]) -> dict[str, list[str]]:
    """The reasons by week (its key as text, as JSON wants it), of those weeks that have any."""
    found = defaultdict(list)
    for line in lines:
        if line.not_counted:
            found[str(line.spent.timesheet_id)].append(line)
    return {week: reasons_of(lines) for week, lines in found.items()}


def summed(spells: Iterable[Spent]) -> list[list]:
    """Plain sums that count like the spells themselves: [first day, minutes, approach, employer, whether it waits]."""
    sums = {}
    for spent in sorted(spells, key=lambda spent: spent.day):
        kind = (spent.approach, spent.employer_id, spent.waiting)
        sums.setdefault(kind, [spent.day.isoformat(), 0, *kind])[1] += spent.minutes
    return list(sums.values())


def not_counted(timesheet: Timesheet) -> list[str]:
    """What of a week does not count, or would not; [] where all does. No query, if its people come with `hours`."""
    kept = getattr(timesheet.placement.student, "hours", None)
    if kept is None or timesheet.pk is None:
        return []
    return would_not_count(timesheet, kept) if timesheet.is_open else kept.lost.get(str(timesheet.pk), [])


def would_not_count(timesheet: Timesheet, kept) -> list[str]:
    """The same of a week that is not handed in: what it would be if it were, after all that the student handed in."""
    placement = timesheet.placement
    own = [
        Spent(spell.day, spell.starts, spell.minutes, spell.approach, placement.employer_id, "", timesheet.pk,
              waiting=True)
        for spell in timesheet.spells.all()
    ]  # fmt: skip
    before = [
        Spent(date.fromisoformat(day), time.min, minutes, approach, employer, waiting=waiting)
        for day, minutes, approach, employer, waiting in kept.worked
    ]
    choices = choices_for(placement.student, kept.begun_on or placement.first_on)
    return reasons_of(line for line in count_kindly(before + own, choices).lines if line.spent.timesheet_id)
