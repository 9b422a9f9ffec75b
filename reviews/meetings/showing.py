"""Where meetings show themselves: on the placement, on the student's home, on the dashboards of staff."""

from datetime import timedelta
from functools import partial

from django.db.models import Case, Exists, OuterRef, Q, When
from django.urls import reverse
from django.utils import timezone

from placements.models import Placement
from portal.needs import Waiting, for_staff
from portal.rooms import Entry, Step, WhenAny, for_student, of_first, on_placement
from portal.words import full_stop
from reviews.meetings.models import Action, Confirmation, Meeting, Party

Status = Meeting.Status
SOON = timedelta(days=7)
PATIENCE = timedelta(days=8)  # reminders went out after 3 and 7 days
AHEAD = timedelta(days=14)


@on_placement(65)
def meetings_of_placement(placement, relations):
    """The next meeting, or the last one that was held."""
    if placement.status == Placement.Status.PLANNED:
        return None
    url = reverse("meeting_list", args=[placement.pk])
    nothing = Entry("Review meetings", url, "None planned", icon="users")
    reads = "title", "status", "due_on", "starts_at", "offered_at"
    return of_first(next_or_last, partial(meeting_entry, placement, url), nothing, reads=reads, placement=placement.pk)


def next_or_last(placement):
    rows = Meeting.objects.filter(placement=placement).exclude(status__in=[Status.CANCELLED, Status.MISSED])
    was_on = Case(When(status__in=Meeting.OVER, then="due_on"))
    return rows.order_by(was_on.desc(nulls_first=True), "due_on", "-pk")


def meeting_entry(placement, url, found):
    found.placement = placement
    return Entry("Review meetings", url, f"{found.title}: {found.sentence()}", found.tone, "users")


@for_student(25)
def meetings_of_student(student, placements, today):
    """Prepare what comes, confirm what was said, while the record is open."""
    if student.frozen_says or not placements:
        return None
    keys = [placement.pk for placement in placements]
    return WhenAny(to_prepare_or_confirm, meeting_steps, placements=keys, now=timezone.now())


def to_prepare_or_confirm(placements, now):
    said = Confirmation.objects.filter(meeting=OuterRef("pk"), round=OuterRef("round"), party=Party.STUDENT)
    soon = Q(status=Status.AGREED, starts_at__gt=now, starts_at__lte=now + AHEAD)
    return Meeting.objects.filter(soon | Q(~Exists(said), status=Status.HELD), placement__in=placements)


def meeting_steps(rows):
    for meeting in rows.select_related("preparation"):
        if not meeting.is_agreed:
            url = reverse("meeting_detail", args=[meeting.pk])
            yield Step("Say whether the notes of your review are right", url, "attention", meeting.title)
            continue
        preparation = getattr(meeting, "preparation", None)
        detail = f"{meeting.sentence()}, {meeting.place_within}"
        if preparation and preparation.shared_at:
            yield Step("Your review meeting", reverse("meeting_detail", args=[meeting.pk]), "calm", detail)
        else:
            yield Step("Prepare your review meeting", reverse("meeting_prepare", args=[meeting.pk]), "waiting", detail)


@for_student(70)
def actions_of_student(student, placements, today):
    """What the student said they would do, a week before its day and after."""
    keys = [placement.pk for placement in placements]
    return WhenAny(to_do, action_steps, placements=keys, until=today + SOON) if keys else None


def to_do(placements, until):
    held = Action.objects.filter(meeting__placement__in=placements, meeting__status__in=Meeting.OVER)
    return held.filter(owner=Party.STUDENT, done_at=None, due_on__lte=until)


def action_steps(rows):
    for action in rows.select_related("meeting").order_by("due_on"):
        url = reverse("meeting_list", args=[action.meeting.placement_id])
        yield Step(action.what, url, action.tone, f"Agreed at your review. {full_stop(action.sentence())}")


@for_staff(
    "meeting_due", says="A review meeting is due, offer dates or set one: {words}",
    called="A review meeting is due", act="Open the meeting", url="meeting_detail", tone="waiting", icon="calendar",
)  # fmt: skip
def meetings_due(desk):
    """Without a date, a week before the day or later."""
    rows = Meeting.objects.filter(
        status=Status.PLANNED, due_on__lte=desk.today + SOON, placement__status=Placement.Status.ACTIVE,
    )  # fmt: skip
    return Waiting(rows, since="due_on", words="title")


@for_staff(
    "meeting_dates", says="The line manager has not chosen a date for the review meeting.", act="Open the meeting",
    url="meeting_detail", icon="calendar",
)  # fmt: skip
def dates_unanswered(desk):
    """Offered more than a week ago."""
    rows = Meeting.objects.filter(status=Status.OFFERED, offered_at__lt=desk.now - PATIENCE)
    return Waiting(rows, since="offered_at")


@for_staff(
    "meeting_notes", says="A review meeting has been: write down what was said, or why it was missed.",
    act="Open the meeting", url="meeting_detail", icon="calendar",
)  # fmt: skip
def notes_missing(desk):
    """The date has passed, and the notes are not closed."""
    rows = Meeting.objects.filter(status=Status.AGREED, starts_at__lt=desk.now)
    return Waiting(rows, since="starts_at")


@for_staff(
    "meeting_unconfirmed", says="The notes of a review meeting are not answered by everybody.",
    act="Open the meeting", url="meeting_detail", icon="speech",
)  # fmt: skip
def unconfirmed(desk):
    """Closed more than a week ago, and somebody has not answered."""
    rows = Meeting.objects.filter(status=Status.HELD, finished_at__lt=desk.now - PATIENCE)
    return Waiting(rows, since="finished_at")
