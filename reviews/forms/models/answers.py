"""Answers, each in the wording that it was given to."""

from django.db import models
from django.utils import timezone

from reviews.forms.models.questions import Part


class Answer(models.Model):
    """One answer of a form. `code` is that of the behaviour or question, or the primary key of the goal.

    `wording` and `label` are what stood on the screen; neither changes when behaviours, goals or questions do.
    `value` is a point, a progress or a choice; `words` are free.
    """

    form = models.ForeignKey("ReviewForm", on_delete=models.CASCADE, related_name="answers", editable=False)
    part = models.CharField(max_length=9, choices=Part, editable=False)
    code = models.CharField(max_length=40, editable=False)
    screen = models.CharField(max_length=15, editable=False)
    number = models.PositiveSmallIntegerField(editable=False)
    wording = models.CharField(max_length=400, editable=False)
    options = models.JSONField(default=list, editable=False)
    value = models.CharField(max_length=40, blank=True, editable=False)
    label = models.CharField(max_length=200, blank=True, editable=False)
    words = models.TextField(blank=True, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by_name = models.CharField(max_length=210, editable=False)

    class Meta:
        ordering = ["number", "pk"]
        constraints = [models.UniqueConstraint(fields=["form", "part", "code"], name="review_answer_once")]

    def __str__(self):
        return f"{self.wording}: {self.label or self.words}"

    @property
    def points(self) -> int | None:
        """1 to 5 for a behaviour that was seen, else None."""
        return int(self.value) if self.part == Part.BEHAVIOUR and self.value.isdigit() else None
