"""What the clock does for the college's signature: the placement office hears in time that a brought key ends."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse

from portal.clock import due
from portal.notices import mail
from portal.people.models import Membership, Role
from reviews.certificates.models import SigningKey

DAYS_BEFORE = [60, 30, 7, 0]


@due
def tell_of_keys_that_end(now):
    """60, 30 and 7 days before, and when it has ended. One that was made here is followed by another by itself."""
    soon = SigningKey.objects.current().filter(valid_until__lte=now + timedelta(days=max(DAYS_BEFORE)), told_days__gt=0)
    for key in soon.exclude(issuer="").defer("certificate", "chain", "sealed"):
        days = told_days(key, now)
        if key.told_days > days:
            tell(key, days)


def told_days(key, now) -> int:
    """The latest of DAYS_BEFORE that has come."""
    return min(days for days in DAYS_BEFORE if key.valid_until <= now + timedelta(days=days))


@transaction.atomic
def tell(key: SigningKey, days: int):
    """Mail the placement office, once for each of DAYS_BEFORE."""
    if not SigningKey.objects.filter(pk=key.pk, told_days__gt=days).update(told_days=days):
        return
    context = {"key": key, "has_ended": days == 0, "link": mail.absolute(reverse("signing_key"))}
    office = Membership.objects.filter(provider=key.provider_id, role=Role.COORDINATOR, user__is_active=True)
    for membership in office.select_related("user"):
        mail.send("signing_key_ends", to=membership.user, about=key, context=context)
