"""Weeks of seven-hour days as their rows, for pages and figures that only read them: nobody is asked or mailed."""

from datetime import date, timedelta

from django.utils import timezone

from placements.hours.totals import refresh
from placements.timesheets.models import Spell
from tests.factories import SpellFactory, TimesheetFactory

MONDAY = date(2026, 3, 2)


def a_week(placement, weeks=0, days=5, status="approved"):
    """So many weeks after MONDAY, with the stamps that go with its status."""
    now, student, manager = timezone.now(), placement.student.user, placement.manager
    stamps = {"status": status, "handed_in_at": now, "handed_in_by": student}
    if status in ("approved", "sent_back"):
        stamps |= {"decided_at": now, "decided_by": manager}
    if status == "sent_back":
        stamps["reason"] = "You left at three"
    monday = MONDAY + timedelta(weeks=weeks)
    timesheet = TimesheetFactory(placement=placement, monday=monday, minutes=420 * days, **stamps)
    worked = [monday + timedelta(days=n) for n in range(days)]
    Spell.objects.bulk_create(SpellFactory.build(timesheet=timesheet, day=day, minutes=420) for day in worked)
    refresh(placement.student_id)
    return timesheet
