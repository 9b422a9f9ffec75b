"""Where the learning goals show themselves: on the placement's page, and to staff when a change is asked for."""

from django.db.models import Min
from django.urls import reverse

from placements.goals.models import LearningGoal
from placements.goals.standing import standing_of
from placements.models import Placement
from portal.needs import Waiting, for_staff
from portal.rooms import Entry, on_placement


@on_placement(20)
def learning_goals(placement, relations):
    """How they stand, for staff once it runs: before the start the page says so among what is to be settled."""
    goals = list(placement.goals.current())
    url = reverse("goal_list", args=[placement.pk])
    if relations & {"tutor", "coordinator"} and placement.status != Placement.Status.PLANNED:
        standing = standing_of(placement, goals)
        return Entry("Learning goals", url, standing.says, standing.tone, "flag")
    agreed = [goal for goal in goals if goal.is_agreed]
    says = "Not agreed yet" if not agreed else "1 goal" if len(agreed) == 1 else f"{len(agreed)} goals"
    return Entry("Learning goals", url, says, "good" if agreed else "calm", "flag")


@for_staff(
    45, "goals_wished", says="The line manager asks for a change to the learning goals", act="Look at the goals",
    url="goal_list", icon="flag",
)  # fmt: skip
def changes_asked_for(desk):
    """Once for a placement, however many goals should be different."""
    wishes = LearningGoal.objects.current().filter(wished_at__isnull=False).order_by()
    first = wishes.values("placement").annotate(first=Min("pk")).values("first")
    rows = LearningGoal.objects.filter(pk__in=first).exclude(placement__status=Placement.Status.ENDED)
    return Waiting(rows, since="wished_at", thing="placement")
