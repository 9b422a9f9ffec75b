"""Times of one day, to the minute. As a finish, midnight (00:00) is the end of the day, not its beginning."""

from datetime import time

from django.db.models import F, Q

MIDNIGHT = time()
DAY = 24 * 60


def minute_of(moment: time) -> int:
    """Minutes since midnight."""
    return moment.hour * 60 + moment.minute


def finish_minute(finishes: time) -> int:
    """The same of a finish: midnight is 24:00."""
    return minute_of(finishes) or DAY


def minutes_between(starts: time, finishes: time) -> int:
    """Whole minutes from a start to a finish on the same day."""
    return finish_minute(finishes) - minute_of(starts)


def is_in_turn(starts: time, finishes: time) -> bool:
    """Whether the finish is later than the start. From midnight to midnight is a slip, not a day of 24 hours."""
    return finishes > starts or finishes == MIDNIGHT < starts


def stored_in_turn() -> Q:
    """The same for a constraint on `starts` and `finishes`."""
    return Q(finishes__gt=F("starts")) | Q(finishes=MIDNIGHT, starts__gt=MIDNIGHT)


def overlap(one, other) -> bool:
    """Whether two spells of a day (with `starts` and `finishes`) share some time."""
    return minute_of(one.starts) < finish_minute(other.finishes) and minute_of(other.starts) < finish_minute(
        one.finishes
    )
