"""What the clock does for mail."""

from datetime import timedelta

from portal.clock import due
from portal.notices.mail import deliver
from portal.notices.models import Notice


@due
def deliver_what_was_left(now):
    """Mails whose delivery failed are tried again for two days."""
    late = Notice.objects.filter(
        sent_at=None, created_at__lt=now - timedelta(minutes=10), created_at__gt=now - timedelta(days=2)
    )
    for pk in late.values_list("pk", flat=True)[:200]:
        deliver.enqueue(pk)
