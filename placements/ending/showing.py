"""Where the ending shows itself: the placement, the student's home, the dashboards, the page of an employer."""

from datetime import timedelta
from functools import partial

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from employers.panels import Panel, panel
from placements.checklists.models import Checklist, Tick
from placements.ending.models import EarlyEnd, Feedback, Reference, Reflection, is_open_on
from placements.ending.summary import summary_of
from placements.models import Placement
from portal.needs import Waiting, for_staff
from portal.paging import CountUpTo
from portal.people.models import Role
from portal.prepared_parts import part
from portal.rooms import Entry, Figures, Step, for_student, of_first, on_placement

STUDENT_OR_STAFF = {"student", "tutor", "coordinator"}
REFERENCE_LATE = timedelta(days=10)
NEAR = timedelta(days=7)
NEXT = ("next_step", "next_on", "next_done_at")  # what the sentence of an early end is made of
ASKED_AFTER_END = timedelta(weeks=4)  # after that the student's home is quiet about what was left open


@on_placement(90)
def ending(placement, relations):
    """For everybody once it is open; the manager sees the handover and their reference there."""
    if not is_open_on(placement, timezone.localdate()):
        return None
    url = reverse("ending_detail", args=[placement.pk])
    if not relations & STUDENT_OR_STAFF:
        return Entry("Ending: handover and reference", url, icon="arch")
    return Figures({"points": points_done(placement)}, partial(how_far, url))


def points_done(placement):
    return part(CountUpTo, ticks, placement=placement.pk)


def ticks(placement):
    return Tick.objects.filter(placement=placement, point__list=Checklist.ENDING)


def how_far(url, points):
    says = f"{points} of the points not to forget are done" if points else "No point of the list is ticked yet"
    return Entry("Ending", url, says, "good" if points > 6 else "waiting" if points else "calm", "arch")


@on_placement(95, of_tasters=True)
def early_end(placement, relations):
    """Why it ended early, and the next step."""
    if placement.status != Placement.Status.ENDED or not relations & STUDENT_OR_STAFF:
        return None
    return of_first(early_ends, next_step, reads=NEXT, placement=placement.pk)


def early_ends(placement):
    return EarlyEnd.objects.filter(placement=placement, undone_at=None)


def next_step(early):
    url = reverse("early_end_detail", args=[early.pk])
    return Entry("Early end and next step", url, early.next_sentence(), early.next_tone, "stop")


@for_student(90)
def ending_of_mine(student, placements, today):
    """One step for an ending that is open, until it is done or four weeks have passed."""
    near = [p for p in placements if is_open_on(p, today) and today <= p.last_on + ASKED_AFTER_END]
    return [ending_step(placement, today) for placement in near]


def ending_step(placement, today) -> Figures:
    figures = {"points": points_done(placement), "is_written": part(Exists, reflections, placement=placement.pk)}
    return Figures(figures, partial(what_is_left, placement, today))


def reflections(placement):
    """In which anything is written."""
    return Reflection.objects.filter(placement=placement).exclude(did="", learned="", proud="", differently="")


def what_is_left(placement, today, points, is_written):
    if points >= 7 and is_written:
        return None
    is_over = today > placement.last_on
    says = f"Round off your time at {placement.employer}" if is_over else f"Leave {placement.employer} well"
    detail = f"{points} of 7 points done. Your last day {'was' if is_over else 'is'} {placement.last_on:%-d %B}."
    return Step(says, reverse("ending_detail", args=[placement.pk]), "waiting", detail)


@for_student(12, of_tasters=True)
def next_step_of_mine(student, placements, today):
    """What was agreed after an early end."""
    ended = [placement for placement in placements if placement.status == Placement.Status.ENDED]
    reads = (*NEXT, "next_words")
    return [of_first(early_ends, step_of_early_end, reads=reads, placement=placement.pk) for placement in ended]


def step_of_early_end(early):
    url = reverse("early_end_detail", args=[early.pk])
    return Step(early.next_sentence(), url, early.next_tone, early.next_words) if early.awaits else None


@for_staff(
    "early_end_next", says="After the early end, the next step was to be settled by now", act="See the next step",
    url="early_end_detail", icon="arrow-right",
)  # fmt: skip
def next_steps_due(desk):
    open_steps = EarlyEnd.objects.filter(undone_at=None, next_done_at=None, next_on__lte=desk.today)
    settled = [EarlyEnd.Next.NOTHING, EarlyEnd.Next.LEAVES]
    rows = open_steps.exclude(next_step__in=settled)
    return Waiting(rows, since="next_on")


@for_staff(
    "early_end_leaves", says="Was to leave the T Level after the early end, and that is not recorded yet",
    act="Record it", url="student_leave", icon="arrow-right",
)  # fmt: skip
def departures_to_record(desk):
    """Until it is, the student stands in all lists and reminders; another next step may be agreed instead."""
    rows = EarlyEnd.objects.filter(undone_at=None, next_step=EarlyEnd.Next.LEAVES)
    rows = rows.filter(placement__status=Placement.Status.ENDED, placement__student__signed_off_at=None)
    return Waiting(rows, since="made_at", thing="placement__student")


@for_staff(
    "reference_late", says="A reference was asked for and is not answered yet", act="See the reference",
    url="reference_ask", tone="waiting", icon="clock",
)  # fmt: skip
def references_late(desk):
    rows = Reference.objects.filter(status=Reference.Status.ASKED, asked_at__lte=desk.now - REFERENCE_LATE)
    return Waiting(rows, since="asked_at", thing="placement")


@for_staff(
    "ending_not_begun", says="The last day is near, and the student has not begun to prepare it",
    act="See the ending", url="ending_detail", tone="calm", icon="calendar",
)  # fmt: skip
def endings_not_begun(desk):
    today = desk.today
    ticks = Tick.objects.filter(placement=OuterRef("pk"), point__list=Checklist.ENDING)
    rows = Placement.objects.filter(
        ~Exists(ticks),
        ~Exists(Reflection.objects.filter(placement=OuterRef("pk"))),
        kind=Placement.Kind.PLACEMENT,
        status=Placement.Status.ACTIVE,
        last_on__gte=today,
        last_on__lte=today + NEAR,
    )
    if desk.role != Role.TUTOR:  # whose own students are found faster (1 ms) than all placements that end soon (5 ms)
        rows = rows.filter(provider=desk.provider_id)
    return Waiting(rows, student="student", since="last_on")


@panel(60, "feedback", "What students said")
def students_said(employer, request):
    """A summary from five answers on; single answers with names for the placement office and the own tutor."""
    rows = Feedback.objects.filter(placement__employer=employer)
    own = rows.filter(placement__provider=request.desk.provider_id)
    if request.desk.role == Role.TUTOR:
        own = own.filter(placement__student__tutor=request.user)
    own = own.select_related("placement__student__user").prefetch_related("answers")[:50]
    context = {"summary": summary_of(rows), "feedback": own, "is_tutor": request.desk.role == Role.TUTOR}
    return Panel("ending/feedback_panel.html", context)
