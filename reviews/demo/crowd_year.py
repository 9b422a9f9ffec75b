"""How far the placements of a crowd are: most of them go well, some do not, and each is somewhere on its way."""

from math import ceil
from random import Random
from typing import NamedTuple

from portal.times_of_day import minutes_between
from reviews.demo.places import PATTERNS, SHORTER

REQUIRED = 315 * 60


class Span(NamedTuple):
    """A placement in weeks: it `begun` so many ago and `lasts` so many, with days as in `pattern`.

    It has ended where it begun more weeks ago than it lasts.
    """

    pattern: list
    begun: int
    lasts: int
    ended_because: str = "All agreed weeks were worked."


def somewhere_in_the_year(rng: Random) -> Span | None:
    """Of a hundred students four have no placement; ninety are agreed enough hours, with some weeks to spare, four too
    few; one ended early, and one works far too little.
    """
    draw, pattern = rng.random(), PATTERNS[rng.choice(list(PATTERNS))]
    needed = ceil(REQUIRED / minutes_of(pattern))
    if draw < 0.04:
        return None
    if draw < 0.05:
        return Span(SHORTER["short friday"], rng.randint(3, 20), 30)
    if draw < 0.06:
        lasts = rng.randint(3, 6)
        return Span(pattern, lasts + rng.randint(1, 6), lasts, "The employer could not keep the place.")
    lasts = needed - rng.randint(1, 3) if draw < 0.1 else needed + rng.randint(2, 5)
    begun = rng.randint(1, lasts + 1)
    return Span(pattern, begun + (begun == lasts), lasts)  # in its last week or over: not over and still running


def minutes_of(pattern: list) -> int:
    """The hours of a week, in minutes."""
    return sum(minutes_between(starts, finishes) - pause for _, starts, finishes, pause in pattern)
