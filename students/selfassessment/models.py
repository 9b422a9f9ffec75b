"""Self-assessment: how confident and how ready a student feels, repeated so that growth can be seen."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from students.rating.base import VALUES, OwnRating
from students.selfassessment.statements import AGREEMENT, CONFIDENCE

PARTS = [(CONFIDENCE, "How confident I am"), (AGREEMENT, "How far I agree")]
SCALES = {
    CONFIDENCE: ["Not confident at all", "Not very confident", "Neutral", "Confident", "Very confident"],
    AGREEMENT: ["Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"],
}

__all__ = ["PARTS", "SCALES", "VALUES", "Answer", "SelfAssessment", "Statement"]


class Statement(models.Model):
    """One statement, answered on the five points of its part's scale. `short` names it in charts."""

    part = models.CharField(max_length=10, choices=PARTS)
    group = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField()
    short = models.CharField(max_length=30)
    wording = models.CharField(max_length=200)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number", "pk"]

    def __str__(self):
        return self.wording


class SelfAssessment(OwnRating):
    """One time that a student answered the statements."""

    noun = "self-assessment"

    def unanswered(self) -> list[Statement]:
        """The statements that still want an answer."""
        return list(Statement.objects.filter(retired_at=None).exclude(answers__assessment=self))


class Answer(models.Model):
    """What a student answered to a statement: 1 to 5, and the wording of that moment."""

    assessment = models.ForeignKey(SelfAssessment, on_delete=models.CASCADE, related_name="answers")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="answers")
    wording = models.CharField(max_length=200)
    value = models.PositiveSmallIntegerField()
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["statement__number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "statement"], name="statement_answered_once"),
            models.CheckConstraint(condition=Q(value__gte=1, value__lte=5), name="answer_1_to_5"),
        ]

    def __str__(self):
        return self.words

    @property
    def words(self) -> str:
        """The answer in words: 'Very confident'."""
        return SCALES[self.statement.part][self.value - 1]
