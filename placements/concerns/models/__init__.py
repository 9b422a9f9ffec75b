"""A worry of a student: what kind, what was said, an accident's facts, and what the line manager may be told."""

from placements.concerns.models.concern import Concern
from placements.concerns.models.kinds import ConcernKind, Unit
from placements.concerns.models.release import Release
from placements.concerns.models.rows import Contact, Visibility
from placements.concerns.models.said import Accident, Message

__all__ = ["Accident", "Concern", "ConcernKind", "Contact", "Message", "Release", "Unit", "Visibility"]
