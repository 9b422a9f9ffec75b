"""What the clock does for worries: it reminds the owner, and tells the placement office what waits too long."""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from placements.concerns import telling
from placements.concerns.models import Concern, Release
from portal.clock import due
from portal.workflow import SomebodyWasQuicker

BEFORE = timedelta(hours=3)
AT_ONCE = 500


@due
def remind_owners(now):
    """Three hours before an answer is due, once."""
    rows = Concern.objects.waiting().filter(reminded_at=None, due_at__lte=now + BEFORE)
    for pk in rows.order_by("due_at").values_list("pk", flat=True)[:AT_ONCE]:
        once(pk, "reminded_at", now, telling.due)


@due
def escalate_overdue(now):
    """Once an answer is overdue the placement office hears that it is, and nothing of what it is about."""
    rows = Concern.objects.overdue(now).filter(escalated_at=None)
    for pk in rows.order_by("due_at").values_list("pk", flat=True)[:AT_ONCE]:
        once(pk, "escalated_at", now, telling.overdue)


@due
def end_notes_of_former_managers(now):
    """Words for somebody who is not the line manager any more are taken back, and both sides hear."""
    gone = Release.objects.filter(status=Release.Status.RELEASED).exclude(placement__manager=F("to"))
    for release in gone.with_people()[:AT_ONCE]:
        with suppress(SomebodyWasQuicker):
            release.take_back(by=None)


@transaction.atomic
def once(pk: int, stamp: str, now, tell):
    """Stamp it and tell, unless another clock did or it was answered meanwhile."""
    if Concern.objects.waiting().filter(pk=pk, **{stamp: None}).update(**{stamp: now}):
        tell(Concern.objects.with_people().get(pk=pk))
