"""A new provider begins with the shipped kinds of checks."""

from django.db.models.signals import post_save
from django.dispatch import receiver

from employers.checks.models import CheckKind
from employers.checks.shipped import ship
from portal.people.models import Provider


@receiver(post_save, sender=Provider)
def begin_with_the_shipped_kinds(sender, instance, created, raw=False, **kwargs):
    """Not while a fixture is loaded: it brings its own."""
    if created and not raw:
        ship(CheckKind, instance.pk)
