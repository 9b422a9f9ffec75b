"""What must be settled before somebody gives up a role: rooms upstairs say so, this one does not know them.

A room whose records lean on people has a `leaving.py` with functions marked `@before_leaving`. Each takes a Membership
and returns sentences that say what is in the way, and what to do about it; none if nothing is.
"""

from portal.discovering import discover
from portal.people.models import Membership, Role

checks = []


def before_leaving(check):
    """Mark a function of one argument (a Membership) as a check before a role is given up."""
    checks.append(check)
    return check


def what_keeps(membership: Membership) -> list[str]:
    """Why `membership` cannot be given up now, as sentences; [] if it can."""
    discover("leaving")
    return [sentence for check in checks for sentence in check(membership)]


@before_leaving
def the_last_coordinator(membership):
    """A provider always keeps a coordinator who can sign in."""
    if membership.role != Role.COORDINATOR:
        return []
    others = Membership.objects.filter(
        provider=membership.provider_id, role=Role.COORDINATOR, user__is_active=True
    ).exclude(pk=membership.pk)
    if others.exists():
        return []
    return [f"{membership.user} is the only coordinator. Make somebody else a coordinator first."]
