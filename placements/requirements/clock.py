"""What the clock does for checks: the placement office hears 60, 30 and 7 days before one lapses, and when it has."""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from employers.checks.models import LAPSING_DAYS, Check
from placements.requirements.queries import needed_now
from portal.clock import due
from portal.notices import mail
from portal.people.models import Membership, Role

EARLIEST = 8  # o'clock
LAPSED = 0


def reached(days: int, today) -> Q:
    """Checks with at most so many days left (LAPSED: none), of which nobody was told at that stage."""
    last = today - timedelta(days=1) if days == LAPSED else today + timedelta(days=days)
    return Q(expires_on__lte=last) & (Q(told_days=None) | Q(told_days__gt=days))


@due
def warn_of_lapsing_checks(now):
    """One mail for each coordinator with all that has come up since the last one. With nothing due: one query."""
    if timezone.localtime(now).hour < EARLIEST:
        return
    today, stages = timezone.localdate(now), (LAPSED, *reversed(LAPSING_DAYS))
    wanted = Q()
    for days in stages:
        wanted |= reached(days, today)
    found = defaultdict(list)
    rows = needed_now(Check.objects.current().filter(wanted)).select_related("employer__provider", "site")
    for check in rows.order_by("expires_on", "employer__name", "pk"):
        found[check.employer.provider].append(check)
    for provider, checks in found.items():
        warn(provider, checks, today, stages)


@transaction.atomic
def warn(provider, checks, today, stages):
    """Tell the placement office of those of `checks` that nobody else is telling of just now."""
    told = []
    for check in checks:
        left = check.days_left(today)
        stage = next(days for days in stages if (left < 0 if days == LAPSED else left <= days))
        if Check.objects.filter(reached(stage, today), pk=check.pk).update(told_days=stage):
            told.append({"check": check, "says": check.sentence(today)})
    office = Membership.objects.filter(provider=provider, role=Role.COORDINATOR, user__is_active=True)
    for desk in office.select_related("user") if told else []:
        mail.send("checks_lapsing", to=desk.user, context={"rows": told}, about=provider)
