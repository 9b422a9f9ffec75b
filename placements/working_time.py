"""Working time: what a plan may not break, and what a record is flagged for.

Pure functions over spells of work, in minutes (docs/rules.md; Working Time Regulations 1998). A *plan* that
breaks a limit is refused; a *record* of hours really worked is kept and flagged. The portal informs, it gives no legal
advice.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise

from students.tlevels.rules import WorkingTime

SOURCE = "Working Time Regulations 1998"
DAY = 24 * 60
WHOLE_WEEK = ("long_week", "no_weekly_rest")  # codes that stand on the Monday and mean the week


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
        return minute_of(self.finishes) - minute_of(self.starts)


@dataclass(frozen=True)
class Problem:
    """One limit broken: a code, the day (the Monday for a whole week), and a sentence."""

    code: str
    day: date
    says: str

    @property
    def is_of_a_day(self) -> bool:
        return self.code not in WHOLE_WEEK


def minute_of(moment: time) -> int:
    """Minutes since midnight."""
    return moment.hour * 60 + moment.minute


def at_age(limits: WorkingTime) -> str:
    """Whom limits hold for, at the start of a clause: 'Under 18', 'From 18 on'."""
    return f"From {limits.age_from} on" if limits.age_from else f"Under {limits.age_to}"


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
    return found + list(_whole_week_problems(days, by_day, limits_on, average))


def _day_problems(day, spells, limits: WorkingTime):
    worked = sum(spell.minutes for spell in spells)
    who = at_age(limits)
    if limits.day is not None and worked > limits.day:
        yield Problem(
            "long_day", day, f"{in_hours(worked)} on one day. {who} it is at most {in_hours(limits.day)} a day."
        )
    pauses = sum(spell.break_minutes for spell in spells) + sum(
        max(minute_of(later.starts) - minute_of(earlier.finishes), 0) for earlier, later in pairwise(spells)
    )
    if worked > limits.break_after and pauses < limits.break_length:
        said = f"with a break of {in_hours(pauses)}" if pauses else "without a break"
        yield Problem(
            "no_break",
            day,
            f"{in_hours(worked)} {said}. {who} a break of {limits.break_length} min is due after "
            f"{in_hours(limits.break_after)}.",
        )
    if limits.night_starts is not None and any(
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
        rest = DAY - minute_of(ended) + minute_of(began)
        if rest < limits.daily_rest:
            yield Problem(
                "short_rest",
                day,
                f"{in_hours(rest)} of rest after the day before. At least {in_hours(limits.daily_rest)} are due.",
            )


def _whole_week_problems(days, by_day, limits_on, average):
    monday = days[0]
    worked = defaultdict(int)  # by the limits that held on the day, for a birthday may lie within the week
    for day in days:
        if by_day[day]:
            worked[limits_on(day)] += sum(spell.minutes for spell in by_day[day])
    for limits, minutes in worked.items():
        if limits.week is None:
            continue
        if limits.average_over == 1 and minutes > limits.week:
            yield Problem(
                "long_week",
                monday,
                f"{in_hours(minutes)} in the week. {at_age(limits)} it is at most {in_hours(limits.week)}.",
            )
        elif limits.average_over > 1 and average is not None and average > limits.week:
            yield Problem(
                "long_week",
                monday,
                f"{in_hours(average)} a week on average over {limits.average_over} weeks. It is at most "
                f"{in_hours(limits.week)}.",
            )
    due = max((limits.weekly_rest for limits in worked), default=0)
    if _longest_rest(days, by_day) < due:
        yield Problem("no_weekly_rest", monday, f"No rest of {in_hours(due)} in a row in this week.")


def _longest_rest(days, by_day) -> int:
    """The longest time without work, in minutes, that belongs to the week.

    A rest reaches over the edge of the week where the days beyond it are free, too; it belongs to the week that holds
    the larger part of it, the other week has only what lies within it.
    """
    begin = datetime.combine(days[0], time())
    end = begin + timedelta(days=7)
    around = [days[0] + timedelta(days=n) for n in range(-2, 9)]
    longest, rested_from = 0, begin - timedelta(days=2)
    for spell in [spell for day in around for spell in by_day.get(day, [])] + [None]:
        until = datetime.combine(spell.day, spell.starts) if spell else end + timedelta(days=2)
        within = in_minutes(min(until, end) - max(rested_from, begin))
        if within > 0:
            whole = in_minutes(until - rested_from)
            longest = max(longest, whole if 2 * within >= whole else within)
        if spell:
            rested_from = max(rested_from, datetime.combine(spell.day, spell.finishes))
    return longest


def in_minutes(length: timedelta) -> int:
    return int(length.total_seconds() // 60)


def plan_problems(pattern_days: Iterable, limits: WorkingTime) -> list[str]:
    """Why a working pattern may not be agreed, as sentences; [] if it may. Sees the week as one that repeats."""
    hours = tuple((day.weekday, day.starts, day.finishes, day.break_minutes) for day in pattern_days)
    return list(_plan_problems(hours, limits))


@lru_cache(maxsize=1024)
def _plan_problems(hours: tuple, limits: WorkingTime) -> tuple[str, ...]:
    """The same of plain values: a whole cohort shares a handful of patterns."""
    monday = date(2024, 1, 1)
    work = [
        Work(monday + timedelta(days=weekday + 7 * week), starts, finishes, pause)
        for weekday, starts, finishes, pause in hours
        for week in (-1, 0, 1)
    ]
    average = sum(spell.minutes for spell in work) // 3
    found = week_problems(monday, work, lambda day: limits, average=average)
    names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    return tuple(
        f"{names[problem.day.weekday()]}: {problem.says}" if problem.is_of_a_day else problem.says for problem in found
    )
