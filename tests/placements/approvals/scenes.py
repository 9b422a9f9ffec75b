"""Weeks that wait for a manager: shared by the tests of approvals."""

from datetime import date

from time_machine import travel

from placements.approvals.telling import mail_at_once
from placements.models import PatternDay, Placement
from placements.timesheets.models import Spell, Timesheet
from portal.history.models import Event
from tests.conftest import make_cast
from tests.factories import SpellFactory, TimesheetFactory, like, many_students
from tests.poured import scene

MONDAYS = [date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16)]
HOME = "/approvals/"
FRIDAY_AFTERNOON, SUNDAY_EVENING = "2026-03-20 15:00", "2026-03-22 18:00"


def waiting(placement, monday=MONDAYS[0], message="", **spell):
    """A week that its student handed in: seven hours on Monday unless told otherwise."""
    timesheet = TimesheetFactory(placement=placement, monday=monday)
    timesheet.minutes = SpellFactory(timesheet=timesheet, **spell).minutes
    timesheet.save(update_fields=["minutes"])
    timesheet.hand_in(by=placement.student.user, message=message)
    return timesheet


def waiting_of_many(cast, number: int):
    """The same week of so many students of the manager, in few queries."""
    week = waiting(cast.placement)
    students = many_students(number - 1, provider=cast.provider, tutor=cast.tutor)
    placements = Placement.objects.bulk_create(like(cast.placement, student=student) for student in students)
    days = list(cast.placement.pattern_days.all())
    PatternDay.objects.bulk_create(like(day, placement=placement) for placement in placements for day in days)
    weeks = Timesheet.objects.bulk_create(like(week, placement=placement) for placement in placements)
    [spell], [event] = week.spells.all(), Event.objects.about(week)
    Spell.objects.bulk_create(like(spell, timesheet=one) for one in weeks)
    Event.objects.bulk_create(like(event, about_id=one.pk) for one in weeks)


def fresh(timesheet) -> Timesheet:
    return Timesheet.objects.get(pk=timesheet.pk)


@scene
@travel(SUNDAY_EVENING, tick=False)
def handed_in():
    """The cast, whose student has handed in the first week."""
    cast = make_cast()
    cast.week = waiting(cast.placement)
    return cast


@scene
@travel(SUNDAY_EVENING, tick=False)
def three_handed_in():
    """The cast, whose student has handed in the first three weeks."""
    cast = make_cast()
    cast.weeks = [waiting(cast.placement, monday) for monday in MONDAYS]
    return cast


@scene
@travel(FRIDAY_AFTERNOON, tick=False)
def told_at_once():
    """The cast, whose manager was mailed as soon as the first week was handed in."""
    cast = make_cast()
    cast.told = waiting(cast.placement)
    mail_at_once(cast.manager.pk, cast.told.pk)
    return cast
