"""What the student says of the employer: for the provider only, never for the employer."""

from django.db import models
from django.utils import timezone

from placements.ending.models.opening import ByRelation
from placements.models import Placement

SCALE = [(1, "Strongly disagree"), (2, "Disagree"), (3, "Neither"), (4, "Agree"), (5, "Strongly agree")]


class Recommend(models.TextChoices):
    YES = "yes", "Yes"
    PERHAPS = "perhaps", "Perhaps, if some things were different"
    NO = "no", "No"


class FeedbackStatement(models.Model):
    """One statement of the five-point scale in one wording; a changed wording is a new row, the old one retired."""

    number = models.PositiveSmallIntegerField()
    wording = models.CharField("statement", max_length=200)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=models.Q(retired_at=None), name="feedback_statement_once"
            )
        ]

    def __str__(self):
        return self.wording


class Feedback(models.Model):
    """One student's feedback on one placement. The own tutor and the placement office see whose it is."""

    placement = models.OneToOneField(Placement, on_delete=models.CASCADE, related_name="feedback", editable=False)
    recommend = models.CharField(
        "would you recommend this placement to another student?", max_length=7, choices=Recommend
    )
    good = models.TextField("what was good", max_length=2000, blank=True)
    better = models.TextField("what could be better", max_length=2000, blank=True)
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)

    objects = ByRelation.as_manager()

    class Meta:
        ordering = ["-given_at", "-pk"]

    def __str__(self):
        return f"Feedback on {self.placement}"


class FeedbackAnswer(models.Model):
    """How far the student agrees with one statement, which is kept in the wording that they had before them."""

    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="answers", editable=False)
    statement = models.ForeignKey(FeedbackStatement, on_delete=models.PROTECT, related_name="answers", editable=False)
    wording = models.CharField(max_length=200, editable=False)
    value = models.PositiveSmallIntegerField(choices=SCALE)

    class Meta:
        ordering = ["statement__number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["feedback", "statement"], name="feedback_answer_once"),
            models.CheckConstraint(condition=models.Q(value__gte=1, value__lte=5), name="feedback_answer_on_scale"),
        ]

    def __str__(self):
        return f"{self.wording}: {self.get_value_display()}"
