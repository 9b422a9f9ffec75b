"""Review meetings: the meeting and its way, what is written for and at it, and the provider's pattern."""

from reviews.meetings.models.described import Way
from reviews.meetings.models.meeting import Meeting
from reviews.meetings.models.parts import Action, Confirmation, GoalWord, OfferedDate, Party, Preparation
from reviews.meetings.models.pattern import Anchor, PatternMeeting

__all__ = [
    "Action",
    "Anchor",
    "Confirmation",
    "GoalWord",
    "Meeting",
    "OfferedDate",
    "Party",
    "PatternMeeting",
    "Preparation",
    "Way",
]
