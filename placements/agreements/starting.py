"""A placement starts with the agreement of student, employer and provider (the guidance, sections 3 and 6)."""

from django.urls import reverse

from placements.agreements.standing import read_agreements, standing_as_read
from placements.starting import Task, before_start


@before_start(80)
def agreement(placements):
    read_agreements(placements)
    found = {}
    for placement in placements:
        standing = standing_as_read(placement)
        url = reverse("agreement_detail", args=[placement.pk])
        found[placement.pk] = Task("Agreement", standing.is_settled, standing.says, url)
    return found
