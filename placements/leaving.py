"""What keeps a line manager from giving up the role, and a student from leaving the T Level: placements."""

from django.urls import reverse

from placements.models import Placement
from portal.people.leaving import before_leaving
from portal.people.models import Role
from portal.words import during, long_date
from students.departure.settling import ToSettle, before_departure


@before_leaving
def placements_need_a_manager(membership):
    if membership.role != Role.MANAGER:
        return []
    placements = Placement.objects.filter(manager=membership.user_id, provider=membership.provider_id)
    left = placements.exclude(status=Placement.Status.ENDED).count()
    if not left:
        return []
    whom = "1 placement" if left == 1 else f"{left} placements"
    return [f"{membership.user.name} is the line manager of {whom} that are not over. Name another one there first."]


@before_departure
def placements_must_be_over(student):
    """None may run, which its employer is told of, nor be planned, which holds a place."""
    left = student.placements.exclude(status=Placement.Status.ENDED).select_related("employer")
    return [(running if placement.status == Placement.Status.ACTIVE else planned)(placement) for placement in left]


def running(placement) -> ToSettle:
    says = f"The {placement.called} at {placement.employer} runs until {long_date(placement.last_on)}. End it first."
    return ToSettle(says, reverse("placement_end", args=[placement.pk]))


def planned(placement) -> ToSettle:
    days = during(placement.first_on, placement.last_on)
    says = f"The {placement.called} at {placement.employer} {days} is planned. Remove it first."
    return ToSettle(says, reverse("placement_detail", args=[placement.pk]))
