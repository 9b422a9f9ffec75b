"""Meetings by the provider's pattern: made when a placement starts, moved with its dates while they have no date."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from placements.models import Placement
from portal.history.models import record
from portal.workflow import Refused
from reviews.meetings.models import Meeting, PatternMeeting
from students.frozen import refuse_if_frozen

LATE = timedelta(days=14)  # what should have been longer ago is not planned any more


def plan_for(placement: Placement, pattern: list[PatternMeeting] | None = None):
    """Make the meetings of the pattern for a placement that has none of them."""
    pattern = PatternMeeting.objects.of(placement.provider_id) if pattern is None else pattern
    since = timezone.localdate() - LATE
    rows = [(row.due_on(placement), row) for row in pattern]
    rows = [(due, row) for due, row in rows if due >= since] or rows[-1:]
    Meeting.objects.bulk_create(
        [Meeting(placement=placement, title=row.title, due_on=due, is_by_pattern=True) for due, row in rows]
    )


def without_any():
    """Running placements for which nothing was planned yet; a work taster asks for no review."""
    planned = Meeting.objects.filter(placement=OuterRef("pk"), is_by_pattern=True)
    return Placement.objects.without_tasters().filter(~Exists(planned), status=Placement.Status.ACTIVE)


def move_with(placement: Placement):
    """Move meetings of the pattern that have no date, after the dates of the placement have changed."""
    rows = list(Meeting.objects.filter(placement=placement, is_by_pattern=True, status=Meeting.Status.PLANNED))
    if not rows:
        return
    due = {row.title: row.due_on(placement) for row in PatternMeeting.objects.of(placement.provider_id)}
    for meeting in rows:
        if meeting.title in due and due[meeting.title] != meeting.due_on:
            Meeting.objects.filter(pk=meeting.pk, status=Meeting.Status.PLANNED).update(due_on=due[meeting.title])


def newest_of(placement: Placement) -> int:
    """The key of the placement's newest meeting; 0 where there is none."""
    return Meeting.objects.filter(placement=placement).aggregate(newest=Max("pk"))["newest"] or 0


@transaction.atomic
def plan_by_hand(meeting: Meeting, *, seen: int, by):
    """Store a new meeting. `seen`: the placement's newest one (`newest_of`) when the person opened the page.

    Raises Refused once the student is signed off, and where another was planned meanwhile: perhaps it is the same.
    """
    placement = Placement.objects.select_for_update(of=["self"], no_key=True).get(pk=meeting.placement_id)
    refuse_if_frozen(placement.student_id)
    since = Meeting.objects.filter(placement=placement, pk__gt=seen).exclude(status=Meeting.Status.CANCELLED)
    if other := since.order_by("-pk").first():
        raise Refused(
            f"“{other.title}”, around {other.due_on:%-d %B %Y}, was planned meanwhile. Nothing of yours was stored: "
            "if you want this meeting as well, press the button again."
        )
    meeting.save()
    record(meeting, "planned the meeting", by=by)


@transaction.atomic
def plan_next(meeting: Meeting, *, by):
    """The next meeting, as agreed at the table: one that is planned already takes the day, or a new one is made."""
    rows = Meeting.objects.filter(placement=meeting.placement_id, status=Meeting.Status.PLANNED).exclude(pk=meeting.pk)
    found = rows.order_by("due_on").first()
    if found is None:
        found = Meeting.objects.create(placement=meeting.placement, title="Next meeting", due_on=meeting.next_on)
        record(found, "planned the meeting at the one before", by=by)
    elif found.due_on != meeting.next_on:
        Meeting.objects.filter(pk=found.pk, status=Meeting.Status.PLANNED).update(due_on=meeting.next_on)
        record(found, f"moved the meeting to around {meeting.next_on:%-d %B %Y}, at the one before", by=by)
