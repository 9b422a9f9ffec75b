"""Working time: what a plan may not break, and what a record is flagged for.

Pure functions over spells of work, in minutes (docs/rules.md; Working Time Regulations 1998). A *plan* that
breaks a limit is refused; a *record* of hours really worked is kept and flagged. The portal informs, it gives no legal
advice.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from portal.times_of_day import DAY, minute_of, minutes_between
from students.tlevels.rules import WorkingTime

ONE_SHIFT = 3 * 60  # less than this between two spells is a pause, no rest between days: nights go on over midnight
WHOLE_WEEK = ("long_week", "no_weekly_rest")  # codes that stand on the Monday and mean the week


@dataclass(frozen=True)
class Work:
    """One spell of work on a day, of whichever employer."""

    day: date
    starts: time
    finishes: time
    break_minutes: int

    @property
    def begins(self) -> int:
        """In minutes that count on over midnight, so that days can be compared."""
        return first_minute(self.day) + minute_of(self.starts)

    @property
    def ends(self) -> int:
        return self.begins + minutes_between(self.starts, self.finishes)

    @property
    def minutes(self) -> int:
        return self.ends - self.begins - self.break_minutes


class Mean(NamedTuple):
    """The mean week in minutes, over so many weeks."""

    minutes: int
    weeks: int

    def __str__(self):
        return in_hours(self.minutes) + (f" a week over {self.weeks} weeks" if self.weeks > 1 else " in one week")


@dataclass(frozen=True)
class Problem:
    """One limit broken: a code, the day (the Monday for a whole week), and a sentence."""

    code: str
    day: date
    says: str

    @property
    def is_of_a_day(self) -> bool:
        return self.code not in WHOLE_WEEK


def first_minute(day: date) -> int:
    """The minute with which a day begins, counted on over all days."""
    return day.toordinal() * DAY


def at_age(limits: WorkingTime) -> str:
    """Whom limits hold for, at the start of a clause: 'Under 18', 'From 18 on'."""
    return f"From {limits.age_from} on" if limits.age_from else f"Under {limits.age_to}"


def in_hours(minutes: int) -> str:
    """'7 h', '7 h 30 min'."""
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if rest and hours else f"{rest} min" if rest else f"{hours} h"


def week_problems(
    monday: date, work: Iterable[Work], limits_on: Callable[[date], WorkingTime], mean: Mean | None = None
) -> list[Problem]:
    """What the week from `monday` breaks. `work` holds all employers' spells; days around the week help to see rests.

    `limits_on(day)` gives the limits at the student's age on that day. `mean` is the mean week over the weeks that
    `average_over` names (it includes this week), or over those since the start, where the caller knows it.
    """
    work = sorted(work, key=lambda spell: spell.begins)
    shifts = in_stretches(work, ONE_SHIFT)
    by_limits = defaultdict(int)  # minutes by the limits that held on the day, for a birthday may lie within the week
    found = []
    for day in (monday + timedelta(days=n) for n in range(7)):
        spells = [spell for spell in work if spell.day == day]
        if spells:
            limits = limits_on(day)
            by_limits[limits] += sum(spell.minutes for spell in spells)
            found += _day_problems(day, spells, limits)
            found += _break_problems(day, work, limits)
            found += _rest_problems(day, shifts, limits)
    return found + list(_whole_week_problems(monday, work, by_limits, mean))


def in_stretches(work: list[Work], gap: int) -> list[list[Work]]:
    """Spells (in their order) put together with those that begin less than `gap` minutes after them."""
    found = []
    for spell in work:
        if found and spell.begins - end_of(found[-1]) < gap:
            found[-1].append(spell)
        else:
            found.append([spell])
    return found


def end_of(stretch: list[Work]) -> int:
    return max(spell.ends for spell in stretch)


def _day_problems(day, spells, limits: WorkingTime):
    worked = sum(spell.minutes for spell in spells)
    who = at_age(limits)
    if limits.day is not None and worked > limits.day:
        yield Problem(
            "long_day", day, f"{in_hours(worked)} on one day. {who} it is at most {in_hours(limits.day)} a day."
        )
    if limits.night_starts is not None and any(
        spell.starts < limits.night_ends or spell.ends > first_minute(day) + minute_of(limits.night_starts)
        for spell in spells
    ):
        yield Problem(
            "night",
            day,
            f"Work between {limits.night_starts:%H:%M} and {limits.night_ends:%H:%M}. {who} there is no night work.",
        )


def _break_problems(day, work, limits: WorkingTime):
    """The longest stretch that began on the day and in which no break long enough lies, if it is too long.

    Time between two spells is a break. Where in a spell its own break lies is not known: it is taken to lie well.
    """
    without = [spell for spell in work if spell.break_minutes < limits.break_length]
    begun = [stretch for stretch in in_stretches(without, limits.break_length) if stretch[0].day == day]
    longest = max(begun, key=minutes_of, default=[])
    if minutes_of(longest) > limits.break_after:
        gaps = [later.begins - earlier.ends for earlier, later in pairwise(longest)]
        pause = max(gaps + [spell.break_minutes for spell in longest])
        said = f"with a break of {in_hours(pause)}" if pause > 0 else "without a break"
        yield Problem(
            "no_break",
            day,
            f"{in_hours(minutes_of(longest))} {said}. {at_age(limits)} a break of {limits.break_length} min is due "
            f"after {in_hours(limits.break_after)}.",
        )


def minutes_of(stretch: list[Work]) -> int:
    return sum(spell.minutes for spell in stretch)


def _rest_problems(day, shifts, limits: WorkingTime):
    """Too little rest before the first shift of a day; what went on over midnight is the shift of the day before."""
    for before, shift in pairwise(shifts):
        rest = shift[0].begins - end_of(before)
        if before[0].day < shift[0].day == day and rest < limits.daily_rest:
            yield Problem(
                "short_rest",
                day,
                f"{in_hours(rest)} of rest after the {'night' if before[-1].day == day else 'day'} before. "
                f"{at_age(limits)} at least {in_hours(limits.daily_rest)} are due.",
            )


def _whole_week_problems(monday, work, by_limits, mean: Mean | None):
    for limits, minutes in by_limits.items():
        if limits.week is None:
            continue
        if limits.average_over == 1 and minutes > limits.week:
            yield Problem(
                "long_week",
                monday,
                f"{in_hours(minutes)} in the week. {at_age(limits)} it is at most {in_hours(limits.week)}.",
            )
        elif limits.average_over > 1 and mean is not None and mean.minutes > limits.week:
            yield Problem(
                "long_week", monday, f"{mean}. {at_age(limits)} it is at most {in_hours(limits.week)} on average."
            )
    strictest = max(by_limits, key=lambda limits: limits.weekly_rest, default=None)
    if strictest and _longest_rest(monday, work) < strictest.weekly_rest:
        due = in_hours(strictest.weekly_rest)
        yield Problem(
            "no_weekly_rest",
            monday,
            f"No rest of {due} in a row in this week. {at_age(strictest)} one is due each week.",
        )


def _longest_rest(monday, work) -> int:
    """The longest time without work, in minutes, that belongs to the week.

    A rest reaches over the edge of the week where the days beyond it (two of them are looked at) are free, too; it
    belongs to the week that holds the larger part of it, the other week has only what lies within it.
    """
    begin, end = first_minute(monday), first_minute(monday) + 7 * DAY
    longest, rested_from = 0, begin - 2 * DAY
    for began, ended in [*((spell.begins, spell.ends) for spell in work), (end + 2 * DAY,) * 2]:
        until = min(began, end + 2 * DAY)
        within, whole = min(until, end) - max(rested_from, begin), until - rested_from
        longest = max(longest, whole if 2 * within >= whole else within)
        rested_from = max(rested_from, ended)
    return longest


def plan_problems(pattern_days: Iterable, limits: WorkingTime, mean: Mean | None = None) -> list[str]:
    """Why a working pattern may not be agreed, as sentences; [] if it may. Sees the week as one that repeats.

    `mean` is the mean week of all that is planned, where the caller knows it: other weeks may be shorter.
    """
    hours = tuple((day.weekday, day.starts, day.finishes, day.break_minutes) for day in pattern_days)
    return list(_plan_problems(hours, limits, mean))


@lru_cache(maxsize=1024)
def _plan_problems(hours: tuple, limits: WorkingTime, mean: Mean | None) -> tuple[str, ...]:
    """The same of plain values: a whole cohort shares a handful of patterns."""
    monday = date(2024, 1, 1)
    work = [
        Work(monday + timedelta(days=weekday + 7 * week), starts, finishes, pause)
        for weekday, starts, finishes, pause in hours
        for week in (-1, 0, 1)
    ]
    mean = mean or Mean(minutes_of(work) // 3, limits.average_over)
    found = week_problems(monday, work, lambda day: limits, mean)
    names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    return tuple(
        f"{names[problem.day.weekday()]}: {problem.says}" if problem.is_of_a_day else problem.says for problem in found
    )
