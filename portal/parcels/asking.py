"""Asking for a parcel: what any room calls to have something made."""

from portal.history.models import record
from portal.parcels.models import Parcel
from portal.parcels.tasks import pack
from portal.people.models import Membership


def ask_for(kind: str, *, desk: Membership, title: str, options: dict | None = None, back: str = "") -> Parcel:
    """Have a worker make something for the person at `desk`. `back` is the page where it was asked for.

    The same asked for twice while it is still being made is one parcel (double clicks).
    """
    wanted = {"by": desk.user, "provider": desk.provider, "role": desk.role, "kind": kind, "options": options or {}}
    working = [Parcel.Status.WAITING, Parcel.Status.PACKING]
    if same := Parcel.objects.filter(**wanted, status__in=working).first():
        return same
    parcel = Parcel.objects.create(**wanted, title=title[:200], back=back)
    record(parcel, "asked for it", by=desk.user)
    pack.enqueue(parcel.pk)
    return parcel
