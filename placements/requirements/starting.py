"""No placement starts while a check of its employer or site is missing, or will have lapsed by the first day."""

from collections import defaultdict

from django.db.models import FilteredRelation, Q

from employers.checks.models import CheckKind
from employers.checks.standing import what_keeps
from employers.panels import part_url
from placements.starting import Task, before_start

TITLE = "Employer checks"


@before_start(60, of_tasters=True)
def employer_checks(placements):
    """One query, however many placements there are."""
    employers = {placement.employer_id for placement in placements}
    providers = {placement.provider_id for placement in placements}
    held = FilteredRelation("checks", condition=Q(checks__employer__in=employers, checks__is_current=True))
    kinds, current = defaultdict(dict), {}
    for kind in CheckKind.objects.in_use().filter(provider__in=providers).annotate(held=held).select_related("held"):
        kinds[kind.provider_id].setdefault(kind.pk, kind)
        if hasattr(kind, "held"):  # Django sets it where there is one
            current[kind.held.employer_id, kind.pk, kind.held.site_id] = kind.held
    return {
        placement.pk: task_of(placement, list(kinds[placement.provider_id].values()), current)
        for placement in placements
    }


def task_of(placement, kinds, current) -> Task:
    """How the checks stand for this placement: its site, the student's age, the first day."""
    url = part_url(placement.employer_id, "checks")
    if lacks := what_keeps(placement, kinds, current):
        says = f"{'; '.join(lacks)}. The tutor or the placement office can settle it."
        return Task(TITLE, False, says, url)
    return Task(TITLE, True, f"The checks of {placement.employer} are in order.", url)
