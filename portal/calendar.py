"""Calendar entries (RFC 5545): one file that a calendar takes in, updates and takes out again."""

from datetime import UTC, datetime, timedelta

from django.http import HttpResponse
from django.utils import timezone


def calendar_response(
    *,
    uid: str,
    sequence: int,
    starts_at: datetime,
    minutes: int,
    title: str,
    where: str,
    words: str,
    cancelled: bool = False,
    filename: str = "meeting.ics",
) -> HttpResponse:
    """An .ics file with one entry. The same `uid` with a greater `sequence` replaces what was taken in before.

    `cancelled` takes the entry out of the calendar again (METHOD:CANCEL).
    """
    from icalendar import Calendar, Event

    entry = Event()
    entry.add("uid", uid)
    entry.add("sequence", sequence)
    entry.add("dtstamp", timezone.now().astimezone(UTC))
    entry.add("dtstart", starts_at.astimezone(UTC))
    entry.add("dtend", (starts_at + timedelta(minutes=minutes)).astimezone(UTC))
    entry.add("summary", title)
    entry.add("location", where)
    entry.add("description", words)
    entry.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Placement Portal//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(entry)
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
