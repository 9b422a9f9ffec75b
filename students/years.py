"""Which students a list shows: those who are on their course, unless a year of entry or others are asked for.

One definition of 'on their course', for lists, figures and cohort: they can still be certificated with their peers (or
are still to begin), and have not left the T Level. Cohort pages read the kept standings, which those who left have not.
"""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.words import long_date
from students.tlevels.deadline import YEARS, current_years, first_current, last_chance_of

EVERYBODY, OVER, LEFT = "all", "over", "left"
EARLIER_YEARS = 5
OTHERS = [
    (OVER, "Course over, never signed off"),
    (LEFT, "Left the T Level"),
    (EVERYBODY, "Everybody, of every year"),
]
ON_COURSE = "On course"  # what nothing chosen stands for


def on_course(since) -> Q:
    """Students on their course. `since`: `first_current` of today, or a Later that is told it."""
    return Q(entry_year__gte=since, left_on=None)


def over_unsigned(since) -> Q:
    """Students whose course is over, and who neither were signed off nor left."""
    return Q(entry_year__lt=since, left_on=None, signed_off_at=None)


def is_on_course(student, since: str) -> bool:
    """The same of a student, or of a row with their values, that was read already."""
    return student.entry_year >= since and student.left_on is None


def is_over_unsigned(student, since: str) -> bool:
    """The same of a student, or of a row with their values, that was read already."""
    return student.entry_year < since and student.left_on is None and student.signed_off_at is None


def what_is_unusual(entry_year: str, today: date) -> str:
    """What is unusual about a year of entry that is written down today, as a sentence; '' for nothing. It may be right.

    Usual are the years whose students are on their course, and the next one (see `years_offered`).
    """
    latest, _ = years_offered(today)[0]
    if entry_year > latest:
        return f"{entry_year} does not begin before September {entry_year[:4]}."
    if entry_year < first_current(today):
        until = long_date(last_chance_of(entry_year))
        return f"Whoever began in {entry_year} could be certificated with their peers until {until}."
    return ""


def years_offered(today: date) -> list[tuple[str, str]]:
    """The years of entry that can be chosen, the latest first: the next one too, whose students come in beforehand."""
    last = int(current_years(today)[-1][:4])
    years = range(last + 1, last - YEARS - EARLIER_YEARS, -1)
    return [(f"{year}/{(year + 1) % 100:02d}",) * 2 for year in years]


def choices(today: date) -> list[tuple[str, str]]:
    """All that a list of students can be asked for beside those on their course."""
    return [*years_offered(today), *OTHERS]


def chosen_ones(students: QuerySet, chosen: str | None) -> QuerySet:
    """Those of `students` who were asked for: one of `choices`, or nothing. A year leaves out those who left."""
    since = first_current(timezone.localdate())
    wanted = {
        None: on_course(since),
        OVER: over_unsigned(since),
        LEFT: Q(left_on__isnull=False),
        EVERYBODY: Q(),
    }
    return students.filter(wanted.get(chosen or None, Q(entry_year=chosen, left_on=None)))


class ShownByYear:
    """A filter of students by `year`, one of `choices`. Without a year of entry it leaves those on their course."""

    @property
    def qs(self):
        self.form.is_valid()
        return chosen_ones(super().qs, self.form.cleaned_data.get("year"))

    def by_year(self, students, name, value):
        return students  # see qs
