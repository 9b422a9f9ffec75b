"""Where the agreement shows itself: the placement's page, the student's home, the dashboards of staff."""

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from placements.agreements.models import Agreement, Answer, Party
from placements.models import Placement
from portal.rooms import Entry, Step, Waiting, WhenAny, for_staff, for_student, on_placement


@on_placement(30)
def agreement(placement, relations):
    given = Count("answers", filter=Q(answers__agreed=True, answers__taken_back_at=None))
    agreement = placement.agreements.current().defer("text").annotate(given=given).first()
    url = reverse("agreement_detail", args=[placement.pk])
    if agreement is None:
        return Entry("Agreement", url, "Not made yet", "calm", "paper")
    if agreement.given == len(agreement.parties):
        return Entry("Agreement", url, "Agreed by everybody", "good", "paper")
    return Entry("Agreement", url, f"{agreement.given} of {len(agreement.parties)} have agreed", "waiting", "paper")


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
    40, "agreement_declined", says="The agreement was declined", act="Open the agreement", url="agreement_detail",
    tone="problem", icon="paper",
)  # fmt: skip
def declined(students, desk, now):
    rows = Answer.objects.filter(
        agreed=False, taken_back_at=None, agreement__replaced_at=None, agreement__placement__student__in=students
    ).exclude(agreement__placement__status=Placement.Status.ENDED)
    return Waiting(rows, student="agreement__placement__student", since="at", thing="agreement__placement")
