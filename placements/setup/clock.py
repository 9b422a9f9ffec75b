"""What the clock does for changes from a later day: it makes them so."""

from django.utils import timezone

from placements.setup.later import make_so
from placements.setup.models import LaterChange
from portal.clock import due

AT_ONCE = 500


@due
def make_changes_that_are_due(now):
    """Line managers and sites that change today, or should have."""
    rows = LaterChange.objects.filter(done_at=None, withdrawn_at=None, from_on__lte=timezone.localdate(now))
    for change in rows.select_related("manager", "site")[:AT_ONCE]:
        make_so(change, by=None)
