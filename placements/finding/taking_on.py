"""Taking on an employer that a student found: the employer, its contact as line manager, and the planned placement."""

from django.db import transaction

from employers.keeping import add_line_manager
from employers.models import Employer
from placements.finding.accepting import store
from placements.finding.models import Find
from placements.models import Placement
from portal.history import models as history


@transaction.atomic
def accept_find(find: Find, *, employer: Employer | None, person: dict, details: dict, seen: int, by) -> Placement:
    """Take on an employer that a student found: link `employer`, or keep a new one, with `person` as line manager.

    `details` are first_on, last_on and role of the planned placement. Raises Refused, SomebodyWasQuicker.
    """
    if employer is None:
        employer = Employer(
            provider=find.student.provider,
            name=find.name,
            address=find.address,
            town=find.town,
            postcode=find.postcode,
        )
        history.save(employer, by=by)
    manager = line_manager_at(employer, person, by=by)
    placement = Placement(student=find.student, employer=employer, manager=manager, **details)
    store(placement, by=by)
    find.accept(by=by, seen=seen, employer=employer, placement=placement)
    return placement


def line_manager_at(employer: Employer, person: dict, *, by):
    """A person as a line manager of the employer: the one who has the address already, else a new one."""
    known = employer.line_managers.filter(user__email__iexact=person["email"]).select_related("user").first()
    return known.user if known else add_line_manager(employer, **person, by=by).user
