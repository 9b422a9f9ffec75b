"""When a review meeting is overdue: the one definition, for lists, figures and how students stand."""

from datetime import datetime, time

from django.db.models import Q, QuerySet
from django.utils import timezone

from placements.models import Placement
from reviews.meetings.models import Meeting


def is_overdue(now: datetime) -> Q:
    """Past its day without a date that was agreed to, on a running placement; or its date was before today and nobody
    has said what came of it. Nothing is overdue once the student is signed off or has left.

    It changes at midnight only, so that figures that are kept overnight agree with lists.
    """
    status, today = Meeting.Status, timezone.localdate(now)
    undated = Q(status__in=[status.PLANNED, status.OFFERED], due_on__lt=today)
    no_word = Q(status=status.AGREED, starts_at__lt=timezone.make_aware(datetime.combine(today, time())))
    is_open = Q(placement__student__signed_off_at=None, placement__student__left_on=None)
    return is_open & ((undated & Q(placement__status=Placement.Status.ACTIVE)) | no_word)


def overdue_meetings(now: datetime) -> QuerySet:
    return Meeting.objects.filter(is_overdue(now))
