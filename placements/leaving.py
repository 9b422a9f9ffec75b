"""What keeps a line manager from giving up the role: placements that need one."""

from placements.models import Placement
from portal.people.leaving import before_leaving
from portal.people.models import Role


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
