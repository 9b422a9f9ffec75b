"""A placement that ends before its time: who wanted it, why, and how the student goes on."""

from django.db import models
from django.utils import timezone

from placements.ending.models.opening import ByRelation
from placements.models import Placement
from portal.people.models import User
from portal.words import long_date


class EndReason(models.Model):
    """One reason for an early end, to choose from; what was chosen is kept in its wording."""

    number = models.PositiveSmallIntegerField(unique=True)
    wording = models.CharField("reason", max_length=90)
    needs_words = models.BooleanField("has to be explained in own words", default=False)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]

    def __str__(self):
        return self.wording


class EarlyEnd(models.Model):
    """Stands beside the placement's own verb `end`; a placement that is taken up again marks it as undone.

    `counted` and `waiting` are the student's hours at that moment, in minutes, as placements.hours counted them: all of
    them stay and go on to a next placement. `told_text` is what the employer is told; it holds nothing of the reason.
    """

    class Asked(models.TextChoices):
        STUDENT = "student", "The student"
        EMPLOYER = "employer", "The employer"
        PROVIDER = "provider", "The college or school"

    class Next(models.TextChoices):
        NEW_PLACE = "new_place", "Look for another placement"
        SECOND_AGREED = "agreed", "Begin at another employer that is found already"
        TALK = "talk", "Talk about how to go on"
        NOTHING = "nothing", "Nothing more: the hours are reached"
        LEAVES = "leaves", "The student leaves the T Level"

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="early_ends", editable=False)
    asked_by = models.CharField("who wanted it", max_length=8, choices=Asked)
    reason = models.ForeignKey(EndReason, on_delete=models.PROTECT, related_name="+", verbose_name="reason")
    reason_wording = models.CharField(max_length=90, editable=False)
    words = models.CharField("in your own words", max_length=200, blank=True)
    last_on = models.DateField("last day")
    counted = models.PositiveIntegerField(editable=False)
    waiting = models.PositiveIntegerField(editable=False)
    next_step = models.CharField("next step for the student", max_length=9, choices=Next)
    next_words = models.CharField("who does what", max_length=300, blank=True)
    next_on = models.DateField("by when", null=True, blank=True)
    next_done_at = models.DateTimeField(null=True, editable=False)
    told_text = models.TextField("words to the employer", max_length=3000, blank=True)
    told_at = models.DateTimeField(null=True, editable=False)
    told_name = models.CharField(max_length=210, blank=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    undone_at = models.DateTimeField(null=True, editable=False)

    objects = ByRelation.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement"], condition=models.Q(undone_at=None), name="early_end_one_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["next_on"], name="early_end_next", condition=models.Q(next_done_at=None))]

    def __str__(self):
        return f"Early end of {self.placement}"

    @property
    def because(self) -> str:
        """The reason as it stands on the placement."""
        return ": ".join(part for part in ("" if self.reason.needs_words else self.reason_wording, self.words) if part)

    def next_sentence(self) -> str:
        """The next step as people say it."""
        if self.next_done_at:
            return f"{self.get_next_step_display()}: settled on {long_date(self.next_done_at)}"
        by = f", by {self.next_on:%-d %B %Y}" if self.next_on else ""
        return f"{self.get_next_step_display()}{by}"

    @property
    def next_tone(self) -> str:
        if self.next_done_at or not self.next_on:
            return "good" if self.next_done_at else "calm"
        return "attention" if self.next_on < timezone.localdate() else "waiting"

    @property
    def awaits(self) -> bool:
        """Whether there is a next step that is not settled yet."""
        return self.next_done_at is None and self.next_step not in (self.Next.NOTHING, self.Next.LEAVES)

    @property
    def leaves(self) -> bool:
        """Whether the student is to leave the T Level, which is recorded on the student (students.departure)."""
        return self.next_step == self.Next.LEAVES

    def told_sentence(self) -> str:
        if self.told_at:
            return f"{self.told_name} was told on {long_date(self.told_at)}"
        return "The employer has not been told through the portal"
