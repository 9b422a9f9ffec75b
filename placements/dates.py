"""The days of a placement: how far off and how long it may be. One definition for pages and files."""

from datetime import date

from django.utils import timezone

from portal.form_fields import why_far_off
from portal.words import during, long_date
from students.models import Student
from students.tlevels.deadline import deadline_of

LONGEST_DAYS = 2 * 366
FARTHEST_YEARS = 3


def what_is_wrong(first_on: date, last_on: date, before: date | None = None) -> dict[str, str]:
    """What is wrong with first and last day: a sentence under 'first_on' or 'last_on'; {} for nothing.

    A placement that began on the day `before` may go on doing so, however long ago that is.
    """
    if first_on != before and (why_not := why_far_off(first_on, FARTHEST_YEARS)):
        return {"first_on": why_not}
    first, last = f"{first_on:%-d %B %Y}", f"{last_on:%-d %B %Y}"
    if last_on < first_on:
        return {"last_on": f"{last} lies before the first day, {first}."}
    if (last_on - first_on).days > LONGEST_DAYS:
        return {"last_on": f"From {first} to {last} is more than two years. Check the years of both days."}
    return {}


def there_is_one(there) -> str:
    """That a student is with an employer in that time already, as a sentence: perhaps its days were corrected."""
    return f"There is a {there.called} with {there.employer} already, {during(there.first_on, there.last_on)}."


def begun_already(first_on: date) -> str:
    """What follows for a new placement whose first day has passed, as sentences; else ''."""
    if first_on >= timezone.localdate():
        return ""
    return (
        f"{long_date(first_on)} has passed. The placement starts as soon as nothing is missing, and its weeks since "
        "then are asked for."
    )


def beyond_the_course(student: Student, last_on: date) -> str:
    """What is unusual about a last day after the student's course, as a sentence; else ''. It may be kept so."""
    end = deadline_of(student.entry_year)
    return f"The last day is after the end of the course on {long_date(end)}." if last_on > end else ""
