"""When somebody else becomes the line manager: what the one before was asked is asked of the new one."""

from portal.asks.asking import ask, thing_of, withdraw
from portal.asks.kinds import kinds
from portal.asks.models import Ask
from portal.notices import mail


def hand_over(placement, before, *, by):
    """Take back what `before` was asked about this placement and put it to the line manager of now; tell `before`.

    Call it in the transaction in which the line manager changes. `before` is a User or None.
    """
    if before is None or before == placement.manager:
        return
    for found in Ask.objects.open().filter(to=before, provider=placement.provider_id):
        thing = thing_of(found)
        if thing != placement and getattr(thing, "placement_id", None) != placement.pk:
            continue
        withdraw(found, thing, by=None)
        if kinds[found.kind].goes_over and placement.manager and placement.manager.is_active:
            ask(found.kind, thing, provider=placement.provider, to=placement.manager, by=by)
    if before.is_active:
        context = {"placement": placement, "manager": placement.manager}
        mail.send("placement_handed_over", to=before, context=context, about=placement)
