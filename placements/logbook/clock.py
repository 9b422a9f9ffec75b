"""What the clock does for logbooks: removed entries go for good after a while."""

from datetime import timedelta

from placements.logbook.models import DAYS_KEPT, Entry
from placements.logbook.writing import delete_for_good
from portal.clock import due


@due
def delete_removed_entries(now):
    """Delete what was removed DAYS_KEPT days ago."""
    long_ago = now - timedelta(days=DAYS_KEPT)
    for entry in Entry.objects.filter(status=Entry.Status.REMOVED, removed_at__lte=long_ago)[:200]:
        delete_for_good(entry)
