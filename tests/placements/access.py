"""The access table of the placements rooms (see tests/house/test_access.py)."""

from datetime import date

from tests.factories import SpellFactory, TimesheetFactory

def flag_of(cast):
    week = TimesheetFactory(placement=cast.placement)
    return week.flags.create(code="night", day=week.monday, says="Night work")


THINGS = {
    "monday": lambda cast: date(2026, 3, 9),
    "flag": lambda cast: flag_of(cast).pk,
    "absence": lambda cast: cast.placement.absences.create(day=date(2026, 3, 9), kind="sick").pk,
    "placement": lambda cast: cast.placement.pk,
    "timesheet": lambda cast: SpellFactory(timesheet=TimesheetFactory(placement=cast.placement)).timesheet.pk,
}

ROWS = {
    "student_home": ("", "in | 200 403 403 403 | 200 403 403 | 200 403 403 403"),
    "week_list": ("", "in | 200 403 403 403 | 200 403 403 | 200 403 403 403"),
    "week_current": ("", "in | 302 403 403 403 | 302 403 403 | 302 403 403 403"),
    "week_open": ("placement=placement monday=monday", "in | 200 200 200 200 | 404 404 404 | 404 404 404 404"),
    "week_edit": ("pk=timesheet", "in | 200 200 200 200 | 404 404 404 | 404 404 404 404"),
    "week_recall": ("pk=timesheet", "in | 405 405 405 405 | 405 405 405 | 405 405 405 405"),
    "week_reopen": ("pk=timesheet", "in | 405 405 405 405 | 405 405 405 | 405 405 405 405"),
    "paper_week": ("placement=placement monday=monday", "in | 403 403 200 403 | 403 403 404 | 403 403 404 403"),
    "flag_seen": ("pk=flag", "in | 405 405 405 405 | 405 405 405 | 405 405 405 405"),
    "absence_list": ("", "in | 200 403 403 403 | 200 403 403 | 200 403 403 403"),
    "absence_remove": ("pk=absence", "in | 405 405 405 405 | 405 405 405 | 405 405 405 405"),
}
