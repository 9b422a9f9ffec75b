"""Review meetings for tests, in each of their states, made by the verbs."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from placements.goals.models import LearningGoal
from reviews.meetings.models import Action, Meeting
from tests import poured
from tests.conftest import make_cast
from tests.ready import GOALS

WHERE = {"way": "in_person", "where": "Room 4", "minutes": 45}


def in_days(days: int):
    """Two o'clock, so many days from now."""
    return (timezone.localtime() + timedelta(days=days)).replace(hour=14, minute=0, second=0, microsecond=0)


def planned_meeting(cast, **more):
    fields = {"title": "Midway", "due_on": timezone.localdate() + timedelta(days=3)} | more
    return Meeting.objects.create(placement=cast.placement, **fields)


def offered_meeting(cast):
    meeting = planned_meeting(cast)
    meeting.offer(by=cast.tutor, dates=[in_days(4), in_days(5)], **WHERE)
    return meeting


def agreed_meeting(cast, days: int = 4):
    meeting = planned_meeting(cast)
    meeting.fix(by=cast.tutor, starts_at=in_days(days), **WHERE)
    return meeting


def held_meeting(cast):
    """Yesterday, with notes and one action; the tutor has agreed by closing."""
    meeting = agreed_meeting(cast, days=-1)
    Meeting.objects.filter(pk=meeting.pk).update(notes="All goes well.")
    meeting = Meeting.objects.get(pk=meeting.pk)
    Action.objects.create(meeting=meeting, what="Ask for the rota", owner="student")
    meeting.finish(by=cast.tutor)
    return meeting


@poured.scene
@time_machine.travel("2026-05-12 12:00", tick=False)
def cast_that_met():
    """The cast, poured, with `meeting`: see `held_meeting`. On 12 May 2026."""
    cast = make_cast()
    cast.meeting = held_meeting(cast)
    return cast


@poured.scene
@time_machine.travel("2026-05-12 12:00", tick=False)
def cast_to_write():
    """The cast, poured, with `meeting`: yesterday, its notes are not written yet. On 12 May 2026."""
    cast = make_cast()
    cast.meeting = agreed_meeting(cast, days=-1)
    return cast


def agreed_goals(placement) -> list[LearningGoal]:
    """Two learning goals that tutor and line manager agreed to, as their rows: nobody was asked, nobody mailed."""
    now = timezone.now()
    agreed = {"tutor_agreed_at": now, "manager_agreed_at": now, "manager_agreed_name": placement.manager.name}
    return [
        LearningGoal.objects.create(placement=placement, number=number, wording=wording, **agreed)
        for number, wording in enumerate(GOALS, 1)
    ]
