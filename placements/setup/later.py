"""Another line manager, or another site, from a day on: at once, or by the clock when the day comes."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from placements.approvals.approvers import name_approver
from placements.models import Placement
from placements.setup.models import LaterChange
from portal.history.models import record, save
from portal.workflow import Refused
from students.frozen import refuse_if_frozen


@transaction.atomic
def change_from(placement: Placement, what: str, value, from_on: date, *, by) -> LaterChange:
    """Make `value` (a User or a Site, or None for the employer's own address) hold from `from_on` on.

    A change of the same that was planned before is taken back. Raises Refused where it is so already.
    """
    refuse_if_frozen(placement.student_id)
    placement = Placement.objects.select_for_update(of=["self"]).with_people().get(pk=placement.pk)
    if placement.status == Placement.Status.ENDED:
        raise Refused("This placement has ended.")
    if getattr(placement, what) == value:
        raise Refused(f"That is the {LaterChange.What(what).label} already.")
    placement.later_changes.filter(what=what, done_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())
    change = LaterChange.objects.create(placement=placement, what=what, from_on=from_on, made_by=by, **{what: value})
    if from_on <= timezone.localdate():
        make_so(change, by=by)
    else:
        says = change.sentence
        record(placement, f"planned a change. {says}", by=by)
    return change


@transaction.atomic
def make_so(change: LaterChange, *, by) -> bool:
    """Do a change whose day has come, once. One that fits no more (the person has left) is dropped with a line."""
    now = timezone.now()
    if not LaterChange.objects.filter(pk=change.pk, done_at=None, withdrawn_at=None).update(done_at=now):
        return False
    placement = Placement.objects.select_for_update(of=["self"]).with_people().get(pk=change.placement_id)
    if placement.status == Placement.Status.ENDED:
        return False
    if change.what == LaterChange.What.MANAGER:
        if not change.manager.is_active:
            record(
                placement, f"left the line manager as it is: {change.manager} may not use the portal any more", by=by
            )
            return False
        name_approver(placement, change.manager, by=by)
    else:
        placement.site = change.site
        placement.version += 1
        save(placement, by=by)
    return True


@transaction.atomic
def take_change_back(change: LaterChange, *, by):
    """Take a planned change back before its day. Raises Refused where it holds already."""
    rows = LaterChange.objects.filter(pk=change.pk, done_at=None, withdrawn_at=None)
    if not rows.update(withdrawn_at=timezone.now()):
        raise Refused("This change holds already, or was taken back before. Change it once more instead.")
    record(change.placement, f"took a planned change back: {change.sentence}", by=by)
