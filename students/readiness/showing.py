"""Where readiness shows itself: on the page of a student, and on the student's home before the first placement."""

from datetime import timedelta
from functools import partial

from django.urls import reverse

from portal.paging import CountUpTo
from portal.prepared_parts import part
from portal.rooms import Entry, Figures, Step, WhenAny, for_student, on_student
from students.models import Student
from students.readiness.filters import lacks
from students.readiness.models import Point, Settled

NEAR = timedelta(days=21)


@on_student(10)
def readiness(student, user):
    """For tutor and placement office."""
    figures = {"of": part(CountUpTo, points), "settled": part(CountUpTo, settled, student=student.pk)}
    return Figures(figures, partial(how_far, student))


def points():
    return Point.objects.current()


def settled(student):
    return Settled.objects.filter(student=student, code__in=points().order_by().values("code"))


def how_far(student, of, settled):
    is_done = settled == of
    says = "All settled" if is_done else f"{settled} of {of} settled"
    url = reverse("student_readiness", args=[student.pk])
    return Entry("Ready for the placement", url, says, "good" if is_done else "waiting", "check-circle")


@for_student(90)
def what_comes_before_the_start(student, placements, today):
    """From three weeks before the first day on, while something is not settled."""
    soon = [one for one in placements if one.first_on > today and one.first_on - today <= NEAR]
    if not soon or any(one.first_on <= today for one in placements):
        return None
    return WhenAny(lacking_something, steps_to_read, student=student.pk)


def lacking_something(student):
    return Student.objects.filter(lacks(points()), pk=student)


def steps_to_read(students):
    return [
        Step("See what comes before you start", reverse("readiness_own"), "calm", "Some points are not settled yet.")
    ]
