"""No placement starts while a check of its employer or site is missing, or will have lapsed by the first day."""

from employers.checks.models import Check, CheckKind
from employers.checks.standing import what_keeps
from employers.panels import part_url
from placements.starting import Task, before_start

TITLE = "Employer checks"


@before_start(60)
def employer_checks(placements):
    """Two queries, however many placements there are."""
    kinds = {}
    providers = {placement.provider_id for placement in placements}
    for kind in CheckKind.objects.in_use().filter(provider__in=providers):
        kinds.setdefault(kind.provider_id, []).append(kind)
    employers = {placement.employer_id for placement in placements}
    rows = Check.objects.current().filter(employer__in=employers).defer("note")
    current = {(check.employer_id, check.kind_id, check.site_id): check for check in rows}
    return {placement.pk: task_of(placement, kinds.get(placement.provider_id, []), current) for placement in placements}


def task_of(placement, kinds, current) -> Task:
    """How the checks stand for this placement: its site, the student's age, the first day."""
    url = part_url(placement.employer_id, "checks")
    if lacks := what_keeps(placement, kinds, current):
        says = f"{'; '.join(lacks)}. The tutor or the placement office can settle it."
        return Task(TITLE, False, says, url)
    return Task(TITLE, True, f"The checks of {placement.employer} are in order.", url)
