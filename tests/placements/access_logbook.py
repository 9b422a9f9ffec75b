"""The access table of the logbook (see tests/house/test_access.py)."""

from placements.goals.models import LearningGoal
from placements.logbook.commenting import comment
from placements.logbook.views.evidence import rate
from tests.placements.logbooks import a_goal, a_picture, shared
from tests.posts import POST_ONLY


def goal_of(cast) -> LearningGoal:
    return cast.placement.goals.first() or a_goal(cast.placement)


THINGS = {
    "logbook_shared": lambda cast: shared(cast).pk,
    "logbook_file": lambda cast: a_picture(shared(cast)).pk,
    "logbook_comment": lambda cast: comment(shared(cast), "Well spotted", by=cast.manager).pk,
    "logbook_goal": lambda cast: goal_of(cast).pk,
    "logbook_rating": lambda cast: rate(goal_of(cast), 3, "", by=cast.student).pk,
}

EVERYBODY = "in | 200 200 200 200 | 200 200 200 | 200 200 200 200"
WHO_SEES_THE_PLACEMENT = "in | 200 200 200 200 | 404 404 404 | 404 404 404 404"
OWN = "in | 200 403 403 403 | 404 403 403 | 404 403 403 403"

ROWS = {
    "logbook_list": ("=logbook_shared", EVERYBODY),
    "logbook_add": ("", "in | 200 403 403 403 | 200 403 403 | 200 403 403 403"),
    "logbook_entry": ("pk=logbook_shared", WHO_SEES_THE_PLACEMENT),
    "logbook_edit": ("pk=logbook_shared", OWN),
    "logbook_history": ("pk=logbook_shared", "in | 200 404 200 200 | 404 404 404 | 404 404 404 404"),
    "logbook_publish": ("pk=logbook_shared", POST_ONLY),
    "logbook_take_back": ("pk=logbook_shared", POST_ONLY),
    "logbook_remove": ("pk=logbook_shared", POST_ONLY),
    "logbook_put_back": ("pk=logbook_shared", POST_ONLY),
    "logbook_ask": ("pk=logbook_shared", POST_ONLY),
    "logbook_comment": ("pk=logbook_shared", POST_ONLY),
    "logbook_comment_edit": ("pk=logbook_comment", "in | 404 200 404 404 | 404 404 404 | 404 404 404 404"),
    "logbook_comment_remove": ("pk=logbook_comment", POST_ONLY),
    "logbook_file": ("pk=logbook_file", WHO_SEES_THE_PLACEMENT),
    "logbook_file_remove": ("pk=logbook_file", POST_ONLY),
    "logbook_placement": ("pk=placement =logbook_shared", WHO_SEES_THE_PLACEMENT),
    "logbook_print": ("pk=placement", WHO_SEES_THE_PLACEMENT),
    "logbook_pdf": ("pk=placement", WHO_SEES_THE_PLACEMENT),
    "goal_evidence": ("pk=placement goal=logbook_goal", WHO_SEES_THE_PLACEMENT),
    "goal_rate": ("pk=placement goal=logbook_goal", POST_ONLY),
    "goal_rating_remove": ("pk=logbook_rating", POST_ONLY),
}
