"""Adjustments that the employer is told: written by anybody of the provider, released by the student alone."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from placements.models import Placement
from placements.setup.models import SharedAdjustment
from portal.history.models import record
from portal.notices import mail
from portal.workflow import Refused


def shared_with_employer(placement: Placement) -> str:
    """What the employer may read about adjustments; '' where the student released nothing, or took it back."""
    return placement.adjustments.released().values_list("words", flat=True).first() or ""


@transaction.atomic
def write_adjustment(placement: Placement, words: str, *, by) -> SharedAdjustment:
    """Put words in the place of those before. The student's own are released by that; others wait for the student."""
    Placement.objects.select_for_update(of=["self"]).get(pk=placement.pk)
    before = placement.adjustments.open().first()
    is_own = by.pk == placement.student.user_id
    if before and before.words == words and (before.released_at or not is_own):
        raise Refused("These are the words that are there already.")
    close(before, by=by)
    row = SharedAdjustment.objects.create(placement=placement, words=words, written_by=by)
    if is_own:
        release(row, by=by)
    else:
        record(placement, "wrote down adjustments for the student to release", by=by)
        link = mail.absolute(reverse("adjustment_list", args=[placement.pk]))
        mail.send("placement_adjustment", to=placement.student.user, context={"link": link}, about=row)
    return row


def close(row: SharedAdjustment | None, *, by):
    if row:
        SharedAdjustment.objects.filter(pk=row.pk, taken_back_at=None).update(
            taken_back_at=timezone.now(), taken_back_by=by
        )


@transaction.atomic
def release(row: SharedAdjustment, *, by):
    """The student lets the employer read the words. Raises Refused for anybody else, and for words that are gone."""
    placement = row.placement
    if by.pk != placement.student.user_id:
        raise Refused("Only the student can release this.")
    to = f"{placement.manager} at {placement.employer}" if placement.manager else str(placement.employer)
    rows = SharedAdjustment.objects.open().filter(pk=row.pk, released_at=None)
    if not rows.update(released_at=timezone.now(), released_by=by, released_to=to):
        raise Refused("This is released already, or other words have taken its place.")
    record(placement, f"released to {to}: {row.words}", by=by)


@transaction.atomic
def take_back(row: SharedAdjustment, *, by):
    """The employer may read it no more. The student or the staff; Refused where that has happened already."""
    rows = SharedAdjustment.objects.open().filter(pk=row.pk)
    if not rows.update(taken_back_at=timezone.now(), taken_back_by=by):
        raise Refused("This is taken back already.")
    record(row.placement, "took back what the employer is told about adjustments", by=by)
