"""Where the induction shows itself: on the placement, on the student's home, on the dashboards of staff."""

from functools import partial

from django.db.models import Case, DateTimeField, Q, Value, When
from django.db.models.functions import Cast
from django.urls import reverse

from placements.induction.models import Induction
from placements.models import Placement
from portal.needs import Waiting, for_staff
from portal.rooms import Entry, Figures, Step, for_student, of_first, on_placement

Status = Induction.Status


@on_placement(30, "induction__decided_by")
def induction_entry(placement, relations):
    """For everybody concerned, once the placement has been planned."""
    found = getattr(placement, "induction", None) or Induction(placement=placement)
    is_planned = placement.status == Placement.Status.PLANNED
    says = "Begins on the first day" if is_planned and found.is_open else found.sentence()
    return Entry("Induction", reverse("induction_detail", args=[placement.pk]), says, found.tone, "check-circle")


@for_student(20)
def induction_steps(student, placements, today):
    """From the first day until it is confirmed; overdue after three days at work."""
    running = [p for p in placements if p.status == Placement.Status.ACTIVE and p.first_on <= today]
    return [induction_step(placement, today) for placement in running]


def induction_step(placement, today) -> Figures:
    step = partial(step_of, placement, today)
    return of_first(of_placement, step, step(Induction()), reads=("status", "third_day_on"), placement=placement.pk)


def of_placement(placement):
    return Induction.objects.filter(placement=placement)


def step_of(placement, today, induction):
    url = reverse("induction_detail", args=[placement.pk])
    if induction.status == Status.SENT_BACK:
        return Step("Look again at your induction", url, "attention", "Some points came back to you.")
    if induction.status == Status.HANDED_OVER and induction.is_overdue(today):
        manager = placement.manager or "your line manager"
        return Step(f"Your induction waits for {manager}", url, "calm", "Remind them when you see them.")
    if induction.status == Status.OPEN and induction.is_overdue(today):
        return Step("Finish your induction", url, "problem", "It should be done within three days at work.")
    if induction.status == Status.OPEN:
        return Step("Tick off your induction", url, "waiting", "Answer the points as you are shown around.")
    return None


@for_staff(
    "induction",
    says="The induction {words}, although three days at work have passed.",
    called="The induction is not confirmed after three days at work",
    act="Open the induction",
    url="induction_detail",
)
def overdue_inductions(desk):
    """Not confirmed after three days of work, on placements that run."""
    rows = Induction.objects.exclude(status=Status.CONFIRMED).filter(
        third_day_on__lt=desk.today,
        placement__status=Placement.Status.ACTIVE,
    )
    is_waiting = Q(status=Status.HANDED_OVER)
    rows = rows.annotate(
        how=Case(When(is_waiting, then=Value("waits for the line manager")), default=Value("is open")),
        waiting=Case(When(is_waiting, then="handed_over_at"), default=Cast("third_day_on", DateTimeField())),
    )
    return Waiting(rows, since="waiting", thing="placement_id", words="how")
