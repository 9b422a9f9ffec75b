"""Asking, asking again, taking back, answered: each writes history on the thing that it is about."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from portal.asks.kinds import kinds
from portal.asks.models import LINK_DAYS, Ask
from portal.history.models import label_of, record
from portal.notices import mail
from portal.people.models import Provider, User
from portal.workflow import Refused

AGAIN_AFTER = timedelta(minutes=10)


@transaction.atomic
def ask(kind: str, thing, *, provider: Provider, by: User | None, to=None, address: str = "", name: str = "", **more):
    """Put something to a person by mail; returns the Ask. One that is open already is mailed again instead.

    Give `to` (a User), or `address` and `name` of somebody without an account. `more` goes to the mail's template.
    Raises Refused when the same was mailed less than ten minutes ago.
    """
    address = "" if to else address.lower()
    rows = Ask.objects.select_for_update().open().about(thing)
    found = rows.filter(kind=kind, to=to, address=address).first()
    if found:
        ask_again(found, thing, by=by, **more)
        return found
    found = Ask.objects.create(
        kind=kind,
        provider=provider,
        to=to,
        address=address,
        name=to.name if to else name,
        about=label_of(thing),
        about_id=thing.pk,
        label=str(thing)[:200],
        made_by=by,
    )
    mail_it(found, thing, **more)
    record(thing, f"asked {found.name}: {kinds[kind].title}", by=by)
    return found


@transaction.atomic
def ask_again(found: Ask, thing, *, by: User | None, **more):
    """Mail an open ask once more; its link holds anew. Raises Refused within ten minutes of the last mail."""
    if not found.is_open:
        raise Refused("This is answered or taken back already.")
    if timezone.now() - found.mailed_at < AGAIN_AFTER:
        raise Refused(f"A mail went to {found.name} a few minutes ago. Look for it there first, also in the spam.")
    found.mailed_at = timezone.now()
    found.save(update_fields=["mailed_at"])
    mail_it(found, thing, **more)
    if by:
        record(thing, f"asked {found.name} again: {kinds[found.kind].title}", by=by)


def mail_it(found: Ask, thing, *, is_reminder: bool = False, **more):
    """Mail the link."""
    context = {
        "ask": found,
        "thing": thing,
        "provider": found.provider,
        "link": mail.absolute(found.path()),
        "link_days": LINK_DAYS,
        "is_reminder": is_reminder,
    }
    mail.send(f"ask_{found.kind}", to=found.to, address=found.address, context=context | more, about=thing)


@transaction.atomic
def withdraw(found: Ask, thing, *, by: User | None):
    """Take an open ask back: its link opens nothing any more. One that is closed stays as it is."""
    if Ask.objects.filter(pk=found.pk).open().update(withdrawn_at=timezone.now()) and by:
        record(thing, f"took back what {found.name} was asked: {kinds[found.kind].title}", by=by)


def withdraw_all(kind: str, thing, *, by: User | None = None):
    """Take back every open ask of a kind about a thing: it is settled otherwise, or the person has changed."""
    for found in Ask.objects.about(thing).open().filter(kind=kind):
        withdraw(found, thing, by=by)


def answered(found: Ask):
    """The person has answered: the link can still be read, and no reminder goes out."""
    found.answered_at = timezone.now()
    Ask.objects.filter(pk=found.pk, answered_at=None).update(answered_at=found.answered_at)


def answered_otherwise(kind: str, thing, *, by: User):
    """`by` answered in the portal itself, signed in: close what was asked of them by link."""
    for found in Ask.objects.about(thing).open().filter(kind=kind, to=by):
        answered(found)


def thing_of(found: Ask):
    """The record that an ask is about, or None where it is gone."""
    return kinds[found.kind].model._base_manager.filter(pk=found.about_id).first()
