"""The access table of the later pages of setting up (see tests/house/test_access.py)."""

from datetime import date

from placements.setup.adjustments import write_adjustment
from placements.setup.models import LaterChange
from tests.posts import POST_ONLY

STAFF = "in | 403 403 200 200 | 403 403 404 | 403 403 404 404"


def later_change_of(cast):
    return LaterChange.objects.create(placement=cast.placement, what="site", from_on=date(2026, 5, 4))


THINGS = {
    "setup_placement": lambda cast: cast.placement.pk,
    "setup_student": lambda cast: cast.student_record.pk,
    "setup_what": lambda cast: "manager",
    "later_change": lambda cast: later_change_of(cast).pk,
    "adjustment": lambda cast: write_adjustment(cast.placement, "Breaks", by=cast.tutor).pk,
}

ROWS = {
    "placement_setup": ("pk=setup_placement", STAFF),
    "placement_reckoning": ("pk=setup_student", "in | 403 403 204 204 | 403 403 404 | 403 403 404 404"),
    "placement_change": ("pk=setup_placement", STAFF),
    "placement_change_from": ("pk=setup_placement what=setup_what", STAFF),
    "later_change_take_back": ("pk=later_change", POST_ONLY),
    "adjustment_list": ("pk=setup_placement", "in | 200 200 200 200 | 404 404 404 | 404 404 404 404"),
    "adjustment_release": ("pk=adjustment", "in | 200 403 403 403 | 404 403 403 | 404 403 403 403"),
    "adjustment_office": ("pk=adjustment", POST_ONLY),
    "adjustment_take_back": ("pk=adjustment", POST_ONLY),
}
