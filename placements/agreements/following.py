"""What follows when a placement ends: nobody is asked about its agreement any more."""

from django.dispatch import receiver

from placements.agreements.agreeing import EMPLOYER, PARENT
from placements.models import Placement
from portal.asks.asking import withdraw_all
from portal.workflow import moved


@receiver(moved, sender=Placement)
def asks_end_with_the_placement(sender, thing, verb, **kwargs):
    agreement = thing.agreements.current().first() if verb == "end" else None
    if agreement:
        withdraw_all(EMPLOYER, agreement)
        withdraw_all(PARENT, agreement)
