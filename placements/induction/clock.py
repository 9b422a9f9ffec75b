"""What the clock does for inductions: placements that came in bulk (and in time) get theirs."""

from placements.induction.due import refresh, without_one
from portal.clock import due

AT_ONCE = 500


@due
def make_inductions(now):
    """For placements that run or are planned and have none yet; the rest follows with the next tick."""
    if keys := list(without_one().values_list("pk", flat=True)[:AT_ONCE]):
        refresh(*keys)
