"""The access table of the time before day one (see tests/house/test_access.py)."""

from tests.placements.access_induction import FOR_ALL_OF_THE_PLACEMENT
from tests.posts import KEEPS_THE_WORDS, POST_ONLY

ROWS = {
    "arrangements_detail": ("pk=placement", "in | 200 404 200 200 | 404 404 404 | 404 404 404 404"),
    "arrangements_save": ("pk=placement", KEEPS_THE_WORDS),
    "first_day": ("pk=placement", FOR_ALL_OF_THE_PLACEMENT),
    "first_day_pdf": ("pk=placement", FOR_ALL_OF_THE_PLACEMENT),
    "first_day_edit": ("pk=placement", "in | 403 200 200 200 | 404 404 404 | 404 404 404 404"),
    "first_day_ask": ("pk=placement", POST_ONLY),
    "briefing_card": ("pk=placement", FOR_ALL_OF_THE_PLACEMENT),
    "briefing_pdf": ("pk=placement", FOR_ALL_OF_THE_PLACEMENT),
    "briefing_ask": ("pk=placement", POST_ONLY),
}
