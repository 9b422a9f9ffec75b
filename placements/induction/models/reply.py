"""What the line manager writes to single points of an induction."""

from django.db import models

from placements.checklists.models import Point, Tick
from portal.people.models import User


class Reply(models.Model):
    """What the manager wrote to one point: an answer to a question, or what is still to be done. Never changed.

    `state`, `said`, `said_at` and `said_by` are the student's answer at that moment. A reply whose decision was undone
    is `is_taken_back`: only the manager sees it, in the form, to be used again.
    """

    class Kind(models.TextChoices):
        ANSWER = "answer", "Answer"
        SENT_BACK = "sent_back", "Sent back"

    induction = models.ForeignKey(
        "induction.Induction", on_delete=models.CASCADE, related_name="replies", editable=False
    )
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="+", editable=False)
    wording = models.CharField(max_length=300, editable=False)
    kind = models.CharField(max_length=9, choices=Kind, editable=False)
    state = models.CharField(max_length=8, choices=Tick.State, editable=False)
    said = models.CharField(max_length=500, blank=True, editable=False)
    said_at = models.DateTimeField(editable=False)
    said_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    words = models.CharField(max_length=500, editable=False)
    at = models.DateTimeField(editable=False)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    by_name = models.CharField(max_length=210, editable=False)
    is_taken_back = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.by_name}: {self.words}"

    def restore_answer(self):
        """Give the point the answer that it had, unless it was answered anew meanwhile."""
        Tick.objects.get_or_create(
            placement=self.induction.placement,
            point=self.point,
            defaults={
                "wording": self.wording,
                "state": self.state,
                "words": self.said,
                "at": self.said_at,
                "by": self.said_by,
                "by_name": self.said_by.name if self.said_by else "",
            },
        )
