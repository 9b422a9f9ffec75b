"""Contacts made: the student's own networking record."""

from datetime import timedelta

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from portal.form_fields import PHONE
from portal.people.models import Role
from students.models import Student

KEPT_AFTER_REMOVAL = timedelta(days=7)


class Touch(models.TextChoices):
    """Whether the person is happy to stay in touch."""

    YES = "yes", "Happy to stay in touch"
    UNKNOWN = "unknown", "Not asked yet"
    NO = "no", "Would rather not"


class ContactQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The student's own, and nobody else's: not the manager's, not staff's, not that of another student."""
        return self.filter(student__user=user, student__provider__in=user.providers_as(Role.STUDENT))

    def kept(self):
        """Those that were not removed."""
        return self.filter(removed_at=None)


class Contact(models.Model):
    """A person whom a student met. It has no history that others could read: dates of adding and changing are all.

    A removed one can be put back for KEPT_AFTER_REMOVAL, then the clock deletes it.
    """

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="contacts", editable=False)
    name = models.CharField("name", max_length=150)
    role = models.CharField("role", max_length=150, blank=True)
    organisation = models.CharField("organisation", max_length=200, blank=True)
    met = models.CharField("how we met", max_length=300, blank=True)
    email = models.EmailField("work e-mail", blank=True)
    phone = models.CharField("phone", max_length=40, blank=True, validators=[PHONE])
    touch = models.CharField("staying in touch", max_length=7, choices=Touch, default=Touch.UNKNOWN)
    notes = models.TextField("notes", max_length=2000, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = [Lower("name"), "pk"]

    def __str__(self):
        return self.name

    @property
    def tone(self) -> str:
        return {Touch.YES: "good", Touch.UNKNOWN: "waiting", Touch.NO: "calm"}[self.touch]

    @property
    def job(self) -> str:
        """'Service desk lead, St Oswin's', as far as it is known."""
        return ", ".join(part for part in (self.role, self.organisation) if part)
