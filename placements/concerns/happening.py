"""Worries in a student's timeline: that there was one, for whoever may read it, and never what it was about."""

from placements.concerns.models import Concern
from portal.timeline import Happening, happens


def worries(student, user):
    """Those of the student that the reader may read (see ConcernQuerySet.visible_to)."""
    return Concern.objects.visible_to(user).filter(student=student)


@happens("worries")
def raised(student, user):
    return Happening(
        worries(student, user), "raised_at", lambda row: "Told that something is wrong", "concern_detail",
        state="status", tone=dict.fromkeys(Concern.OPEN, "attention"),
    )  # fmt: skip


@happens("worries")
def settled(student, user):
    return Happening(
        worries(student, user),
        "settled_at",
        lambda row: "Settled" if row.state == Concern.Status.SETTLED else "Withdrawn by the student",
        "concern_detail",
        state="status",
        tone={Concern.Status.SETTLED: "good"},
    )


@happens("worries")
def to_follow_up(student, user):
    return Happening(
        worries(student, user).filter(status=Concern.Status.SETTLED), "follow_up_on",
        lambda row: "To be asked again how things are", "concern_detail", tone="waiting",
    )  # fmt: skip
