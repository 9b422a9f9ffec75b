"""Two pieces of advice on the guided path: departments, and adjustments that wait for the student's word."""

from django.urls import reverse

from placements.setup.models import SharedAdjustment
from placements.starting import STAFF, Task, before_start


@before_start(50)
def role_and_departments(placements):
    """The role is always there; departments help with the induction (the guidance, section 3)."""
    return {
        placement.pk: Task(
            "Role and departments",
            bool(placement.departments),
            f"{placement.role}: {placement.departments}."
            if placement.departments
            else f"{placement.role}. {STAFF} can add the departments.",
            reverse("placement_edit", args=[placement.pk]),
            required=False,
        )
        for placement in placements
    }


@before_start(75)
def adjustments_to_share(placements):
    """Nobody need share anything; what was written down waits for the student."""
    rows = SharedAdjustment.objects.open().filter(placement__in=placements)
    released = dict(rows.values_list("placement", "released_at"))
    found = {}
    for placement in placements:
        name = placement.student.user.first_name
        says = {
            (False, False): f"Nothing is shared with the employer. {name} decides whether anything should be.",
            (True, False): f"Written down, and not released yet. Only {name} can release it.",
            (True, True): f"{name} has released what the employer should know.",
        }[placement.pk in released, bool(released.get(placement.pk))]
        is_done = placement.pk not in released or bool(released[placement.pk])
        url = reverse("adjustment_list", args=[placement.pk])
        found[placement.pk] = Task("Adjustments to share", is_done, says, url, required=False)
    return found
