"""What the clock does for placements: it starts those whose first day has come, and ends those that are over."""

import logging

from django.db.models import Exists, OuterRef
from django.utils import timezone

from placements.models import PatternDay, Placement
from placements.starting import missing_in, tasks_of
from portal.batches import batches
from portal.clock import due
from portal.workflow import Refused, SomebodyWasQuicker

log = logging.getLogger(__name__)
AT_ONCE = 500  # the rest follows with the next tick
ENDED_BECAUSE = "The last day has passed"


@due
def start_placements(now):
    """Planned ones whose first day has come and for which nothing is missing (see Placement.missing_before_start)."""
    come = Placement.objects.filter(
        Exists(PatternDay.objects.filter(placement=OuterRef("pk"))),
        status=Placement.Status.PLANNED,
        first_on__lte=timezone.localdate(now),
        manager__isnull=False,
        student__tutor__isnull=False,
    )
    for keys in batches(list(come.order_by("first_on", "pk").values_list("pk", flat=True))):
        placements = list(come.filter(pk__in=keys).with_people().prefetch_related("pattern_days"))
        tasks = tasks_of(placements)
        for placement in placements:
            if not missing_in(tasks[placement.pk]):
                move(placement, "start")


@due
def end_placements(now):
    """Active ones whose last day was yesterday or before."""
    over = Placement.objects.filter(status=Placement.Status.ACTIVE, last_on__lt=timezone.localdate(now))
    for placement in over.with_people().order_by("last_on", "pk")[:AT_ONCE]:
        move(placement, "end", reason=ENDED_BECAUSE)


def move(placement: Placement, verb: str, **details):
    """One placement that cannot be moved keeps no other one waiting."""
    try:
        getattr(placement, verb)(by=None, **details)
    except (Refused, SomebodyWasQuicker) as error:
        log.info("Placement %s: %s: %s", placement.pk, verb, error)
