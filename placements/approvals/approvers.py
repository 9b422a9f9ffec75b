"""Who approves the hours of a placement: naming another line manager, and what the mails so far say about it."""

from django.db import transaction

from placements.approvals.models import DecisionLink
from placements.approvals.telling import (
    AGAIN,
    KINDS,
    MINUTES_BETWEEN,
    NAMED,
    locked,
    mail_weeks,
    minutes_ago,
    was_mailed,
)
from placements.handing_over import hand_over
from placements.models import Placement
from placements.timesheets.models import Timesheet
from portal.history import models as history
from portal.notices.models import Notice
from portal.workflow import Refused

MAILS_SHOWN = 20


@transaction.atomic
def name_approver(placement: Placement, manager, *, by):
    """Make `manager` the placement's line manager and tell them. Links of the one before open its weeks no more."""
    placement = Placement.objects.select_for_update(of=["self"]).with_people().get(pk=placement.pk)
    if placement.manager_id == manager.pk:
        return
    before, placement.manager = placement.manager, manager
    history.save(placement, by=by)
    mail_weeks(manager, NAMED, by=by, about=placement, placement=placement)
    hand_over(placement, before, by=by)


@transaction.atomic
def send_link_again(placement: Placement, *, by):
    """Mail the manager what waits, now. Raises Refused with the reason when there is no use in it."""
    name = can_be_mailed(placement).name
    locked(placement.manager_id)
    if was_mailed(placement.manager, AGAIN, since=minutes_ago(MINUTES_BETWEEN)):
        raise Refused(f"{name} was sent the link a few minutes ago. Give the mail time to arrive.")
    mail_weeks(placement.manager, AGAIN, by=by, about=placement)
    history.record(placement, f"had the link mailed to {name} again", by=by)


@transaction.atomic
def make_link(placement: Placement, *, by) -> DecisionLink:
    """A link to hand over by other means. It opens this placement only. Raises Refused when there is no use in it."""
    name = can_be_mailed(placement).name
    link = DecisionLink.objects.create(manager=placement.manager, placement=placement, made_by=by)
    history.record(placement, f"made a link for {name} to hand over", by=by)
    return link


def can_be_mailed(placement):
    """The manager; raises Refused unless there is one who may use the portal and for whom a week of it waits."""
    if placement.manager is None:
        raise Refused("Nobody approves the hours of this placement yet. Name an approver first.")
    if not placement.manager.is_active:
        raise Refused(f"{placement.manager.name} may not use the portal any more. Name another approver.")
    if not weeks_waiting_of(placement).exists():
        raise Refused(f"No week of this placement waits for {placement.manager.name}, so there is nothing to send.")
    return placement.manager


def weeks_waiting_of(placement):
    return Timesheet.objects.waiting().filter(placement=placement)


def mails_about(placement) -> list[dict]:
    """The mails that told the manager of this placement, newest first: what, when (None: not delivered yet).

    What the manager heard about other students, perhaps of another provider, is not this tutor's to know.
    """
    notices = Notice.objects.filter(to=placement.manager_id, kind__in=KINDS, about_placements__placement=placement)
    return [
        {"says": KINDS[notice.kind], "sent_at": notice.sent_at, "made_at": notice.created_at}
        for notice in notices.only("kind", "sent_at", "created_at")[:MAILS_SHOWN]
    ]
