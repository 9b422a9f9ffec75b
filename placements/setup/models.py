"""What belongs to setting a placement up: adjustments that are shared, and changes from a later day."""

from django.db import models
from django.utils import timezone

from employers.models import Site
from placements.models import Placement, VisibleThroughPlacement
from portal.people.models import User


class AdjustmentQuerySet(VisibleThroughPlacement):
    def open(self):
        """The words that hold now, released or not."""
        return self.filter(taken_back_at=None)

    def released(self):
        return self.filter(taken_back_at=None, released_at__isnull=False)


class SharedAdjustment(models.Model):
    """What an employer is told about adjustments that a student needs, once the student releases it.

    Other words are a new row; the old one is `taken_back_at`. `released_to` says to whom it was released (the guidance,
    section 2: each release is recorded, what, to whom, when).
    """

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="adjustments", editable=False)
    words = models.TextField("what the employer should know, and do", max_length=1000)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    written_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    released_at = models.DateTimeField(null=True, editable=False)
    released_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    released_to = models.CharField(max_length=420, blank=True, editable=False)
    taken_back_at = models.DateTimeField(null=True, editable=False)
    taken_back_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)

    objects = AdjustmentQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement"], condition=models.Q(taken_back_at=None), name="adjustment_open_once"
            )
        ]

    def __str__(self):
        return f"Adjustments for {self.placement}"

    @property
    def is_released(self) -> bool:
        return self.released_at is not None and self.taken_back_at is None

    @property
    def sentence(self) -> str:
        """How it stands, as people say it."""
        until = f", until {timezone.localtime(self.taken_back_at):%-d %B %Y}" if self.taken_back_at else ""
        if self.released_at is None:
            return (
                f"Never released{until}" if until else "Waits for the student's release. The employer does not see it"
            )
        return f"Released to {self.released_to} on {timezone.localtime(self.released_at):%-d %B %Y}{until}"

    @property
    def tone(self) -> str:
        return "good" if self.is_released else "calm" if self.taken_back_at else "waiting"


class LaterChange(models.Model):
    """Another line manager or another site from a day to come on. The clock makes it so on that day (`done_at`)."""

    class What(models.TextChoices):
        MANAGER = "manager", "line manager"
        SITE = "site", "site"

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="later_changes", editable=False)
    what = models.CharField(max_length=8, choices=What, editable=False)
    from_on = models.DateField(editable=False)
    manager = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+", editable=False)
    site = models.ForeignKey(Site, on_delete=models.CASCADE, null=True, related_name="+", editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    done_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = VisibleThroughPlacement.as_manager()

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "what"],
                condition=models.Q(done_at=None, withdrawn_at=None),
                name="later_change_once",
            )
        ]
        indexes = [models.Index(fields=["done_at", "from_on"], name="later_change_due")]

    def __str__(self):
        return f"{self.get_what_display()} of {self.placement} from {self.from_on:%-d %B %Y}"

    @property
    def sentence(self) -> str:
        """'From 4 May 2026 Jo Lamb is the line manager'."""
        day = f"{self.from_on:%-d %B %Y}"
        if self.what == self.What.MANAGER:
            return f"From {day} {self.manager} is the line manager"
        return f"From {day} the site is {self.site or 'the employer’s own address'}"
