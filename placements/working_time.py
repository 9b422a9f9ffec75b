"""Working time: what a plan may not break, and what a record is flagged for.

Pure functions over spells of work, in minutes (domain: working time; Working Time Regulations 1998). A *plan* that breaks
a limit is refused; a *record* of hours really worked is kept and flagged. The portal informs, it gives no legal advice.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from students.tlevels.rules import WorkingTime

SOURCE = "Working Time Regulations 1998"
DAY = 24 * 60


@dataclass(frozen=True)
class Work:
    """One spell of work on a day, of whichever employer."""

    day: date
    starts: time
    finishes: time
    break_minutes: int

    @property
    def minutes(self) -> int:
        return self.length - self.break_minutes

    @property
    def length(self) -> int:
        return (self.finishes.hour - self.starts.hour) * 60 + self.finishes.minute - self.starts.minute


@dataclass(frozen=True)
class Problem:
    """One limit broken: a code, the day (the Monday for a whole week), and a sentence."""

    code: str
    day: date
    says: str


def in_hours(minutes: int) -> str:
    """'7 h', '7 h 30 min'."""
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if rest and hours else f"{rest} min" if rest else f"{hours} h"


def week_problems(
    monday: date, work: Iterable[Work], limits_on: Callable[[date], WorkingTime], average: int | None = None
) -> list[Problem]:
    """What the week from `monday` breaks. `work` holds all employers' spells; days around the week help to see rests.

    `limits_on(day)` gives the limits at the student's age on that day. `average` is the mean week in minutes over the
    weeks that `average_over` names, where the caller knows it (it includes this week).
    """
    by_day = defaultdict(list)
    for spell in sorted(work, key=lambda spell: (spell.day, spell.starts)):
        by_day[spell.day].append(spell)
    days = [monday + timedelta(days=n) for n in range(7)]
    found = []
    for day in days:
        if by_day[day]:
            found += _day_problems(day, by_day[day], limits_on(day))
            found += _rest_problems(day, by_day, limits_on(day))
    return found + _whole_week_problems(days, by_day, limits_on(days[6]), average)


def _day_problems(day, spells, limits: WorkingTime):
    worked = sum(spell.minutes for spell in spells)
    who = "Under 18" if limits.age_to == 18 else "From 18 on"
    if limits.day is not None and worked > limits.day:
        yield Problem(
            "long_day", day, f"{in_hours(worked)} on one day. {who} it is at most {in_hours(limits.day)} a day."
        )
    pauses = sum(spell.break_minutes for spell in spells) + sum(
        (later.starts.hour - earlier.finishes.hour) * 60 + later.starts.minute - earlier.finishes.minute
        for earlier, later in zip(spells, spells[1:], strict=False)
    )
    if worked > limits.break_after and pauses < limits.break_length:
        yield Problem(
            "no_break",
            day,
            f"{in_hours(worked)} with a break of {in_hours(pauses)}. {who} a break of {limits.break_length} min is due "
            f"after {in_hours(limits.break_after)}.",
        )
    if limits.night_starts and any(
        spell.starts < limits.night_ends or spell.finishes > limits.night_starts for spell in spells
    ):
        yield Problem(
            "night",
            day,
            f"Work between {limits.night_starts:%H:%M} and {limits.night_ends:%H:%M}. {who} there is no night work.",
        )


def _rest_problems(day, by_day, limits: WorkingTime):
    before = by_day.get(day - timedelta(days=1))
    if before:
        ended = max(spell.finishes for spell in before)
        began = by_day[day][0].starts
        rest = DAY - (ended.hour * 60 + ended.minute) + began.hour * 60 + began.minute
        if rest < limits.daily_rest:
            yield Problem(
                "short_rest",
                day,
                f"{in_hours(rest)} of rest after the day before. At least {in_hours(limits.daily_rest)} are due.",
            )


def _whole_week_problems(days, by_day, limits: WorkingTime, average):
    monday = days[0]
    worked = sum(spell.minutes for day in days for spell in by_day.get(day, []))
    if limits.week is not None and limits.average_over == 1 and worked > limits.week:
        yield Problem(
            "long_week", monday, f"{in_hours(worked)} in the week. Under 18 it is at most {in_hours(limits.week)}."
        )
    if limits.week is not None and limits.average_over > 1 and average is not None and average > limits.week:
        yield Problem(
            "long_week",
            monday,
            f"{in_hours(average)} a week on average over {limits.average_over} weeks. It is at most "
            f"{in_hours(limits.week)}.",
        )
    if worked and _longest_rest(days, by_day) < limits.weekly_rest:
        yield Problem(
            "no_weekly_rest", monday, f"No rest of {in_hours(limits.weekly_rest)} in a row in this week."
        )


def _longest_rest(days, by_day) -> int:
    """The longest time without work, in minutes, that lies within the week or reaches out of it into days off."""
    monday = days[0]
    begin = datetime.combine(monday, time())
    spans = [
        (datetime.combine(spell.day, spell.starts), datetime.combine(spell.day, spell.finishes))
        for day in [monday - timedelta(days=n) for n in (2, 1)] + days + [monday + timedelta(days=n) for n in (7, 8)]
        for spell in by_day.get(day, [])
    ]
    edges = [begin - timedelta(days=2), *[moment for span in spans for moment in span], begin + timedelta(days=9)]
    gaps = zip(edges[::2], edges[1::2], strict=True)
    within = [(start, end) for start, end in gaps if end > begin and start < begin + timedelta(days=7)]
    return max((int((end - start).total_seconds() // 60) for start, end in within), default=0)


def plan_problems(pattern_days: Iterable, limits: WorkingTime) -> list[str]:
    """Why a working pattern may not be agreed, as sentences; [] if it may. Sees the week as one that repeats."""
    monday = date(2024, 1, 1)
    days = list(pattern_days)
    work = [
        Work(monday + timedelta(days=day.weekday + 7 * week), day.starts, day.finishes, day.break_minutes)
        for day in days
        for week in (-1, 0, 1)
    ]
    average = sum(day.minutes for day in days)
    found = week_problems(monday, work, lambda day: limits, average=average)
    names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    week_long = ("long_week", "no_weekly_rest")
    return [problem.says if problem.code in week_long else f"{names[problem.day.weekday()]}: {problem.says}" for problem in found]
