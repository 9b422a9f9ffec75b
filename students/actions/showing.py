"""Where the action plan shows itself."""

from datetime import timedelta
from functools import partial

from django.urls import reverse
from django.utils import timezone

from portal.paging import CountUpTo
from portal.prepared_parts import part
from portal.rooms import Entry, Figures, Step, WhenAny, for_student, on_student
from portal.words import full_stop
from students.actions.models import Action

SOON = timedelta(days=3)


@for_student(60)
def due_actions(student, placements, today):
    """Actions that are due in three days or were due before, the oldest first."""
    return WhenAny(due_until, steps_to_do, student=student.pk, until=today + SOON)


def open_actions(student):
    return Action.objects.filter(student=student).open()


def due_until(student, until):
    return open_actions(student).filter(due_on__lte=until)


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
    yesterday = timezone.localdate() - timedelta(days=1)
    figures = {
        "is_open": part(CountUpTo, open_actions, student=student.pk),
        "late": part(CountUpTo, due_until, student=student.pk, until=yesterday),
    }
    return Figures(figures, partial(plan_entry, student))


def plan_entry(student, is_open, late):
    says = f"{is_open} open, {late} past their day" if late else f"{is_open} open" if is_open else "Nothing open"
    return Entry("Action plan", reverse("student_actions", args=[student.pk]), says, "attention" if late else "calm")
