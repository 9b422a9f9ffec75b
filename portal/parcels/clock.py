"""What the clock does for parcels: files go after a week, and none hangs for ever."""

from datetime import timedelta

from portal.clock import due, quietly
from portal.parcels.models import Parcel

SILENT_FOR = timedelta(minutes=30)


@due
def forget_parcels(now):
    """Personal data in files is not kept for longer than it takes to fetch them."""
    for parcel in Parcel.objects.filter(status="ready", ready_at__lte=now - timedelta(days=Parcel.KEPT_DAYS)):
        quietly(parcel.forget)


@due
def stop_parcels_that_hang(now):
    """A worker that was stopped halfway has made nothing; say so."""
    for parcel in Parcel.objects.filter(status="packing", touched_at__lt=now - SILENT_FOR):
        quietly(parcel.stop, problem="The work was interrupted.")
