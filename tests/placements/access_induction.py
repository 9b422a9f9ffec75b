"""The access table of the induction (see tests/house/test_access.py)."""

from placements.induction.due import induction_of
from tests.placements.access import STAFF_OF_THE_PLACEMENT
from tests.placements.induction_ready import confirmed_induction
from tests.posts import KEEPS_THE_WORDS, POST_ONLY


def induction_confirmed_placement(cast):
    return confirmed_induction(cast).placement_id


def induction_open_placement(cast):
    return induction_of(cast.placement).placement_id


THINGS = {
    "induction_confirmed": induction_confirmed_placement,
    "induction_open": induction_open_placement,
}

FOR_ALL_OF_THE_PLACEMENT = "in | 200 200 200 200 | 404 404 404 | 404 404 404 404"

ROWS = {
    "induction_detail": ("pk=placement", FOR_ALL_OF_THE_PLACEMENT),
    "induction_save": ("pk=placement", KEEPS_THE_WORDS),
    "induction_recall": ("pk=placement", POST_ONLY),
    "induction_ask": ("pk=placement", POST_ONLY),
    "induction_paper": ("pk=induction_open", STAFF_OF_THE_PLACEMENT),
    "induction_reopen": ("pk=induction_confirmed", STAFF_OF_THE_PLACEMENT),
    "induction_print": ("pk=placement", FOR_ALL_OF_THE_PLACEMENT),
    "induction_pdf": ("pk=placement", FOR_ALL_OF_THE_PLACEMENT),
}
