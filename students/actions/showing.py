"""Where the action plan shows itself."""

from datetime import timedelta
from functools import partial

from django.urls import reverse
from django.utils import timezone

from portal.paging import CountUpTo
from portal.rooms import Entry, Figures, Step, WhenAny, for_student, on_student
from portal.words import full_stop
from students.actions.models import Action

SOON = timedelta(days=3)


@for_student(60)
def due_actions(student, placements, today):
    """Actions that are due in three days or were due before, the oldest first."""
    return WhenAny(Action.objects.filter(student=student, due_on__lte=today + SOON).open(), steps_to_do)


def steps_to_do(rows):
    return [
        Step(action.improve[:80], reverse("action_detail", args=[action.pk]), action.tone, full_stop(action.sentence()))
        for action in rows[:3]
    ]


@on_student(30)
def plan(student, user):
    """For the tutor only."""
    if student.tutor_id != user.pk:
        return None
    rows = Action.objects.filter(student=student).open()
    late = rows.filter(due_on__lt=timezone.localdate())
    return Figures({"is_open": CountUpTo(rows), "late": CountUpTo(late)}, partial(plan_entry, student))


def plan_entry(student, is_open, late):
    says = f"{is_open} open, {late} past their day" if late else f"{is_open} open" if is_open else "Nothing open"
    return Entry("Action plan", reverse("student_actions", args=[student.pk]), says, "attention" if late else "calm")
