"""What keeps a line manager from giving up the role: opportunities whose applicants wait for them."""

from employers.opportunities.models import Opportunity
from portal.people.leaving import before_leaving
from portal.people.models import Role


@before_leaving
def opportunities_need_a_contact(membership):
    if membership.role != Role.MANAGER:
        return []
    rows = Opportunity.objects.filter(manager=membership.user_id, provider=membership.provider_id)
    left = rows.filter(status=Opportunity.Status.OPEN).count()
    if not left:
        return []
    what = "1 opportunity that is open" if left == 1 else f"{left} opportunities that are open"
    return [f"{membership.user.name} is the contact for {what}. Name another one there, or close it first."]
