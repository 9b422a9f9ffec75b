"""The work on a parcel, done by a worker that is kept for such long work (queue `parcels`)."""

import logging
from tempfile import TemporaryFile

from django.db import transaction
from django_tasks import task

from portal.notices import mail
from portal.parcels.kinds import kind_of
from portal.parcels.models import Parcel
from portal.progress import Overtaken, Progress
from portal.workflow import Refused, SomebodyWasQuicker

log = logging.getLogger(__name__)
OUR_FAULT = "Something went wrong on our side; it was written to the log. Try again, and tell us if it stays so."
NO_DESK = "You no longer have the role in which you asked for this."
QUEUE = "parcels"


@task(queue_name=QUEUE)
def pack(pk: int):
    """Make what was asked for. Whatever keeps it from ending well is said on its page."""
    parcel = Parcel.objects.select_related("by", "provider").get(pk=pk)
    try:
        parcel.take_up(by=None)
        fill(parcel)
    except (Overtaken, SomebodyWasQuicker):
        return
    except Refused as refused:
        problem = str(refused)
    except Exception:
        log.exception("Parcel %s failed", pk)
        problem = OUR_FAULT
    else:
        return
    try:
        Parcel.objects.get(pk=pk).stop(by=None, problem=problem)
    except SomebodyWasQuicker:
        return


def fill(parcel: Parcel):
    if parcel.desk is None or not parcel.by.is_active:
        raise Refused(NO_DESK)
    with TemporaryFile() as out:
        with Progress(parcel) as progress:
            file_name = kind_of(parcel.kind).pack(parcel, out, progress)
        with transaction.atomic():
            parcel.finish(by=None, file_name=file_name, file=out)
            mail.send("parcel_ready", to=parcel.by, about=parcel, context={"parcel": parcel})
