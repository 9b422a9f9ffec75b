"""What the clock does for those who look for a place."""

from contextlib import suppress
from datetime import timedelta

from django.utils import timezone

from placements.finding.models import Application
from placements.finding.telling import FEEDBACK, ask_for_feedback, due_for_digest, mail_digest
from portal.asks.models import Ask
from portal.clock import due
from portal.history.models import label_of
from portal.workflow import Refused

EARLIEST = 8  # o'clock: nobody is mailed at night
FEEDBACK_WITHIN = timedelta(days=14)


@due
def tell_employers_who_waits(now):
    """The daily mail about applicants, and only where there is something to say."""
    if timezone.localtime(now).hour >= EARLIEST:
        for pk in list(due_for_digest(now).values_list("pk", flat=True)):
            mail_digest(pk, now)


@due
def ask_for_feedback_after_interviews(now):
    """From 8:00 on the day after an interview, once."""
    if timezone.localtime(now).hour < EARLIEST:
        return
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Application.objects.filter(
        status__in=Application.AFTER_INTERVIEW,
        interview_at__lt=today,
        interview_at__gte=today - FEEDBACK_WITHIN,
        opportunity__manager__is_active=True,
    ).exclude(feedback__source="given")
    asked = Ask.objects.filter(kind=FEEDBACK, about=label_of(Application())).values("about_id")
    for application in rows.exclude(pk__in=asked).with_people()[:500]:
        with suppress(Refused):
            ask_for_feedback(application, by=None)
