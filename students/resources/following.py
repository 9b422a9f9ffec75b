"""A new provider begins with the shipped links."""

from django.db.models.signals import post_save
from django.dispatch import receiver

from portal.people.models import Provider
from students.resources.models import Link
from students.resources.shipped import ship


@receiver(post_save, sender=Provider)
def begin_with_the_shipped_links(sender, instance, created, raw=False, **kwargs):
    """Not while a fixture is loaded: it brings its own."""
    if created and not raw:
        ship(Link, instance.pk)
