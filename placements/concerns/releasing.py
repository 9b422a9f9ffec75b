"""The first words for a line manager."""

from django.db import transaction

from placements.concerns.following import proposal_heard
from placements.concerns.models import Concern, Release
from portal.history.models import record


@transaction.atomic
def propose(concern: Concern, text: str, *, by) -> Release:
    """Keep `text` for the line manager of the placement; whoever writes it agrees to it.

    Raises IntegrityError where there are words already that were not taken back.
    """
    release = Release(concern=concern, placement=concern.placement, to=concern.placement.manager, text=text.strip())
    release.stamp(by)
    release.save()
    record(release, f"wrote words for {release.to}", by=by)
    proposal_heard(concern, by=by)
    return release
