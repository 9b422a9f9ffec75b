"""What a placement leaves on paper: the induction and the logbook."""

from collections import defaultdict
from functools import partial

from django.db.models import Exists, OuterRef, Q

from placements.induction.views import printing as induction_printing
from placements.logbook.models import Entry
from placements.logbook.views import printing as logbook_printing
from placements.models import Placement
from reviews.reports.kinds import Sheet, page, report

ALL_SHARED = {"since": None, "until": None, "private": False}


def placements_of(students, user):
    """The placements of the students that `user` may see, oldest first."""
    rows = Placement.objects.visible_to(user).filter(student__in=students).with_people()
    return rows.order_by("first_on", "pk")


@report(
    "induction",
    title="Induction",
    says="The points with their answers, and the line manager's confirmation. Only where it was begun.",
    order=60,
)
def inductions(students, user):
    begun = ~Q(induction=None) & (~Q(induction__status="open") | Q(induction__placement__ticks__isnull=False))
    rows = placements_of(students, user).filter(begun).distinct().select_related("induction__decided_by")
    found = defaultdict(list)
    for placement in rows:
        found[placement.student_id].append(induction(placement))
    return found


def induction(placement: Placement) -> Sheet:
    return Sheet(
        f"Induction at {placement.employer.name}",
        f"Induction - {placement.student.name} - {placement.employer.name}",
        page("induction_print", placement.pk),
        "print/induction.html",
        partial(induction_printing.sheet, placement),
    )


@report(
    "logbook",
    title="Logbook",
    says="All entries that the student has shared, with the goals. What is private is never in it.",
    order=70,
)
def logbooks(students, user):
    """Only placements with something shared."""
    shared = Entry.objects.published().filter(placement=OuterRef("pk"))
    found = defaultdict(list)
    for placement in placements_of(students, user).filter(Exists(shared)):
        found[placement.student_id].append(logbook(placement, user))
    return found


def logbook(placement: Placement, user) -> Sheet:
    return Sheet(
        f"Logbook at {placement.employer.name}",
        f"Logbook - {placement.student.name} - {placement.employer.name}",
        page("logbook_print", placement.pk),
        "print/logbook.html",
        partial(logbook_of, placement, user),
    )


def logbook_of(placement: Placement, user) -> dict:
    """What the logbook says, with its pictures."""
    context = logbook_printing.logbook_of(user, placement, ALL_SHARED)
    logbook_printing.with_pictures(context["entries"])
    return context
