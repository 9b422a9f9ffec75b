"""A placement starts with the agreement of student, employer and provider (the guidance, sections 3 and 6)."""

from collections import defaultdict

from django.urls import reverse

from placements.agreements.models import Agreement
from placements.agreements.standing import standing_of
from placements.goals.models import LearningGoal
from placements.starting import Task, before_start


@before_start(80)
def agreement(placements):
    rows = Agreement.objects.current().filter(placement__in=placements).defer("text").prefetch_related("answers")
    made = {row.placement_id: row for row in rows}
    goals = defaultdict(list)
    for goal in LearningGoal.objects.filter(placement__in=list(made)).current():
        goals[goal.placement_id].append(goal)
    found = {}
    for placement in placements:
        standing = standing_of(made.get(placement.pk), placement, goals[placement.pk])
        url = reverse("agreement_detail", args=[placement.pk])
        found[placement.pk] = Task("Agreement", standing.is_settled, standing.says, url)
    return found
