"""Whether somebody pressed twice."""

from placements.timesheets.models import Spell


def is_same(one: Spell, other: Spell) -> bool:
    """Whether two spells of a day say the same: a second click."""
    return (one.starts, one.finishes, one.activity) == (other.starts, other.finishes, other.activity)
