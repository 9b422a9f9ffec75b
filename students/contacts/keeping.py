"""Adding, changing, removing and putting back a contact."""

from django.utils import timezone

from students.contacts.models import Contact

SAME = ["name", "role", "organisation", "met", "email", "phone", "touch", "notes"]


def add_contact(contact: Contact) -> bool:
    """Store a new contact; False where the very same one is there already (a second press of the button)."""
    same = {name: getattr(contact, name) for name in SAME}
    if Contact.objects.kept().filter(student=contact.student_id, **same).exists():
        return False
    contact.save()
    return True


def change_contact(contact: Contact):
    """Store what was changed."""
    contact.changed_at = timezone.now()
    contact.save()


def remove_contact(contact: Contact):
    """Take a contact off the list; it can be put back for some days."""
    Contact.objects.filter(pk=contact.pk, removed_at=None).update(removed_at=timezone.now())


def restore_contact(contact: Contact):
    """Put a removed contact back."""
    Contact.objects.filter(pk=contact.pk).update(removed_at=None)
