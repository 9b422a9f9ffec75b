"""What follows when a placement ends: nobody is asked about its goals any more."""

from django.dispatch import receiver

from placements.goals.writing import KIND
from placements.models import Placement
from portal.asks.asking import withdraw_all
from portal.workflow import moved


@receiver(moved, sender=Placement)
def asks_end_with_the_placement(sender, thing, verb, **kwargs):
    if verb == "end":
        withdraw_all(KIND, thing)
