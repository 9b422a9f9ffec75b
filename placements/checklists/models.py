"""Checklists that a student answers on a placement: induction, before day one, ending. Points are versioned data."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils import timezone

from employers.models import Employer
from placements.models import Placement, VisibleThroughPlacement
from portal.people.models import Provider, Role, User
from students.tlevels.models import TLevel


class Checklist(models.TextChoices):
    """The three lists. Their shipped points come from the guidance (domain: induction, before day one, ending)."""

    INDUCTION = "induction", "Induction"
    ARRANGEMENTS = "arrangements", "Before day one"
    ENDING = "ending", "Ending"


class PointQuerySet(models.QuerySet):
    def current(self):
        """Those that hold now, in their order: shipped ones first, then the provider's own."""
        return self.filter(retired_at=None)

    def for_placement(self, placement: Placement):
        """Those that are meant for this placement: shipped, or the provider's for all, its T Level or employer."""
        return self.filter(
            Q(provider=None) | Q(provider=placement.provider_id),
            Q(tlevel=None) | Q(tlevel=placement.student.tlevel_id),
            Q(employer=None) | Q(employer=placement.employer_id),
        )

    def visible_to(self, user):
        """A provider's own points, for its coordinators."""
        return self.filter(provider__in=user.providers_as(Role.COORDINATOR))


class Point(models.Model):
    """One point of a checklist in one wording. `provider` None: shipped with the portal.

    A changed wording is a new row with the same `number`, the old one is retired; so whatever was answered keeps its
    words. Numbers count for themselves within list and provider, and are never used again.
    """

    list = models.CharField("checklist", max_length=12, choices=Checklist, editable=False)
    provider = models.ForeignKey(
        Provider, on_delete=models.CASCADE, null=True, related_name="checklist_points", editable=False
    )
    tlevel = models.ForeignKey(
        TLevel, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name="T Level"
    )
    employer = models.ForeignKey(
        Employer, on_delete=models.CASCADE, null=True, blank=True, related_name="checklist_points",
        verbose_name="employer",
    )  # fmt: skip
    number = models.PositiveSmallIntegerField(editable=False)
    wording = models.CharField("the point", max_length=300)
    hint = models.CharField("hint", max_length=300, blank=True)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = PointQuerySet.as_manager()

    class Meta:
        ordering = ["list", models.F("provider").asc(nulls_first=True), "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "number"], condition=Q(provider=None, retired_at=None), name="shipped_point_once"
            ),
            models.UniqueConstraint(
                fields=["list", "provider", "number"],
                condition=Q(provider__isnull=False, retired_at=None),
                name="own_point_once",
            ),
            models.CheckConstraint(
                condition=Q(provider__isnull=False) | Q(tlevel=None, employer=None), name="shipped_point_for_everybody"
            ),
        ]

    def __str__(self):
        return self.wording

    @property
    def place(self) -> tuple:
        """What stays the same over all wordings of a point, sortable: shipped ones first."""
        return (self.provider_id or 0, self.number)

    def sentence(self) -> str:
        """For whom it is: 'For students of Health at St Oswin's Hospital'."""
        whom = f"For students of {self.tlevel}" if self.tlevel_id else "For every student"
        return f"{whom} at {self.employer}" if self.employer_id else whom


class Tick(models.Model):
    """What was answered to one point on one placement, with the wording that the person had before them.

    `words`: why it does not apply (NOT_HERE), or what the person wants to know (UNSURE). `by_name` tells who answered:
    the student, or somebody of the provider from paper.
    """

    class State(models.TextChoices):
        DONE = "done", "Done"
        NOT_HERE = "not_here", "Does not apply here"
        UNSURE = "unsure", "I am not sure"

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="ticks", editable=False)
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="ticks", editable=False)
    wording = models.CharField(max_length=300, editable=False)
    state = models.CharField(max_length=8, choices=State, default=State.DONE, editable=False)
    words = models.CharField(max_length=500, blank=True, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    by_name = models.CharField(max_length=210, editable=False)

    objects = VisibleThroughPlacement.as_manager()

    class Meta:
        ordering = ["point__list", models.F("point__provider").asc(nulls_first=True), "point__number"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "point"], name="tick_once"),
            models.CheckConstraint(condition=Q(state="done") | ~Q(words=""), name="tick_with_words_unless_done"),
        ]

    def __str__(self):
        return f"{self.wording}: {self.get_state_display()}"

    @property
    def tone(self) -> str:
        """The tone in which the answer is shown (see the status component)."""
        return {self.State.DONE: "good", self.State.NOT_HERE: "calm"}.get(self.state, "waiting")


@dataclass(frozen=True)
class Line:
    """One line of a checklist as a person reads it: the point, and what was answered (None: nothing yet)."""

    point: Point
    tick: Tick | None = None

    @property
    def wording(self) -> str:
        """As it was answered; where it was not, as it stands now."""
        return self.tick.wording if self.tick else self.point.wording
