"""Learning goals: what the student is to learn on this placement, agreed by tutor and line manager before the start."""

from django.db import models
from django.utils import timezone

from placements.models import Placement, VisibleThroughPlacement
from portal.people.models import User

MOST = 10


class GoalQuerySet(VisibleThroughPlacement):
    def current(self):
        """Those that hold now, in their order."""
        return self.filter(replaced_at=None).order_by("number")


class LearningGoal(models.Model):
    """One learning goal of a placement (1 to 10 hold at a time), in one wording.

    A changed wording is a new row with the same `number`; the old one keeps its words, who agreed to them, and until
    when it held (`replaced_at`). A goal that was dropped has `replaced_at` and no successor.
    """

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="goals", editable=False)
    number = models.PositiveSmallIntegerField(editable=False)
    wording = models.CharField("learning goal", max_length=400)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    written_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    tutor_agreed_at = models.DateTimeField(null=True, editable=False)
    tutor_agreed_name = models.CharField(max_length=210, blank=True, editable=False)
    manager_agreed_at = models.DateTimeField(null=True, editable=False)
    manager_agreed_name = models.CharField(max_length=210, blank=True, editable=False)
    replaced_at = models.DateTimeField(null=True, editable=False)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["number", "-written_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "number"], condition=models.Q(replaced_at=None), name="goal_number_once"
            ),
            models.CheckConstraint(condition=models.Q(number__gte=1, number__lte=MOST), name="goal_number_1_to_10"),
        ]

    def __str__(self):
        return self.wording

    @property
    def is_agreed(self) -> bool:
        return self.tutor_agreed_at is not None and self.manager_agreed_at is not None
