"""What the clock does for meetings: it plans those of the pattern, and reminds."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from portal.clock import due
from reviews.meetings.models import Meeting, PatternMeeting
from reviews.meetings.planning import plan_for, without_any
from reviews.meetings.telling import tell_all

AT_ONCE = 500
AHEAD = timedelta(days=2)
EARLIEST = 8  # o'clock


@due
def plan_meetings(now):
    """For placements that came in bulk, a part at each tick."""
    patterns = {}
    for placement in without_any()[:AT_ONCE]:
        if placement.provider_id not in patterns:
            patterns[placement.provider_id] = PatternMeeting.objects.of(placement.provider_id)
        plan_for(placement, patterns[placement.provider_id])


@due
def remind_of_meetings(now):
    """Two days before, to everybody, once for each date."""
    if timezone.localtime(now).hour < EARLIEST:
        return
    soon = Meeting.objects.filter(status=Meeting.Status.AGREED, starts_at__gt=now, starts_at__lte=now + AHEAD)
    for pk in soon.filter(~Q(reminded_of=F("starts_at")) | Q(reminded_of=None)).values_list("pk", flat=True)[:AT_ONCE]:
        remind(pk)


@transaction.atomic
def remind(pk: int):
    meeting = Meeting.objects.select_for_update(of=("self",)).with_people().get(pk=pk)
    if meeting.reminded_of == meeting.starts_at or not meeting.is_agreed:
        return
    Meeting.objects.filter(pk=pk).update(reminded_of=meeting.starts_at)
    tell_all(meeting, "reminder")
