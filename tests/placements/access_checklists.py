"""The access table of a provider's own checklist points (see tests/house/test_access.py)."""

from placements.checklists.keeping import add_point
from placements.checklists.models import Point
from tests.posts import POST_ONLY


def checklists_point_of(cast):
    """A point of the cast's own provider."""
    return add_point(Point(wording="I know how to sign in at the gate"), provider=cast.provider, by=cast.coordinator)


THINGS = {"checklists_point": lambda cast: checklists_point_of(cast).pk}

COORDINATORS = "in | 403 403 403 200 | 403 403 403 | 403 403 403 200"

ROWS = {
    "point_list": ("", COORDINATORS),
    "point_add": ("", COORDINATORS),
    "point_edit": ("pk=checklists_point", "in | 403 403 403 200 | 403 403 403 | 403 403 403 404"),
    "point_retire": ("pk=checklists_point", POST_ONLY),
    "point_restore": ("pk=checklists_point", POST_ONLY),
}
