"""The weeks of a receipt: a timesheet with its lines, and what of it counts."""

from collections import defaultdict
from collections.abc import Iterable, Set
from datetime import date, timedelta
from typing import NamedTuple

from placements.bank_holidays import name_of
from placements.hours.counting import Line
from placements.hours.not_counted import reasons_of
from placements.timesheets.models import Timesheet
from portal.words import long_date, moment


class Week(NamedTuple):
    """A week of the receipt: the timesheet, its lines, and what of it counts (or would count, while it waits)."""

    timesheet: Timesheet
    lines: list[Line]
    recorded: int
    counts: int
    reasons: list[str]
    why_empty: str

    def approval(self) -> str:
        """Who approved the week, and when; or that nobody has so far."""
        week = self.timesheet
        if week.status == Timesheet.Status.APPROVED and week.signed_on_paper_by:
            return f"{week.signed_on_paper_by} on paper, recorded by {week.decided_by} on {moment(week.decided_at)}"
        if week.status == Timesheet.Status.APPROVED:
            way = ", by link" if week.decided_by_link else ""
            return f"{week.decided_by}, {moment(week.decided_at)}{way}"
        if week.status == Timesheet.Status.HANDED_IN:
            return f"Waiting since {long_date(week.handed_in_at)}"
        return "Not handed in"


def week_of(timesheet: Timesheet, lines: list[Line], absent: Set[date]) -> Week:
    """The week with its lines; `absent` are the days away of its placement."""
    recorded = sum(line.spent.minutes for line in lines) if lines else timesheet.minutes
    why_empty = "" if recorded else without_work(timesheet.monday, absent)
    return Week(timesheet, lines, recorded, sum(line.counts for line in lines), reasons_of(lines), why_empty)


def lost_between(weeks: Iterable[Week], first: date, end: date) -> tuple[int, list[str]]:
    """Minutes that do not count of the weeks from `first` to before `end`, work tasters apart, and why not."""
    lost = [
        line
        for week in weeks
        if first <= week.timesheet.monday < end and not week.timesheet.placement.is_taster
        for line in week.lines
        if line.not_counted
    ]
    return sum(line.not_counted for line in lost), sorted({line.why_not for line in lost})


def without_work(monday: date, absent: Set[date]) -> str:
    """Why nothing was worked in a week: how many days were away, and which were bank holidays; '' where none was."""
    days = {monday + timedelta(days=n) for n in range(7)}
    away = len(days & absent)
    parts = [f"{away} day{'s' * (away != 1)} away"] if away else []
    parts += sorted({name_of(day) for day in days if name_of(day)})
    return f"No work: {', '.join(parts)}" if parts else ""


def by_month(weeks: Iterable[Week]) -> list[tuple[date, list[Week]]]:
    """The weeks by the month in which they begin, newest first."""
    found = defaultdict(list)
    for week in weeks:
        found[week.timesheet.monday.replace(day=1)].insert(0, week)
    return sorted(found.items(), reverse=True)
