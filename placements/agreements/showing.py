"""Where the agreement shows itself: the placement's page, the student's home, the dashboards of staff."""

from functools import partial

from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.urls import reverse

from placements.agreements.models import Agreement, Answer, Party
from placements.agreements.standing import Standing, read_agreements, standing_as_read, standing_of
from placements.models import Placement
from portal.needs import Waiting, for_staff
from portal.rooms import Entry, Step, WhenAny, for_student, of_first, on_placement

NOT_MADE = Standing(False, "Not made yet", "calm")


@on_placement(30)
def agreement(placement, relations):
    """How it stands, in the words of its own page."""
    if placement.status == Placement.Status.PLANNED:
        read_agreements([placement])  # what is to be settled before the start has asked for them already
        return entry(placement, standing_as_read(placement) if placement.current_agreements else NOT_MADE)
    reads = ("facts", "needs_parent", "parent_name")
    stands, not_made = partial(since_the_start, placement), entry(placement, NOT_MADE)
    return of_first(in_force, stands, not_made, reads=reads, placement=placement.pk)


def in_force(placement):
    return Agreement.objects.current().filter(placement=placement)


def since_the_start(placement, current):
    prefetch_related_objects([current], "answers")
    return entry(placement, standing_of(current, placement, []))  # goals have an agreement of their own now


def entry(placement, standing):
    return Entry("Agreement", reverse("agreement_detail", args=[placement.pk]), standing.says, standing.tone, "paper")


@for_student(20)
def to_agree_to(student, placements, today):
    """Agreements that wait for the student's own answer."""
    planned = [placement.pk for placement in placements if placement.status == Placement.Status.PLANNED]
    return WhenAny(not_answered, steps_to_agree, placements=planned) if planned else None


def not_answered(placements):
    answers = Answer.objects.filter(agreement=OuterRef("pk"), party=Party.STUDENT, taken_back_at=None)
    return Agreement.objects.current().filter(~Exists(answers), placement__in=placements)


def steps_to_agree(rows):
    for placement in set(rows.values_list("placement", flat=True)):
        says = "Read and agree to your placement agreement"
        yield Step(says, reverse("agreement_detail", args=[placement]), "attention", "It is needed before you start.")


@for_staff(
    "agreement_declined", says="The agreement was declined", act="Open the agreement", url="agreement_detail",
    tone="problem", icon="paper",
)  # fmt: skip
def declined(desk):
    rows = Answer.objects.filter(agreed=False, taken_back_at=None, agreement__replaced_at=None)
    rows = rows.exclude(agreement__placement__status=Placement.Status.ENDED)
    return Waiting(rows, student="agreement__placement__student", since="at", thing="agreement__placement")
