"""Of several placements (or courses) of a student: those that are meant."""

from collections.abc import Iterable
from datetime import date

from placements.models import Placement


def without_tasters(placements: Iterable) -> list:
    """Industry placements alone, of placements (or courses) in hand."""
    return [placement for placement in placements if not placement.is_taster]


def current_of(placements, today: date):
    """The placement to look at on `today`: the active one, else the next one planned, else None.

    Where several go on today, the one where it is a day of work, and of these a work taster: only then are their
    working patterns read.
    """
    running = [placement for placement in placements if placement.status != Placement.Status.ENDED]
    today_on = [placement for placement in running if placement.goes_on(today)]
    if len(today_on) > 1:
        return min(today_on, key=lambda p: (not p.pattern.on(today), not p.is_taster, p.first_on))
    return min(
        running, key=lambda p: (p.status != Placement.Status.ACTIVE, not p.covers(today), p.first_on), default=None
    )
