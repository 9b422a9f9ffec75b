"""An interview as a calendar entry (RFC 5545)."""

from datetime import UTC

from django.utils import timezone
from icalendar import Calendar, Event

from placements.finding.models import Application
from portal.notices.mail import absolute


def calendar_of(application: Application) -> bytes:
    """The .ics file of the interview. A later version of the same entry replaces the one before."""
    opportunity = application.opportunity
    entry = Event()
    entry.add("uid", f"interview-{application.pk}@placement-portal")
    entry.add("sequence", application.version)
    entry.add("dtstamp", timezone.now().astimezone(UTC))
    entry.add("dtstart", application.interview_at.astimezone(UTC))
    entry.add("dtend", application.interview_ends_at.astimezone(UTC))
    entry.add("summary", f"Interview: {opportunity.role}, {opportunity.employer}")
    entry.add("location", application.interview_where or application.get_interview_way_display())
    words = [application.get_interview_way_display(), application.interview_words]
    entry.add("description", "\n".join([word for word in words if word] + [absolute(application.get_absolute_url())]))
    entry.add("status", "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Placement Portal//Interview//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(entry)
    return calendar.to_ical()
