"""What the clock does for contacts: removed ones go for good."""

from portal.clock import due
from students.contacts.models import KEPT_AFTER_REMOVAL, Contact


@due
def forget_removed_contacts(now):
    """Delete what was removed so long ago that it can't be put back."""
    Contact.objects.filter(removed_at__lte=now - KEPT_AFTER_REMOVAL).delete()
