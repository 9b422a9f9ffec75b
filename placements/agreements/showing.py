"""Where the agreement shows itself: the placement's page, the student's home, the dashboards of staff."""

from functools import partial

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse

from placements.agreements.models import Agreement, Answer, Party
from placements.models import Placement
from portal.needs import Waiting, for_staff
from portal.paging import CountUpTo
from portal.rooms import Entry, Figures, Step, WhenAny, for_student, on_placement


@on_placement(30)
def agreement(placement, relations):
    current = placement.agreements.current()
    given = Answer.objects.filter(agreement__in=current.values("pk"), agreed=True, taken_back_at=None)
    figures = {"needs_parent": Subquery(current.values("needs_parent")), "given": CountUpTo(given)}
    return Figures(figures, partial(how_many_agreed, placement))


def how_many_agreed(placement, needs_parent, given):
    """`needs_parent` is None where there is no agreement."""
    url = reverse("agreement_detail", args=[placement.pk])
    if needs_parent is None:
        return Entry("Agreement", url, "Not made yet", "calm", "paper")
    wanted = len(Agreement(needs_parent=needs_parent).parties)
    if given == wanted:
        return Entry("Agreement", url, "Agreed by everybody", "good", "paper")
    return Entry("Agreement", url, f"{given} of {wanted} have agreed", "waiting", "paper")


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
def declined(desk, now):
    rows = Answer.objects.filter(agreed=False, taken_back_at=None, agreement__replaced_at=None)
    rows = rows.exclude(agreement__placement__status=Placement.Status.ENDED)
    return Waiting(rows, student="agreement__placement__student", since="at", thing="agreement__placement")
