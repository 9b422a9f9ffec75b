"""What follows a change of the line manager: links of the one before open nothing any more."""

from django.db.models.signals import post_save
from django.dispatch import receiver

from placements.arrangements.models import FirstDay
from placements.models import Placement
from portal.asks.asking import withdraw
from portal.asks.models import Ask


@receiver(post_save, sender=Placement)
def after_a_placement(sender, instance, created=False, raw=False, **kwargs):
    """Whoever is named instead can be asked anew; the briefing card reaches them by the clock."""
    if raw or created:
        return
    things = [instance, *FirstDay.objects.filter(placement=instance)]
    for found in Ask.objects.about(*things).open().filter(kind__in=["briefing", "first_day"]):
        if found.to_id != instance.manager_id:
            withdraw(found, instance, by=None)
