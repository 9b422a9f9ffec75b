"""How far the placements of a crowd are: most of them go well, some do not, and each is somewhere on its way."""

from math import ceil
from random import Random
from typing import NamedTuple

from placements.models import Placement
from portal.times_of_day import minutes_between
from reviews.demo.places import PATTERNS, SHORTER

REQUIRED = 315 * 60
SETTLING_IN = 4  # weeks of the first year in which nobody is on placement
LOST = "The employer could not keep the place."


class Span(NamedTuple):
    """A placement in weeks: it `begun` so many ago (less than none: begins in so many) and `lasts` so many, with days
    as in `pattern`.
    """

    pattern: list
    begun: int
    lasts: int
    ended_because: str = "All agreed weeks were worked."

    @property
    def has_ended(self) -> bool:
        return self.begun > self.lasts

    @property
    def is_planned(self) -> bool:
        return self.begun < 0

    @property
    def status(self) -> Placement.Status:
        if self.is_planned:
            return Placement.Status.PLANNED
        return Placement.Status.ENDED if self.has_ended else Placement.Status.ACTIVE


def final_year(rng: Random) -> Span | None:
    """Of a hundred students four have no placement; ninety are agreed enough hours, with some weeks to spare, four too
    few; one ended early, and one works far too little. The placements of some twenty are over, for two months at most.
    """
    draw, pattern = rng.random(), PATTERNS[rng.choice(list(PATTERNS))]
    needed = ceil(REQUIRED / minutes_of(pattern))
    if draw < 0.04:
        return None
    if draw < 0.05:
        return Span(SHORTER["short friday"], rng.randint(3, 20), 30)
    if draw < 0.06:
        lasts = rng.randint(3, 6)
        return Span(pattern, lasts + rng.randint(1, 6), lasts, LOST)
    lasts = needed - rng.randint(1, 3) if draw < 0.1 else needed + rng.randint(2, 5)
    begun = rng.randint(1, lasts + 6)
    return Span(pattern, begun + (begun == lasts), lasts)  # in its last week or over: not over and still running


def first_year(rng: Random, weeks: int) -> Span | None:
    """`weeks` after the first of September. Of a hundred students sixty-five have no placement yet, twenty-five begin
    one in the weeks to come, and ten are in their first weeks of one, once they have settled in.
    """
    draw, pattern = rng.random(), PATTERNS[rng.choice(list(PATTERNS))]
    lasts = ceil(REQUIRED / minutes_of(pattern)) + rng.randint(2, 5)
    most = min(weeks - SETTLING_IN, 8, lasts - 1)
    if draw < 0.1 and most > 0:
        return Span(pattern, rng.randint(1, most), lasts)
    return Span(pattern, -rng.randint(2, 20), lasts) if draw < 0.35 else None


def minutes_of(pattern: list) -> int:
    """The hours of a week, in minutes."""
    return sum(minutes_between(starts, finishes) - pause for _, starts, finishes, pause in pattern)
