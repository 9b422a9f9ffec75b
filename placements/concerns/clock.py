"""What the clock does for worries: it reminds the owner, and tells the placement office what waits too long."""

from datetime import timedelta

from django.db import transaction

from placements.concerns import telling
from placements.concerns.models import Concern
from portal.clock import due

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


@transaction.atomic
def once(pk: int, stamp: str, now, tell):
    """Stamp it and tell, unless another clock did or it was answered meanwhile."""
    if Concern.objects.waiting().filter(pk=pk, **{stamp: None}).update(**{stamp: now}):
        tell(Concern.objects.with_people().get(pk=pk))
