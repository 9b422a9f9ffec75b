"""A placement that is taken up again undoes its early end, in the same transaction."""

from django.dispatch import receiver
from django.utils import timezone

from placements.ending.models import EarlyEnd
from placements.models import Placement
from portal.workflow import moved


@receiver(moved, sender=Placement)
def after_a_placement_moved(sender, thing, verb, **kwargs):
    if verb == "resume":
        EarlyEnd.objects.filter(placement=thing, undone_at=None).update(undone_at=timezone.now())
