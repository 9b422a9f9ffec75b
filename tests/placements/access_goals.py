"""The access table of learning goals (see tests/house/test_access.py)."""

from placements.goals.models import LibraryGoal
from tests.posts import ANY_TUTOR_OF_THE_COLLEGE_POSTS, POST_ONLY

STAFF = "in | 403 403 200 200 | 403 403 404 | 403 403 404 404"
OWN_LIBRARY = "in | 403 403 200 200 | 403 403 200 | 403 403 404 404"


def library_goal_of(cast):
    return LibraryGoal.objects.create(
        provider=cast.provider, tlevel=cast.student_record.tlevel, wording="Write tests before the code"
    )


THINGS = {
    "goals_placement": lambda cast: cast.placement.pk,
    "library_goal": lambda cast: library_goal_of(cast).pk,
}

ROWS = {
    "goal_list": ("pk=goals_placement", "in | 200 200 200 200 | 404 404 404 | 404 404 404 404"),
    "goal_edit": ("pk=goals_placement", STAFF),
    "goal_choose": ("pk=goals_placement", STAFF),
    "goal_send": ("pk=goals_placement", POST_ONLY),
    "goal_take_back": ("pk=goals_placement", POST_ONLY),
    "goal_agreed": ("pk=goals_placement", STAFF),
    "library_goal_list": ("", "in | 403 403 200 200 | 403 403 200 | 403 403 200 200"),
    "library_goal_add": ("", "in | 403 403 200 200 | 403 403 200 | 403 403 200 200"),
    "library_goal_edit": ("pk=library_goal", OWN_LIBRARY),
    "library_goal_remove": ("pk=library_goal", ANY_TUTOR_OF_THE_COLLEGE_POSTS),
}
