"""What belongs to the end of a placement."""

from placements.ending.models.early import EarlyEnd, EndReason
from placements.ending.models.feedback import Feedback, FeedbackAnswer, FeedbackStatement, Recommend
from placements.ending.models.opening import OPENS_BEFORE, is_open_on, opens_on
from placements.ending.models.own import Handover, Letter, Presentation, Reflection
from placements.ending.models.reference import Reference

__all__ = [
    "OPENS_BEFORE",
    "EarlyEnd",
    "EndReason",
    "Feedback",
    "FeedbackAnswer",
    "FeedbackStatement",
    "Handover",
    "Letter",
    "Presentation",
    "Recommend",
    "Reference",
    "Reflection",
    "is_open_on",
    "opens_on",
]
