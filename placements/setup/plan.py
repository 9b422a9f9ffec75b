"""Whether a working pattern may be agreed, and what it adds up to.

The limits are those of the rule set in force and of the student's age on the day; the hours with all employers are
added up. So the time that a pattern covers is looked at in spans within which neither age, rules nor patterns change.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from placements.models import Placement
from placements.working_time import plan_problems
from students.models import Student
from students.tlevels.rules import in_force_on, rule_sets, working_time_for

DAY = timedelta(days=1)


def problems_of(placement: Placement, valid_from: date, days: Iterable, *, replaces: date | None = None) -> list[str]:
    """Why `days` may not become the pattern from `valid_from` on, as sentences; [] if they may."""
    later = [start for start, _ in placement.pattern.versions if start > valid_from and start != replaces]
    last = min([later[0] - DAY] if later else [placement.last_on])
    versions = {start for start, _ in placement.pattern.versions} - {replaces}
    first = valid_from if versions and min(versions) < valid_from else placement.first_on
    return problems_together(placement.student, list(days), overlapping(placement, first, last), first, last)


def problems_together(student: Student, days: list, others: list[Placement], first: date, last: date) -> list[str]:
    """Why `days` may not be worked from `first` to `last` beside the `others`, as sentences. Asks no database."""
    found = []
    for day in spans(student, others, first, last):
        limits = working_time_for(student.age_on(day), in_force_on(day))
        elsewhere = [other for other in others if other.covers(day)]
        together = days + [agreed for other in elsewhere for agreed in other.pattern.in_force_on(day).values()]
        for says in plan_problems(together, limits):
            if elsewhere:
                says += f" The hours with {' and '.join(str(other.employer) for other in elsewhere)} are added up."
            if says not in found:
                found.append(says)
    return found


def overlapping(placement: Placement, first: date, last: date) -> list[Placement]:
    """The student's other placements that touch the days from `first` to `last`, with their patterns."""
    others = Placement.objects.filter(student=placement.student_id, first_on__lte=last, last_on__gte=first)
    return list(others.exclude(pk=placement.pk).select_related("employer").prefetch_related("pattern_days"))


def spans(student: Student, others: list[Placement], first: date, last: date) -> list[date]:
    """The first days of spans from `first` to `last` within which age, rules and all other patterns stay the same."""
    starts = {first}
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


def all_agreed_minutes(student: Student) -> int:
    """Minutes agreed over all placements of a student, bank holidays left out."""
    return sum(agreed_minutes(placement) for placement in student.placements.prefetch_related("pattern_days"))
