"""What the clock does before the first day: a week ahead the line manager gets the briefing card."""

from contextlib import suppress
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from placements.arrangements.keeping import send_briefing
from placements.models import Placement
from portal.asks.asking import withdraw
from portal.asks.models import LINK_DAYS, Ask
from portal.clock import due
from portal.workflow import Refused

EARLIEST = 8  # o'clock
DAYS_BEFORE = 7
AT_ONCE = 500
ABOUT = "placements.placement"


@due
def mail_briefing_cards(now):
    """To each line manager once, from a week before the first day; to another one who is named meanwhile, too."""
    today = timezone.localdate(now)
    if timezone.localtime(now).hour < EARLIEST:
        return
    sent = Ask.objects.filter(kind="briefing", about=ABOUT, about_id=OuterRef("pk"), to=OuterRef("manager"))
    coming = (
        Placement.objects.without_tasters()
        .filter(~Exists(sent), first_on__range=(today, today + timedelta(days=DAYS_BEFORE)), manager__is_active=True)
        .exclude(status=Placement.Status.ENDED)
    )
    for placement in coming.with_people().order_by("first_on", "pk")[:AT_ONCE]:
        with suppress(Refused):  # a tutor sent it a moment ago
            send_briefing(placement, by=None)


@due
def forget_unread_cards(now):
    """A card that nobody said they read waits no longer than its link holds."""
    old = Ask.objects.open().filter(kind="briefing", mailed_at__lt=now - timedelta(days=LINK_DAYS))
    for ask in old[:AT_ONCE]:
        withdraw(ask, None, by=None)
