"""Where the agreement shows itself: the placement's page, the student's home, the dashboards of staff."""

from functools import partial

from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.urls import reverse

from placements.agreements.models import Agreement, Answer, Party
from placements.agreements.standing import standing_of
from placements.models import Placement
from portal.needs import Waiting, for_staff
from portal.rooms import Entry, Step, WhenAny, for_student, of_first, on_placement


@on_placement(30)
def agreement(placement, relations):
    """How it stands, in the words of its own page."""
    url = reverse("agreement_detail", args=[placement.pk])
    not_made = Entry("Agreement", url, "Not made yet", "calm", "paper")
    reads = ("facts", "needs_parent", "parent_name")
    stands = partial(how_it_stands, placement, url)
    return of_first(placement.agreements.current(), stands, otherwise=not_made, reads=reads)


def how_it_stands(placement, url, current):
    prefetch_related_objects([current], "answers")
    is_planned = placement.status == Placement.Status.PLANNED
    goals = list(placement.goals.current()) if is_planned else []  # later they have an agreement of their own
    standing = standing_of(current, placement, goals)
    return Entry("Agreement", url, standing.says, standing.tone, "paper")


@for_student(20)
def to_agree_to(student, placements, today):
    """Agreements that wait for the student's own answer."""
    planned = [placement for placement in placements if placement.status == Placement.Status.PLANNED]
    if not planned:
        return None
    answers = Answer.objects.filter(agreement=OuterRef("pk"), party=Party.STUDENT, taken_back_at=None)
    return WhenAny(Agreement.objects.current().filter(~Exists(answers), placement__in=planned), steps_to_agree)


def steps_to_agree(rows):
    for placement in set(rows.values_list("placement", flat=True)):
        says = "Read and agree to your placement agreement"
        yield Step(says, reverse("agreement_detail", args=[placement]), "attention", "It is needed before you start.")


@for_staff(
    33, "agreement_declined", says="The agreement was declined", act="Open the agreement", url="agreement_detail",
    tone="problem", icon="paper",
)  # fmt: skip
def declined(desk):
    rows = Answer.objects.filter(agreed=False, taken_back_at=None, agreement__replaced_at=None)
    rows = rows.exclude(agreement__placement__status=Placement.Status.ENDED)
    return Waiting(rows, student="agreement__placement__student", since="at", thing="agreement__placement")
