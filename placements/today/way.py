"""How far a student is on their way: getting ready, on placement, finishing."""

from placements.models import Placement


def stage_of(placements) -> str:
    """The name of a stage of `portal.navigation.FOLDER`: 'before', 'during' or 'after' all placements."""
    statuses = {placement.status for placement in placements}
    if Placement.Status.ACTIVE in statuses:
        return "during"
    return "after" if statuses == {Placement.Status.ENDED} else "before"
