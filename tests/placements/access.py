"""The access table of the placements rooms (see tests/house/test_access.py)."""

from tests.factories import SpellFactory, TimesheetFactory

THINGS = {
    "placement": lambda cast: cast.placement.pk,
    "timesheet": lambda cast: SpellFactory(timesheet=TimesheetFactory(placement=cast.placement)).timesheet.pk,
}

ROWS = {}
