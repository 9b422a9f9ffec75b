"""How a student rates their own progress on a learning goal, again and again."""

from django.db import models
from django.utils import timezone

from placements.goals.models import LearningGoal
from placements.models import Placement, VisibleThroughPlacement


class Level(models.IntegerChoices):
    """How far somebody is with a goal, in their own words."""

    NOT_STARTED = 1, "Not started"
    BEGUN = 2, "Just begun"
    GETTING_THERE = 3, "Getting there"
    CONFIDENT = 4, "Confident"
    TEACH = 5, "Could teach it"


class GoalRating(models.Model):
    """One rating of a goal; `goal` is the wording that it had on that day. One a day: the last."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="goal_ratings", editable=False)
    goal = models.ForeignKey(LearningGoal, on_delete=models.CASCADE, related_name="ratings", editable=False)
    level = models.PositiveSmallIntegerField("how far I am", choices=Level)
    note = models.CharField("why", max_length=300, blank=True)
    rated_on = models.DateField(default=timezone.localdate, editable=False)

    objects = VisibleThroughPlacement.as_manager()

    class Meta:
        ordering = ["rated_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "rated_on"], name="goal_rating_once_a_day"),
            models.CheckConstraint(condition=models.Q(level__gte=1, level__lte=5), name="goal_rating_1_to_5"),
        ]

    def __str__(self):
        return f"{self.get_level_display()} on {self.rated_on:%-d %B %Y}"

    def is_of_today(self) -> bool:
        """Whether it can still be taken back."""
        return self.rated_on == timezone.localdate()
