"""The tutor's judgement of sufficient progress on the learning goals."""

from django.db import models
from django.utils import timezone

from portal.people.models import User
from portal.words import long_date
from reviews.signoff.models.students import ThroughStudent
from students.models import Student


class JudgementQuerySet(ThroughStudent):
    def current(self):
        return self.filter(replaced_at=None)


class Judgement(models.Model):
    """Whether the progress is sufficient, with reasons. Never changed: another judgement replaces it, and both stay.

    `settled_at`: a sign-off that stands rests on it, so that those that wait for one are few and found by their index.
    """

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="judgements", editable=False)
    is_sufficient = models.BooleanField("sufficient progress", editable=False)
    words = models.TextField("reasons", max_length=3000, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)
    replaced_at = models.DateTimeField(null=True, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["student"], condition=models.Q(replaced_at=None), name="judgement_one_at_a_time"
            ),
            models.CheckConstraint(condition=~models.Q(words=""), name="judgement_has_reasons"),
        ]
        indexes = [
            models.Index(
                fields=["student"],
                condition=models.Q(is_sufficient=True, replaced_at=None, settled_at=None),
                name="judgement_awaits_signoff",
            ),
        ]

    def __str__(self):
        return self.sentence()

    def sentence(self) -> str:
        """'Sufficient progress, judged by Tom Reid on 3 July 2026'."""
        says = "Sufficient progress" if self.is_sufficient else "Not sufficient yet"
        return f"{says}, judged by {self.by} on {long_date(self.at)}"

    @property
    def tone(self) -> str:
        return "good" if self.is_sufficient else "attention"
