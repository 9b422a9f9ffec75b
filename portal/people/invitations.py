"""The invitation: a signed link by mail with which somebody comes in for the first time.

It holds for 14 days, and ends when the person has a password or has signed in. Opening it changes nothing.
"""

from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from sesame.tokens import create_token, parse_token

from portal.history.models import label_of, record
from portal.notices import mail
from portal.notices.models import Notice
from portal.people.joining import called
from portal.people.models import Provider, User
from portal.workflow import Refused

DAYS = 14
KIND = SCOPE = "invitation"
AGAIN_AFTER = timedelta(minutes=10)
A_LIFETIME = timedelta(days=365 * 10)


class Found(NamedTuple):
    """Whom a link was made for (None: it is no link of ours) and whether it is 'alive', 'over' or 'used'."""

    user: User | None
    state: str


def path_for(user: User) -> str:
    """The path with the token. Shown in the person's own mail only, and to the operator where no mail leaves."""
    return reverse("welcome", args=[create_token(user, SCOPE)])


def read(token: str) -> Found:
    """Whom `token` invites, and whether it still does. Reads only."""
    user = signed_for(token, A_LIFETIME)
    if user is None:
        return Found(None, "unknown")
    if not may_be_invited(user):
        return Found(user, "used")
    return Found(user, "alive" if signed_for(token, timedelta(days=DAYS)) else "over")


def signed_for(token: str, max_age: timedelta) -> User | None:
    """The active person whom a token was signed for within `max_age` (it carries the person, the scope its purpose)."""
    return parse_token(token, lambda pk: User.objects.filter(pk=pk, is_active=True).first(), SCOPE, max_age)


def may_be_invited(user: User) -> bool:
    """Whether this person has still to come in for the first time."""
    return user.is_active and user.is_invited_only and not user.has_usable_password()


def why_not_invited(user: User) -> str:
    """Why an invitation would be of no use, as a sentence; '' if it would."""
    if not user.is_active:
        return f"{user.name} may not sign in at the moment. Open their access first."
    if not may_be_invited(user):
        return f"{user.name} has been here before and can sign in, also with a code by mail."
    return ""


@transaction.atomic
def invite(user: User, provider: Provider, *, by):
    """Mail an invitation. `by` None: the operator's command, or the person asked for a new one. Raises Refused."""
    if reason := why_not_invited(user):
        raise Refused(reason)
    if sent_since(user, timezone.now() - AGAIN_AFTER):
        raise Refused(
            f"An invitation went to {user.email} a few minutes ago. Look for it there first, also in the spam."
        )
    memberships = list(user.memberships.filter(provider=provider))
    roles = " and ".join(f"a {called(membership.role)}" for membership in memberships)
    context = {"provider": provider, "roles": roles, "by": by, "link": mail.absolute(path_for(user)), "days": DAYS}
    as_they_asked = by is None and sent_since(user, user.joined_at)
    mail.send(KIND, to=user, about=provider, context=context)
    says = f"invited {user.name} by mail to {user.email}"
    if as_they_asked:
        says = f"sent {user.name} a new invitation, as they asked"
    for membership in memberships:
        record(membership, says, by=by)


def sent_since(user: User, moment) -> bool:
    return Notice.objects.filter(to=user, kind=KIND, created_at__gt=moment).exists()


def last_sent(provider: Provider):
    """For annotating people: when `provider` last invited them, or None."""
    sent = Notice.objects.filter(to=OuterRef("pk"), kind=KIND, about=label_of(provider), about_id=provider.pk)
    return Subquery(sent.order_by("-created_at").values("created_at")[:1])
