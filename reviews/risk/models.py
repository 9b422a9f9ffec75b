"""The kept standing: one row per student, so that a cohort of any size can be filtered, listed and counted."""

from django.db import models
from django.db.models import Q

from placements.hours.projection import SPECIAL
from portal.people.models import Provider, Role, User
from reviews.risk.judging import Level
from students.models import Student
from students.tlevels.models import TLevel


class Phase(models.TextChoices):
    """How far a student has come, all placements together. Under way and ending are the two halves of Stage.ACTIVE."""

    WITHOUT = "without", "Without a placement"
    PLANNED = "planned", "Placement planned"
    ACTIVE = "active", "On placement, under way"
    ENDING = "ending", "On placement, ending"
    COMPLETE = "complete", "Complete"

    def said(self, progress: int) -> str:
        """The phase of one student with so many percent of their hours: less than all of them complete only by a
        sign-off with special consideration."""
        return SPECIAL if self == Phase.COMPLETE and progress < 100 else self.label


class StandingQuerySet(models.QuerySet):
    def at_desk(self, desk):
        """A coordinator's whole provider, a tutor's own caseload."""
        rows = self.filter(provider=desk.provider_id)
        if desk.role == Role.TUTOR:
            return rows.filter(tutor=desk.user_id)
        return rows if desk.role == Role.COORDINATOR else rows.none()


class Standing(models.Model):
    """How a student stood when last looked at. Written by `reviews.risk.keeping` only.

    `tlevel`, `tutor` and `entry_year` are those of the student, `phase` follows from the totals and placements.
    `progress`: counted hours in whole percent of the required ones, at most 100. The last four say how many of each
    there are (reviews.risk.signs). `is_stale`: something has happened since, the clock looks again.
    """

    student = models.OneToOneField(Student, on_delete=models.CASCADE, primary_key=True, related_name="standing")
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="+")
    tlevel = models.ForeignKey(TLevel, on_delete=models.PROTECT, related_name="+")
    tutor = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    entry_year = models.CharField(max_length=7)
    phase = models.CharField(max_length=8, choices=Phase)
    level = models.PositiveSmallIntegerField(choices=Level)
    reasons = models.JSONField(default=list)
    coverage = models.CharField(max_length=100)
    progress = models.PositiveSmallIntegerField(default=0)
    missing = models.BooleanField(default=False)
    sent_back = models.PositiveSmallIntegerField(default=0)
    without_goals = models.PositiveSmallIntegerField(default=0)
    meetings = models.PositiveSmallIntegerField(default=0)
    forms = models.PositiveSmallIntegerField(default=0)
    reckoned_at = models.DateTimeField()
    reckoned_on = models.DateField()
    is_stale = models.BooleanField(default=False)

    objects = StandingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["student"], condition=Q(is_stale=True), name="standing_stale"),
            models.Index(fields=["reckoned_on", "entry_year"], name="standing_by_day"),
            models.Index(fields=["provider", "-level", "student", "entry_year"], name="standing_by_level"),
            models.Index(fields=["provider", "tutor", "-level", "student"], name="standing_by_tutor"),
            models.Index(fields=["provider", "tlevel", "-level", "student"], name="standing_by_tlevel"),
            models.Index(fields=["provider", "reckoned_at"], name="standing_by_moment"),
        ]

    def __str__(self):
        return f"{self.student}: {self.sentence()}"

    @property
    def label(self) -> str:
        return Level(self.level).label

    @property
    def tone(self) -> str:
        return Level(self.level).tone

    def sentence(self) -> str:
        """'At risk: 40 h are missing, and no agreed days are left.'"""
        return f"{self.label}: {self.reasons[0]}" if self.reasons else self.label
