"""Weeks before the portal took them down: worked out from the approved weeks, by the one definition of hours."""

from bisect import bisect_right
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import accumulate

from placements.hours.spells import count_for, spent_by
from placements.timesheets.models import monday_of
from portal.batches import batches
from reviews.cohort.begun import placements_begun
from reviews.cohort.models import ALL, Week
from reviews.cohort.tally import spread_of
from students.models import Student
from students.tlevels.deadline import last_chance_of

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def work_out_past(provider_id: int, today: date) -> int:
    """Write the weeks that nobody took down, of every year of entry; returns their number."""
    years = Student.objects.filter(provider=provider_id).order_by("entry_year").values_list("entry_year", flat=True)
    return sum(len(work_out_year(provider_id, year, today)) for year in years.distinct())


def work_out_year(provider_id: int, entry_year: str, today: date) -> list[Week]:
    """Write those of one year of entry, from its first September to the last complete week."""
    first, last = monday_of(date(int(entry_year[:4]), 9, 1)), min(monday_of(today) - WEEK, last_chance_of(entry_year))
    mondays = [first + n * WEEK for n in range((last - first).days // 7 + 1)]
    kept = set(Week.objects.filter(provider=provider_id, entry_year=entry_year).values_list("tlevel", "monday"))
    found = defaultdict(list)  # (T Level, Monday) -> (percent, has begun a placement)
    for tlevel, reached, begun, left_on in courses_of(provider_id, entry_year):
        for monday in mondays:
            if left_on and left_on < monday:
                break
            sunday = monday + 6 * DAY
            said = reached(sunday), begun is not None and begun <= sunday
            for key in ((tlevel, monday), (ALL, monday)):
                if key not in kept:
                    found[key].append(said)
    rows = [row_of(provider_id, entry_year, *key, students) for key, students in found.items()]
    Week.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return rows


def courses_of(provider_id: int, entry_year: str):
    """Of each student: the T Level, a function from a day to the percent reached by then, the first day or None, and
    when they left, or None.
    """
    ids = list(Student.objects.filter(provider=provider_id, entry_year=entry_year).values_list("pk", flat=True))
    for some in batches(ids):
        students = Student.objects.select_related("tlevel", "specialism", "hours").in_bulk(some)
        begun = {}
        placements = placements_begun().filter(student__in=some).order_by("first_on")
        for pk, first_on in placements.values_list("student", "first_on"):
            begun.setdefault(pk, first_on)
        spells = spent_by(some)
        for pk, student in students.items():
            yield student.tlevel_id, reached_by(student, spells[pk]), begun.get(pk), student.left_on


def reached_by(student: Student, spells: list):
    """A function from a day to the whole percent of the required hours that were worked by then and are approved, by
    the rules of the kept totals.
    """
    if not spells:
        return lambda day: 0
    approved, _ = count_for(student, student.hours.begun_on, spells)
    lines = sorted(approved.lines, key=lambda line: line.spent.day)
    days = [line.spent.day for line in lines]
    minutes = [0, *accumulate(line.counts for line in lines)]
    return lambda day: min(100 * minutes[bisect_right(days, day)] // approved.rules.required, 100)


def row_of(provider_id, entry_year, tlevel, monday, students: list[tuple]) -> Week:
    progress = Counter(percent for percent, _ in students)
    return Week(
        provider_id=provider_id,
        entry_year=entry_year,
        tlevel=tlevel,
        monday=monday,
        students=len(students),
        placed=sum(placed for _, placed in students),
        complete=progress[100],
        is_later=True,
        **vars(spread_of(progress)),
    )
