"""Taking on an employer that a student found: the employer, its contact as line manager, and the planned placement."""

from django.db import transaction

from employers.keeping import add_line_manager
from employers.models import Employer
from placements.finding.accepting import store
from placements.finding.models import Find
from placements.models import Placement
from portal.history import models as history


@transaction.atomic
def accept_find(find: Find, *, employer: Employer | None, details: dict, seen: int, by) -> Placement:
    """Take on an employer that a student found: link `employer`, or keep a new one, with its contact as line manager.

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
    manager = manager_of(find, employer, by=by)
    placement = Placement(student=find.student, employer=employer, manager=manager, **details)
    store(placement, by=by)
    find.accept(by=by, seen=seen, employer=employer, placement=placement)
    return placement


def manager_of(find: Find, employer: Employer, *, by):
    """The contact as a line manager of the employer: the one who has the address already, else a new one."""
    known = employer.line_managers.filter(user__email__iexact=find.contact_email).select_related("user").first()
    if known:
        return known.user
    return add_line_manager(
        employer,
        email=find.contact_email,
        first_name=find.contact_first_name,
        last_name=find.contact_last_name,
        phone=find.contact_phone,
        by=by,
    ).user
