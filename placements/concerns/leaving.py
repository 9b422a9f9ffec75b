"""What keeps a coordinator from giving up the role: worries that they look after."""

from placements.concerns.models import Concern
from portal.people.leaving import before_leaving
from portal.people.models import Role


@before_leaving
def worries_need_somebody(membership):
    if membership.role != Role.COORDINATOR:
        return []
    left = Concern.objects.filter(
        taken_by=membership.user_id, provider=membership.provider_id, status__in=Concern.OPEN
    ).count()
    if not left:
        return []
    what = "1 worry of a student" if left == 1 else f"{left} worries of students"
    return [f"{membership.user.name} looks after {what}. They have to hand it over first, or settle it."]
