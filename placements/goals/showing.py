"""Where the learning goals show themselves: on the placement's page, and to staff when a change is asked for."""

from functools import partial

from django.db.models import Min
from django.urls import reverse

from placements.goals.models import LearningGoal
from placements.goals.standing import Tally, standing_of, tallied
from placements.models import Placement
from portal.needs import Waiting, for_staff
from portal.paging import CountUpTo
from portal.rooms import Entry, Figures, on_placement


@on_placement(20)
def learning_goals(placement, relations):
    """How they stand, for staff once it runs: before the start the page says so among what is to be settled."""
    goals = placement.goals.current()
    if relations & {"tutor", "coordinator"} and placement.status != Placement.Status.PLANNED:
        return Figures(tallied(goals), partial(how_they_stand, placement))
    agreed = goals.filter(tutor_agreed_at__isnull=False, manager_agreed_at__isnull=False)
    return Figures({"agreed": CountUpTo(agreed)}, partial(how_many, placement))


def how_they_stand(placement, **figures):
    standing = standing_of(placement, Tally(**figures))
    return entry(placement, standing.says, standing.tone)


def how_many(placement, agreed):
    says = "Not agreed yet" if not agreed else "1 goal" if agreed == 1 else f"{agreed} goals"
    return entry(placement, says, "good" if agreed else "calm")


def entry(placement, says, tone):
    return Entry("Learning goals", reverse("goal_list", args=[placement.pk]), says, tone, "flag")


@for_staff(
    "goals_wished", says="The line manager asks for a change to the learning goals", act="Look at the goals",
    url="goal_list", icon="flag",
)  # fmt: skip
def changes_asked_for(desk):
    """Once for a placement, however many goals should be different."""
    wishes = LearningGoal.objects.current().filter(wished_at__isnull=False).order_by()
    first = wishes.values("placement").annotate(first=Min("pk")).values("first")
    rows = LearningGoal.objects.filter(pk__in=first).exclude(placement__status=Placement.Status.ENDED)
    return Waiting(rows, since="wished_at", thing="placement")
