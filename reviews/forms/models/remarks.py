"""What the student says to a form that was handed in."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from portal.people.models import User
from reviews.forms.models.form import CORRECT_MINUTES, ReviewForm


class RemarkQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Visible if and only if the form is."""
        return self.filter(form__in=ReviewForm.objects.visible_to(user))


class Remark(models.Model):
    """Some words to a form. Never changed; taken back for a few minutes."""

    form = models.ForeignKey(ReviewForm, on_delete=models.CASCADE, related_name="remarks", editable=False)
    words = models.TextField("what you say to it", max_length=2000)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"Remark by {self.by}"

    def is_fresh(self) -> bool:
        """Whether it can still be taken back."""
        return self.at > timezone.now() - timedelta(minutes=CORRECT_MINUTES)
