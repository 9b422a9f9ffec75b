"""The kept standing: one row per student, so that a cohort of any size can be filtered, listed and counted."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from placements.hours.models import Stage
from placements.hours.projection import SPECIAL
from portal.people.models import Provider, Role, User
from reviews.risk.judging import USUAL_WEEK, Ground, Level
from students.models import Student
from students.tlevels.models import TLevel

ASIDE = timedelta(days=28)


class Phase(models.TextChoices):
    """How far a student has come, all placements together: as Stage, but for under way and ending, the two halves of
    Stage.ACTIVE.
    """

    WITHOUT = Stage.WITHOUT.value, Stage.WITHOUT.label
    PLANNED = Stage.PLANNED.value, Stage.PLANNED.label
    ACTIVE = "active", "On placement, under way"
    ENDING = "ending", "On placement, ending"
    DONE = Stage.DONE.value, Stage.DONE.label
    SIGNED_OFF = Stage.SIGNED_OFF.value, Stage.SIGNED_OFF.label

    def said(self, progress: int) -> str:
        """The phase of one student with so many percent of their hours: fewer than all of them are signed off only with
        special consideration."""
        return SPECIAL if self == Phase.SIGNED_OFF and progress < 100 else self.label


class StandingQuerySet(models.QuerySet):
    def at_desk(self, desk):
        """A coordinator's whole provider, a tutor's own caseload."""
        rows = self.filter(provider=desk.provider_id)
        if desk.role == Role.TUTOR:
            return rows.filter(tutor=desk.user_id)
        return rows if desk.role == Role.COORDINATOR else rows.none()

    def out_of_reach(self, desk, now: datetime):
        """Those whose hours cannot be reached; `is_aside` where this tutor, or for the office anybody, has seen it: for
        four weeks, or until it is worse (a graver ground, or a usual week more that will be missing).

        Takes a portal.prepared.AnyDesk as well.
        """
        seen = ReachSeen.objects.filter(
            student=OuterRef("pk"), seen_at__gt=now - ASIDE, ground__gte=OuterRef("ground"),
            short__gt=OuterRef("short") - USUAL_WEEK,
        )  # fmt: skip
        if desk.role == Role.TUTOR:
            seen = seen.filter(seen_by=desk.user_id)
        return self.filter(level=Level.OUT_OF_REACH).annotate(is_aside=Exists(seen))


class Standing(models.Model):
    """How a student stood when last looked at. Written by `reviews.risk.keeping` only.

    `tlevel`, `tutor` and `entry_year` are those of the student, `phase` follows from the totals and placements.
    `progress`: counted hours in whole percent of the required ones, at most 100. The last four say how many of each
    there are (reviews.risk.signs). `ground` and `short`, in minutes: why hours cannot be reached, and how many will be
    missing then; else 0. `is_stale`: something has happened since, the clock looks again.
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
    ground = models.PositiveSmallIntegerField(default=0, choices=[(0, "Not out of reach"), *Ground.choices])
    short = models.PositiveIntegerField(default=0)
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

    @property
    def last_look(self) -> "ReachSeen | None":
        """The last time that staff saw that the hours cannot be reached."""
        return getattr(self.student, "reach_seen", None)


class ReachSeen(models.Model):
    """That staff have seen that a student's hours cannot be reached, and what they did: the last time, as it was then.

    Written by `reviews.risk.seeing` only; whether it still holds, says `StandingQuerySet.out_of_reach`.
    """

    student = models.OneToOneField(Student, on_delete=models.CASCADE, primary_key=True, related_name="reach_seen")
    seen_at = models.DateTimeField(default=timezone.now)
    seen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    note = models.CharField("what was done", max_length=300, blank=True)
    ground = models.PositiveSmallIntegerField(choices=Ground)
    short = models.PositiveIntegerField()

    def __str__(self):
        return f"{self.student}: seen by {self.seen_by}"

    @property
    def until(self) -> datetime:
        """When it comes back at the latest."""
        return self.seen_at + ASIDE

    def holds(self, standing: Standing, by: User, now: datetime) -> bool:
        """Whether `by`, who is asked, need not look again at how the student stands: the rule of `out_of_reach`, of
        one."""
        if standing.tutor_id and self.seen_by_id != by.pk:
            return False
        is_worse = standing.ground > self.ground or standing.short >= self.short + USUAL_WEEK
        return now < self.until and not is_worse
