"""Advice on the guided path: departments, the student's readiness, adjustments that wait for the student's word."""

from django.db.models import Exists, OuterRef
from django.urls import reverse

from placements.setup.models import SharedAdjustment
from placements.starting import EITHER, Task, advice
from portal.words import full_stop
from students.readiness.standing import standings_of


@advice(50)
def role_and_departments(placements):
    """The role is always there; departments help with the induction (the guidance, section 3)."""
    return {
        placement.pk: Task(
            "Role and departments",
            bool(placement.departments),
            full_stop(f"{placement.role}: {placement.departments}")
            if placement.departments
            else f"{full_stop(placement.role)} {EITHER} can add the departments.",
            reverse("placement_edit", args=[placement.pk]),
        )
        for placement in placements
    }


@advice(55)
def readiness(placements):
    """What the college makes sure of before a start (the guidance, section 3.1). One query."""
    standings = standings_of({placement.student_id for placement in placements})
    found = {}
    for placement in placements:
        missing = standings.missing(placement.student_id)
        says = (
            f"Not settled yet: {', '.join(point.short for point in missing)}." if missing else "All points are settled."
        )
        url = reverse("student_readiness", args=[placement.student_id])
        found[placement.pk] = Task("Ready for the placement", not missing, says, url)
    return found


@advice(75, of_tasters=True)
def adjustments_to_share(placements):
    """Nobody need share anything; what staff wrote down waits for the student. Of the student's own it says nothing."""
    rows = SharedAdjustment.objects.open().known_to_staff().filter(placement__in=placements)
    now = SharedAdjustment.objects.at_work().filter(pk=OuterRef("pk"))
    known = dict(rows.annotate(is_read=Exists(now)).order_by("is_read").values_list("placement", "is_read"))
    found = {}
    for placement in placements:
        name = placement.student.user.first_name
        says = f"Nothing is shared with the employer. {name} decides whether anything should be."
        if known.get(placement.pk):
            says = f"{name} has released what the employer should know."
        elif placement.pk in known:
            says = f"Written down, and not released to the line manager of now. Only {name} can release it."
        is_done = known.get(placement.pk, True)
        url = reverse("adjustment_list", args=[placement.pk])
        found[placement.pk] = Task("Adjustments to share", is_done, says, url)
    return found
