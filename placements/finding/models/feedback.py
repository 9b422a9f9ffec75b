"""What an employer said after an interview."""

from django.db import models
from django.utils import timezone

from placements.finding.models.application import Application
from portal.people.models import User


class Feedback(models.Model):
    """Feedback on one application, given by the contact (or by staff for them), or told to the student, who wrote it
    down. At most one of each; the student, the tutor and the placement office read both, the contact only their own.
    """

    class Source(models.TextChoices):
        GIVEN = "given", "From the employer"
        TOLD = "told", "Told to the student, who wrote it down"

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="feedback", editable=False)
    source = models.CharField(max_length=5, choices=Source, editable=False)
    words = models.TextField("feedback", max_length=2000)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)

    class Meta:
        ordering = ["source", "pk"]
        constraints = [models.UniqueConstraint(fields=["application", "source"], name="feedback_once_for_each_source")]

    def __str__(self):
        return f"Feedback on {self.application}"
