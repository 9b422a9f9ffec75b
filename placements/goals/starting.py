"""A placement starts with 1 to 10 learning goals, agreed by tutor and line manager (the guidance, sections 2 and 3)."""

from django.urls import reverse

from placements.goals.models import read_goals
from placements.goals.standing import standing_of, tally_of
from placements.starting import Task, before_start


@before_start(70)
def learning_goals(placements):
    read_goals(placements)
    found = {}
    for placement in placements:
        standing = standing_of(placement, tally_of(placement.current_goals))
        url = reverse("goal_list", args=[placement.pk])
        found[placement.pk] = Task("Learning goals", standing.is_settled, standing.says, url)
    return found
