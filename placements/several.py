"""Of several placements (or courses) of a student: those that are meant."""

from collections.abc import Iterable
from datetime import date

from placements.models import Placement
from portal.words import short_span


def without_tasters(placements: Iterable) -> list:
    """Industry placements alone, of placements (or courses) in hand."""
    return [placement for placement in placements if not placement.is_taster]


def told_apart(placements: Iterable[Placement]) -> list[Placement]:
    """Placements of a student that stand beside each other, each with a name of its own (`where`).

    It is the employer's; two at one employer are told by what they are, and where that is the same by their days:
    'Harbour (placement)' and 'Harbour (work taster)', 'Harbour (work taster, 3 to 4 December)'.
    """
    placements = list(placements)
    for one in placements:
        same = [other for other in placements if other.employer_id == one.employer_id and other.pk != one.pk]
        if same:
            is_alike = any(other.kind == one.kind for other in same)
            days = f", {short_span(one.first_on, one.last_on)}" if is_alike else ""
            one.where = f"{one.employer} ({one.called}{days})"
    return placements


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
