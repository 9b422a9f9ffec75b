"""What a student says of their own behaviour at work, from the same statements as the employer's review forms."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from placements.behaviours.models.behaviour import Behaviour, Group
from students.rating.base import OwnRating

# The same five points as in the review forms, said of oneself, so that both can stand side by side.
POINTS = {
    1: "I need a lot of help with it",
    2: "I need some help with it",
    3: "I do it as expected",
    4: "I do it better than expected",
    5: "Others can learn it from me",
}
NO_CHANCE = "Not had the chance yet"


class BehaviourReflection(OwnRating):
    """One time that a student looked at their own behaviour at work."""

    noun = "reflection on behaviour"

    def unanswered(self) -> list[Behaviour]:
        """The behaviours that still want an answer ('not had the chance yet' is one)."""
        return list(Behaviour.objects.current().exclude(own_ratings__reflection=self))


class Rating(models.Model):
    """How a student rates one behaviour of their own: a point of 1 to 5, or None for 'not had the chance yet'.

    A behaviour never changes its words, so that the rating keeps the wording that was rated.
    """

    reflection = models.ForeignKey(BehaviourReflection, on_delete=models.CASCADE, related_name="ratings")
    behaviour = models.ForeignKey(Behaviour, on_delete=models.PROTECT, related_name="own_ratings")
    value = models.PositiveSmallIntegerField(null=True)
    rated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["behaviour__number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["reflection", "behaviour"], name="behaviour_rated_once"),
            models.CheckConstraint(condition=Q(value=None) | Q(value__gte=1, value__lte=5), name="own_rating_1_to_5"),
        ]

    def __str__(self):
        return self.words

    @property
    def words(self) -> str:
        """The rating in words."""
        return POINTS[self.value] if self.value else NO_CHANCE


class GroupWord(models.Model):
    """A word of the student's own to a group of behaviours."""

    reflection = models.ForeignKey(BehaviourReflection, on_delete=models.CASCADE, related_name="words")
    group = models.CharField(max_length=15, choices=Group)
    words = models.TextField(max_length=1000)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["reflection", "group"], name="behaviour_group_word_once")]

    def __str__(self):
        return self.words
