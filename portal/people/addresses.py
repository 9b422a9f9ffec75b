"""One address per person. allauth keeps addresses in a table of its own: an old one there would still let them in."""

from allauth.account.models import EmailAddress
from django.db.models.signals import post_save
from django.dispatch import receiver

from portal.people.models import User


@receiver(post_save, sender=User)
def forget_old_addresses(sender, instance, created, update_fields=None, **kwargs):
    """With a corrected address, codes and new passwords go there and nowhere else."""
    if not created and (update_fields is None or "email" in update_fields):
        EmailAddress.objects.filter(user=instance).exclude(email__iexact=instance.email).delete()
