"""Where setting up shows itself: adjustments on the placement's page and the student's home."""

from django.urls import reverse

from placements.models import Placement
from placements.setup.models import SharedAdjustment
from portal.rooms import Entry, Step, WhenAny, for_student, on_placement


@on_placement(25)
def adjustments(placement, relations):
    row = placement.adjustments.open().first()
    url = reverse("adjustment_list", args=[placement.pk])
    if relations == {"manager"}:
        if row is None or not row.is_released:
            return None
        return Entry("Adjustments agreed", url, "To be read", "calm", "info")
    says = "Nothing shared" if row is None else "Shared with the employer" if row.is_released else "Not released yet"
    tone = "calm" if row is None else row.tone
    return Entry("Adjustments to share", url, says, tone, "lock")


@for_student(15)
def to_release(student, placements, today):
    """Words about adjustments that wait for the student's release."""
    running = [placement for placement in placements if placement.status != Placement.Status.ENDED]
    if not running:
        return None
    rows = SharedAdjustment.objects.open().filter(placement__in=running, released_at=None)
    return WhenAny(rows, steps_to_decide)


def steps_to_decide(rows):
    for pk in rows.values_list("placement", flat=True):
        says = "Decide whether your employer may be told what helps you"
        yield Step(says, reverse("adjustment_list", args=[pk]), "waiting", "Nothing is told before you say so.")
