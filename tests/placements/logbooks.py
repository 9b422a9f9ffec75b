"""Entries, goals and files for the tests of the logbook."""

import io
import uuid
from datetime import date

from django.utils import timezone
from PIL import Image

from placements.goals.models import LearningGoal
from placements.goals.writing import send_goals, write_goals
from placements.logbook import writing
from placements.logbook.models import Entry
from portal.uploads import Accepted

DAY = date(2026, 3, 4)


def a_goal(placement, wording="Explain a fault to somebody who is not technical", number=1) -> LearningGoal:
    """A goal to which the tutor agreed."""
    return LearningGoal.objects.create(
        placement=placement, number=number, wording=wording, tutor_agreed_at=timezone.now(), tutor_agreed_name="Tutor"
    )


def reword_goal(goal: LearningGoal, wording: str) -> LearningGoal:
    """Another wording of a goal, as the tutor writes it and agrees to it."""
    placement, tutor = goal.placement, goal.placement.tutor
    write_goals(placement, [(goal.pk, wording)], by=tutor)
    send_goals(placement, by=tutor)
    return placement.goals.current().get(replaces=goal)


def draft(cast, **words) -> Entry:
    """A draft of the student of the placement, written as the page does."""
    said = {"did": "Mended a printer", "learned": "Ask before unplugging", "day": DAY} | words
    entry = writing.begin(cast.placement, key=uuid.uuid4(), day=said["day"])
    writing.write(entry, said, by=cast.student, seen=entry.version)
    return entry


def shared(cast, **words) -> Entry:
    """The same, shared."""
    entry = draft(cast, **words)
    writing.publish(entry, by=cast.student)
    return entry


def a_picture(entry, name="desk.png"):
    """A picture that is attached to an entry."""
    before = set(entry.files.values_list("pk", flat=True))
    writing.attach(entry, [Accepted(name, "image/png", png())], by=entry.placement.student.user)
    return entry.files.exclude(pk__in=before).get()


def png(size=(40, 30), colour="teal") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def jpeg(size=(40, 30), exif=None) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "JPEG", **({"exif": exif} if exif else {}))
    return out.getvalue()
