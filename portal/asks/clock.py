"""What the clock does for asks: it reminds."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from portal.asks.asking import mail_it, thing_of
from portal.asks.kinds import kinds
from portal.asks.models import Ask
from portal.clock import due

EARLIEST = 8  # o'clock: nobody is reminded at night
APART = timedelta(hours=20)  # a clock that stood still for a week does not send two reminders at once


@due
def remind_of_asks(now):
    """Mail again what was asked so many days ago as its kind says, and is not answered."""
    if timezone.localtime(now).hour < EARLIEST:
        return
    for kind in kinds.values():
        for number, days in enumerate(kind.remind_after):
            late = Ask.objects.open().filter(kind=kind.name, reminded=number, made_at__lte=now - timedelta(days=days))
            late = late.filter(mailed_at__lte=now - APART)
            for pk in late.values_list("pk", flat=True)[:500]:
                remind(pk, number, now)


@transaction.atomic
def remind(pk, number: int, now):
    """One reminder, once, whoever else is at it."""
    if not Ask.objects.filter(pk=pk, reminded=number).open().update(reminded=number + 1, mailed_at=now):
        return
    found = Ask.objects.select_related("provider", "to").get(pk=pk)
    if (thing := thing_of(found)) and (found.to is None or found.to.is_active):
        mail_it(found, thing, is_reminder=True)
