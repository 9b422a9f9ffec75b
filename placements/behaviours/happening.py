"""Reflections on behaviour in a student's timeline: the student's own, and to the tutor those that were shared."""

from placements.behaviours.models import BehaviourReflection
from portal.timeline import Facts, Happening, happens


@happens("growing")
def finished(student, user):
    rows = BehaviourReflection.objects.visible_to(user).filter(student=student)
    return Happening(rows, "finished_at", says, "behaviour_detail")


def says(row: Facts) -> str:
    return "Own behaviour at work looked at"
