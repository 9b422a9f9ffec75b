"""What the clock does for asks: it reminds."""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
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
    late = Ask.objects.open().filter(is_late(now), mailed_at__lte=now - APART)
    for pk, number in late.values_list("pk", "reminded")[:500]:
        remind(pk, number, now)


def is_late(now) -> Q:
    """What no answer came to for as many days as its kind says: one condition for all kinds."""
    alike = defaultdict(list)
    for kind in kinds.values():
        for step in enumerate(kind.remind_after):
            alike[step].append(kind.name)
    late = Q(pk__in=[])
    for (number, days), names in alike.items():
        late |= Q(kind__in=names, reminded=number, made_at__lte=now - timedelta(days=days))
    return late


@transaction.atomic
def remind(pk, number: int, now):
    """One reminder, once, whoever else is at it."""
    if not Ask.objects.filter(pk=pk, reminded=number).open().update(reminded=number + 1, mailed_at=now):
        return
    found = Ask.objects.select_related("provider", "to").get(pk=pk)
    if (thing := thing_of(found)) and (found.to is None or found.to.is_active):
        mail_it(found, thing, is_reminder=True)
