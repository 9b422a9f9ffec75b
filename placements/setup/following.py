"""What follows when a placement ends: the mailed link to what helps opens nothing any more, and nobody is reminded."""

from django.dispatch import receiver

from placements.models import Placement
from placements.setup.adjustments import KIND
from portal.asks.asking import withdraw_all
from portal.workflow import moved


@receiver(moved, sender=Placement)
def links_end_with_the_placement(sender, thing, verb, **kwargs):
    for row in thing.adjustments.open() if verb == "end" else ():
        withdraw_all(KIND, row)
