"""Learning goals: what the student is to learn on this placement, agreed by tutor and line manager before the start."""

from django.db import models
from django.db.models import prefetch_related_objects
from django.utils import timezone

from placements.models import Placement, VisibleThroughPlacement
from portal.people.models import Provider, Role, User
from portal.words import long_date
from students.tlevels.models import TLevel

MOST = 10
LONGEST = 400


class GoalQuerySet(VisibleThroughPlacement):
    def current(self):
        """Those that hold now, in their order."""
        return self.filter(replaced_at=None).select_related("replaces").order_by("number")

    def earlier(self):
        """Wordings that held once, the last one first."""
        return self.filter(replaced_at__isnull=False).order_by("-replaced_at", "number")


class LearningGoal(models.Model):
    """One learning goal of a placement (1 to 10 hold at a time), in one wording.

    A changed wording is a new row that `replaces` the old one; the old one keeps its words, who agreed to them, and
    until when it held (`replaced_at`). A goal that was dropped has `replaced_at` and no successor. `number` is its
    place in the list. `wish` is the change that the line manager asks for; it is open until the goals are sent again.
    """

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="goals", editable=False)
    number = models.PositiveSmallIntegerField(editable=False)
    wording = models.CharField("learning goal", max_length=LONGEST)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    written_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    tutor_agreed_at = models.DateTimeField(null=True, editable=False)
    tutor_agreed_name = models.CharField(max_length=210, blank=True, editable=False)
    manager_agreed_at = models.DateTimeField(null=True, editable=False)
    manager_agreed_name = models.CharField(max_length=210, blank=True, editable=False)
    agreed_in_person_on = models.DateField(null=True, editable=False)
    recorded_by_name = models.CharField(max_length=210, blank=True, editable=False)
    wish = models.CharField(max_length=LONGEST, blank=True, editable=False)
    wished_at = models.DateTimeField(null=True, editable=False)
    wished_name = models.CharField(max_length=210, blank=True, editable=False)
    replaces = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="successors", editable=False
    )
    replaced_at = models.DateTimeField(null=True, editable=False)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["number", "-written_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "number"], condition=models.Q(replaced_at=None), name="goal_number_once"
            ),
            models.CheckConstraint(condition=models.Q(number__gte=1, number__lte=MOST), name="goal_number_1_to_10"),
            models.CheckConstraint(
                condition=models.Q(wish="", wished_at=None) | (~models.Q(wish="") & models.Q(wished_at__isnull=False)),
                name="goal_wish_with_its_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["placement"],
                condition=models.Q(replaced_at=None, wished_at__isnull=False),
                name="goal_wished_otherwise",
            )
        ]

    def __str__(self):
        return self.wording

    @property
    def is_agreed(self) -> bool:
        return self.tutor_agreed_at is not None and self.manager_agreed_at is not None

    @property
    def is_draft(self) -> bool:
        """Nobody has agreed to this wording, so it may be written over."""
        return self.tutor_agreed_at is None and self.manager_agreed_at is None

    @property
    def manager_sentence(self) -> str:
        """How and when the line manager agreed: 'Amira Khan agreed on 3 March 2026'; '' while they have not."""
        if self.manager_agreed_at is None:
            return ""
        if self.agreed_in_person_on:
            day = f"{self.agreed_in_person_on:%-d %B %Y}"
            return f"{self.manager_agreed_name} agreed in person on {day} (recorded by {self.recorded_by_name})"
        return f"{self.manager_agreed_name} agreed on {long_date(self.manager_agreed_at)}"

    @property
    def sentence(self) -> str:
        """How this wording stands, as people say it."""
        if self.wish:
            return f"{self.wished_name} asks for a change"
        if self.is_agreed:
            tutor = f"{self.tutor_agreed_name} on {long_date(self.tutor_agreed_at)}"
            return f"Agreed: {tutor}, and {self.manager_sentence}"
        if self.tutor_agreed_at is None:
            return "Written, not sent yet"
        return f"Waits for the line manager since {long_date(self.tutor_agreed_at)}"

    @property
    def tone(self) -> str:
        return "attention" if self.wish else "good" if self.is_agreed else "waiting" if self.tutor_agreed_at else "calm"


def read_goals(placements: list):
    """Read the `current_goals` of placements in one query; whichever has them keeps them."""
    prefetch_related_objects(placements, models.Prefetch("goals", LearningGoal.objects.current(), "current_goals"))


class LibraryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The staff of a provider share its library."""
        return self.filter(provider__in=user.providers_as(Role.TUTOR, Role.COORDINATOR))


class LibraryGoal(models.Model):
    """A learning goal that a provider keeps for one of its T Levels, to be chosen and then adapted."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="goal_library", editable=False)
    tlevel = models.ForeignKey(TLevel, on_delete=models.CASCADE, related_name="+", verbose_name="T Level")
    wording = models.CharField("learning goal", max_length=LONGEST)

    objects = LibraryQuerySet.as_manager()

    class Meta:
        ordering = ["tlevel__title", "wording", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "tlevel", "wording"], name="library_goal_once"),
        ]

    def __str__(self):
        return self.wording
