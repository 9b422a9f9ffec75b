"""What stands in a week: spells of work, absences, and flags for what is unusual."""

from django.db import models
from django.utils import timezone

from placements.models import Placement, VisibleThroughPlacement
from placements.timesheets.models.week import Timesheet
from placements.working_time import WHOLE_WEEK
from portal.people.models import User
from portal.times_of_day import minutes_between, stored_in_turn
from students.tlevels.models import Approach


class Spell(models.Model):
    """Work without a pause but the break, on one day. `minutes` is start to finish less the break, kept by `save`."""

    timesheet = models.ForeignKey(Timesheet, on_delete=models.CASCADE, related_name="spells", editable=False)
    day = models.DateField("day")
    starts = models.TimeField("start")
    finishes = models.TimeField("finish")
    break_minutes = models.PositiveSmallIntegerField("unpaid break in minutes", default=0)
    approach = models.CharField("how", max_length=10, choices=Approach, default=Approach.IN_PERSON)
    activity = models.CharField("what I did", max_length=500, blank=True)
    minutes = models.PositiveSmallIntegerField(editable=False)

    class Meta:
        ordering = ["day", "starts", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["timesheet", "day", "starts"], name="spell_once"),
            models.CheckConstraint(condition=stored_in_turn(), name="spell_finishes_after_start"),
            models.CheckConstraint(condition=models.Q(minutes__lte=24 * 60), name="spell_within_a_day"),
        ]

    def __str__(self):
        return f"{self.starts:%H:%M} to {self.finishes:%H:%M}"

    def save(self, *args, **kwargs):
        self.minutes = self.worked()
        super().save(*args, **kwargs)

    def worked(self) -> int:
        """Minutes of work, without the break."""
        return minutes_between(self.starts, self.finishes) - self.break_minutes


class AbsenceKind(models.TextChoices):
    SICK = "sick", "Sick"
    HOLIDAY = "holiday", "Holiday"
    BANK_HOLIDAY = "bank", "Bank holiday"
    COLLEGE = "college", "College day"
    OTHER = "other", "Another reason"


def away_yet_at_work(worked: int, agreed: int) -> bool:
    """Whether the minutes worked on a day of absence leave no time away: all that was agreed, or any on a day off."""
    return 0 < worked >= agreed


class Absence(models.Model):
    """A day, or part of one, on which the student is not at work. May be told in advance."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="absences", editable=False)
    day = models.DateField("day")
    kind = models.CharField("why", max_length=7, choices=AbsenceKind)
    foreseen = models.BooleanField("known in advance", default=False)
    note = models.CharField("note", max_length=300, blank=True)
    told_at = models.DateTimeField(default=timezone.now, editable=False)
    mailed_at = models.DateTimeField(
        null=True, editable=False
    )  # when manager and tutor got a mail about it, if they did

    objects = VisibleThroughPlacement.as_manager()

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["placement", "day"], name="absence_once_a_day")]

    def __str__(self):
        return f"{self.get_kind_display()} on {self.day:%-d %B %Y}"

    def sentence(self) -> str:
        """'Sick, known in advance'."""
        return self.get_kind_display() + (", known in advance" if self.foreseen else "")


class FlagQuerySet(VisibleThroughPlacement):
    placement = "timesheet__placement__"

    def unseen(self):
        """Those that no tutor has looked at yet."""
        return self.filter(seen_at=None)


class Flag(models.Model):
    """Something unusual in a week that was handed in: kept, shown to the tutor at once, never a refusal."""

    timesheet = models.ForeignKey(Timesheet, on_delete=models.CASCADE, related_name="flags", editable=False)
    code = models.CharField(max_length=30, editable=False)
    day = models.DateField(editable=False)  # the Monday where it is about the whole week
    says = models.CharField(max_length=400, editable=False)
    raised_at = models.DateTimeField(default=timezone.now, editable=False)
    seen_at = models.DateTimeField(null=True, editable=False)
    seen_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    seen_note = models.CharField("what was done", max_length=300, blank=True)

    objects = FlagQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["timesheet", "code", "day"], name="flag_once"),
            models.CheckConstraint(
                condition=models.Q(seen_at=None, seen_by=None) | models.Q(seen_at__isnull=False, seen_by__isnull=False),
                name="flag_seen_has_stamp",
            ),
        ]

    def __str__(self):
        return self.says

    @property
    def is_of_a_day(self) -> bool:
        return self.code not in WHOLE_WEEK

    @property
    def tone(self) -> str:
        return "calm" if self.seen_at else "attention"
