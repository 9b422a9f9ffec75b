"""The logbook: entries (entry.py), what belongs to them (parts.py), and the student's own ratings (ratings.py)."""

from placements.logbook.models.entry import DAYS_KEPT, Entry, EntryQuerySet
from placements.logbook.models.parts import (
    CORRECT_MINUTES,
    FILES_AT_MOST,
    Comment,
    EntryFile,
    EntryGoal,
    Reflection,
    Wording,
)
from placements.logbook.models.ratings import GoalRating, Level

__all__ = [
    "CORRECT_MINUTES",
    "DAYS_KEPT",
    "FILES_AT_MOST",
    "Comment",
    "Entry",
    "EntryFile",
    "EntryGoal",
    "EntryQuerySet",
    "GoalRating",
    "Level",
    "Reflection",
    "Wording",
]
