"""The kept totals: one row per student, so that lists of any length can be sorted by hours."""

from django.db import models

from portal.people.models import Provider
from students.models import Student
from students.tlevels.models import RuleSet


class Stage(models.TextChoices):
    """Where a student is, all placements together, work tasters apart. A running one goes before a planned one.

    Completion needs more than the hours (reviews.signoff.completion): it is the sign-off that says it.
    """

    WITHOUT = "without", "Without a placement"
    PLANNED = "planned", "Placement planned"
    ACTIVE = "active", "On placement"
    DONE = "done", "Hours reached, placement over"
    SIGNED_OFF = "signed", "Signed off"


class StudentHours(models.Model):
    """A student's hours across all placements, in minutes. Written by `placements.hours.totals` only.

    `counted`: approved hours that count. `waiting`: what would count in addition if all weeks handed in were approved.
    `not_counted`: approved hours past a cap or not allowed. `awaited_monday`: the first week that was planned and is
    not handed in (it is missing once that week is over), or None; no week is awaited of whoever has the hours and whose
    placements are over. `last_monday`: the last week handed in. `waiting_since`: when the oldest week that waits for
    an answer was handed in, or None. Of whoever left the T Level nothing is awaited, and nothing waits. `lost`: what of
    single weeks does not count, and why; `begun_on` (the start of the first placement) and `worked` are what a week
    still being written is counted on from (not_counted.py). `entry_year`: the student's own, '' once they have left the
    T Level: figures count who is on course without looking at each student (20 ms of a page for 100,000 students).
    """

    student = models.OneToOneField(Student, on_delete=models.CASCADE, primary_key=True, related_name="hours")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    counted = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    not_counted = models.PositiveIntegerField(default=0)
    required = models.PositiveIntegerField()
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, null=True, related_name="+")
    awaited_monday = models.DateField(null=True)
    last_monday = models.DateField(null=True)
    waiting_since = models.DateTimeField(null=True)
    lost = models.JSONField(default=dict)
    begun_on = models.DateField(null=True)
    worked = models.JSONField(default=list)
    stage = models.CharField(max_length=7, choices=Stage, default=Stage.WITHOUT)
    entry_year = models.CharField(max_length=7, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["provider", "counted", "student"], name="hours_by_counted"),
            models.Index(fields=["provider", "last_monday"], name="hours_by_last_week"),
            models.Index(fields=["provider", "awaited_monday", "entry_year"], name="hours_by_awaited"),
            models.Index(
                fields=["provider", "entry_year", "waiting_since"],
                condition=models.Q(waiting_since__isnull=False),
                name="hours_by_waiting",
            ),
            models.Index(fields=["provider", "stage", "entry_year"], name="hours_by_stage"),
            models.Index(fields=["provider", "entry_year"], name="hours_by_year"),
        ]

    def __str__(self):
        return f"Hours of {self.student}"

    @property
    def is_done(self) -> bool:
        """Whether no week is asked for any more: the hours are there and no placement runs, or all is signed off."""
        return self.stage in (Stage.DONE, Stage.SIGNED_OFF)

    @property
    def to_go(self) -> int:
        """Minutes that neither count nor wait yet."""
        return max(self.required - self.counted - self.waiting, 0)
