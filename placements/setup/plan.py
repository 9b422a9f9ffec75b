"""Whether a working pattern may be agreed, and what it adds up to.

Nobody can be at two employers at once. The limits are those of the rule set in force and of the student's age on the
day; the hours with all employers are added up. So the time that a pattern covers is looked at in spans within which
neither age, rules nor patterns change.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from placements.bank_holidays import name_of
from placements.models import Placement
from placements.pattern import Pattern
from placements.setup.pattern_form import WEEKDAYS
from placements.working_time import Mean, plan_problems
from portal.times_of_day import overlap
from portal.words import during
from students.models import Student
from students.tlevels.rules import in_force_on, rule_sets, working_time_for

DAY = timedelta(days=1)


def problems_of(placement: Placement, valid_from: date, days: Iterable, *, replaces: date | None = None) -> list[str]:
    """Why `days` may not become the pattern from `valid_from` on, as sentences; [] if they may."""
    first, last = placement.first_on, placement.last_on
    pattern = placement.pattern.with_version(valid_from, list(days), replaces=replaces)
    others = overlapping(placement, first, last)
    return problems_together(placement.student, pattern, others, first, last, only_from=valid_from)


def clashes_of(placement: Placement, valid_from: date, days: Iterable, *, replaces: date | None = None) -> dict:
    """Which of `days` lie over hours that are agreed with another employer, and why: weekday -> sentence."""
    first, last = placement.first_on, placement.last_on
    pattern = placement.pattern.with_version(valid_from, list(days), replaces=replaces)
    return clashes(pattern, overlapping(placement, first, last), first, last, only_from=valid_from)


def problems_together(
    student: Student, pattern: Pattern, others: list, first: date, last: date, *, only_from: date | None = None
) -> list[str]:
    """Why `pattern` may not be worked from `first` to `last` beside the `others`, as sentences. Asks no database.

    With `only_from`, just the time is looked at in which the version of the pattern from that day on holds. Hours that
    lie over each other come first, and alone: added up they would mean nothing. What is wrong at several times is said
    once, with the fewest other employers: any further ones are not why.
    """
    if impossible := clashes(pattern, others, first, last, only_from=only_from):
        return [f"{WEEKDAYS[weekday]}: {says}" for weekday, says in sorted(impossible.items())]
    found = {}
    for day in spans(student, pattern, others, first, last):
        days = pattern.in_force_on(day)
        if only_from and days is not pattern.in_force_on(only_from):
            continue
        limits = working_time_for(student.age_on(day), in_force_on(day))
        elsewhere = [other for other in others if other.covers(day)]
        together = [*days.values()]
        together += [agreed for other in elsewhere for agreed in other.pattern.in_force_on(day).values()]
        mean = mean_week(pattern, others, first, last, limits.average_over) if limits.average_over > 1 else None
        names = list(dict.fromkeys(str(other.employer) for other in elsewhere))
        for says in plan_problems(together, limits, mean):
            found[says] = min(found.get(says, names), names, key=len)
    return [
        f"{says} The hours with {' and '.join(names)} are added up." if names else says for says, names in found.items()
    ]


def said_once(problems: Iterable[str]) -> list[str]:
    """Sentences that several weekdays share, once with all of them: 'Monday, Tuesday: ...'."""
    found = {}
    for problem in problems:
        weekday, _, says = problem.partition(": ")
        weekdays = found.setdefault(says if weekday in WEEKDAYS else problem, [])
        weekdays += [weekday] if weekday in WEEKDAYS else []
    return [f"{', '.join(weekdays)}: {says}" if weekdays else says for says, weekdays in found.items()]


def clashes(
    pattern: Pattern, others: list, first: date, last: date, *, only_from: date | None = None
) -> dict[int, str]:
    """Which weekdays of `pattern`, from `first` to `last`, lie over hours of the `others`: weekday -> sentence.

    On a bank holiday nothing is agreed, so nothing can lie over it.
    """
    found = {}
    for other in others:
        begin, end = max(first, other.first_on), min(last, other.last_on)
        starts = {start for each in (pattern, other.pattern) for start, _ in each.versions if start > begin}
        for day in (day for start in (begin, *sorted(starts)) for day in one_of_each_weekday(start)):
            if day > end or (only_from and pattern.in_force_on(day) is not pattern.in_force_on(only_from)):
                continue
            mine, agreed = pattern.on(day), other.pattern.on(day)
            if mine and agreed and overlap(mine, agreed):
                times = f"{agreed.starts:%H:%M} to {agreed.finishes:%H:%M}"
                span = during(other.first_on, other.last_on)
                found[mine.weekday] = f"These times overlap {times}, agreed with {other.employer} {span}."
    return found


def one_of_each_weekday(start: date) -> Iterator[date]:
    """For each weekday the first day from `start` on that is no bank holiday."""
    for day in (start + n * DAY for n in range(7)):
        while name_of(day):
            day += 7 * DAY
        yield day


def mean_week(pattern: Pattern, others: list, first: date, last: date, weeks: int) -> Mean:
    """The mean of the `weeks` in a row, from `first` to `last`, with most work in them; of all where they are fewer."""
    worked = [(pattern, first, last), *((other.pattern, other.first_on, other.last_on) for other in others)]
    monday, totals = first - first.weekday() * DAY, []
    while monday <= last:
        sunday = monday + 6 * DAY
        totals.append(
            sum(
                each.minutes_between(max(start, monday), min(end, sunday))
                for each, start, end in worked
                if start <= sunday and monday <= end
            )
        )
        monday += 7 * DAY
    weeks = min(weeks, len(totals))
    return Mean(max(sum(totals[n : n + weeks]) for n in range(len(totals) - weeks + 1)) // weeks, weeks)


def overlapping(placement: Placement, first: date, last: date) -> list[Placement]:
    """The student's other placements that touch the days from `first` to `last`, with their patterns."""
    others = Placement.objects.filter(student=placement.student_id, first_on__lte=last, last_on__gte=first)
    return list(others.exclude(pk=placement.pk).select_related("employer").prefetch_related("pattern_days"))


def spans(student: Student, pattern: Pattern, others: list, first: date, last: date) -> list[date]:
    """The first days of spans from `first` to `last` within which age, rules and all patterns stay the same."""
    starts = {first, *(start for start, _ in pattern.versions)}
    starts |= {rule_set.starts_on for rule_set in rule_sets()}
    for other in others:
        starts |= {other.first_on, other.last_on + DAY, *(start for start, _ in other.pattern.versions)}
    starts |= {birthday(student, year) for year in range(first.year, last.year + 1)}
    return sorted(day for day in starts if first <= day <= last)


def birthday(student: Student, year: int) -> date:
    """The birthday in `year`; 1 March where there is no 29 February."""
    try:
        return student.born_on.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def agreed_minutes(placement: Placement) -> int:
    """Minutes agreed over the whole placement, bank holidays left out."""
    return placement.agreed_minutes(placement.first_on, placement.last_on)
