"""Where reflections on behaviour show themselves: the student's next steps, and the student's page for the tutor."""

from datetime import timedelta
from functools import partial

from django.db.models import Exists
from django.urls import reverse

from placements.behaviours.models import BehaviourReflection
from portal.paging import CountUpTo
from portal.prepared_parts import part
from portal.rooms import Entry, Figures, Step, WhenAny, for_student, on_student
from students.models import Student

SETTLED_IN = timedelta(days=21)


@for_student(85)
def look_at_your_own_behaviour(student, placements, today):
    """Suggested three weeks into the first placement and in the second half of each, until one was begun since.

    Nothing is suggested to whoever is signed off or has left.
    """
    if student.frozen_says:
        return None
    moments = [moment for one in placements for moment in moments_of(one) if one.first_on < moment <= today]
    if not moments:
        return None
    return WhenAny(without_one, suggestion, student=student.pk, since=max(moments))


def without_one(student, since):
    begun = BehaviourReflection.objects.filter(student=student, begun_at__date__gte=since)
    return Student.objects.filter(~Exists(begun), pk=student)


def moments_of(placement):
    """The days from which on it is worth looking."""
    yield placement.first_on + SETTLED_IN
    yield placement.first_on + (placement.last_on - placement.first_on) / 2


def suggestion(students):
    says = "How do you see your own behaviour at work?"
    return [Step(says, reverse("behaviour_list"), "calm", "Five short pages. Only you see your answers.")]


@on_student(25)
def behaviours(student, user):
    """For the tutor only: what was shared."""
    if student.tutor_id != user.pk:
        return None
    return Figures({"shared": part(CountUpTo, shared, student=student.pk)}, partial(behaviours_entry, student))


def shared(student):
    return BehaviourReflection.objects.filter(student=student).handed_in()


def behaviours_entry(student, shared):
    says = f"{shared} shared" if shared else "Nothing shared yet"
    url = reverse("student_behaviours", args=[student.pk])
    return Entry("Behaviour at work, own view", url, says, "good" if shared else "calm", "user")
