"""What the clock does for the standings: a slice every minute, those first to whom something happened."""

from portal.clock import due
from reviews.risk import keeping

AT_MOST = 2_000


@due
def look_at_students(now):
    """With nothing due: three queries."""
    if ids := keeping.due(now, AT_MOST):
        keeping.reckon(ids, now)
