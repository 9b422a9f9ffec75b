"""The student's week (week.py) and what stands in it (content.py)."""

from placements.timesheets.models.content import Absence, AbsenceKind, Flag, FlagQuerySet, Spell, away_yet_at_work
from placements.timesheets.models.week import (
    UNANSWERED_DAYS,
    Timesheet,
    TimesheetQuerySet,
    monday_of,
    unanswered_since,
)
from placements.timesheets.undoing import UNDO_MINUTES

__all__ = [
    "UNANSWERED_DAYS",
    "UNDO_MINUTES",
    "Absence",
    "AbsenceKind",
    "Flag",
    "FlagQuerySet",
    "Spell",
    "Timesheet",
    "TimesheetQuerySet",
    "away_yet_at_work",
    "monday_of",
    "unanswered_since",
]
