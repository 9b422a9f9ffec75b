"""The access table of reflections on behaviour (see tests/house/test_access.py)."""

from placements.behaviours.models import BehaviourReflection
from tests.placements.reflections import finished
from tests.posts import ANY_STUDENT_POSTS, POST_ONLY

STUDENTS = "in | 200 403 403 403 | 200 403 403 | 200 403 403 403"
THE_STUDENTS = "in | 200 403 403 403 | 404 403 403 | 404 403 403 403"
STUDENT_AND_TUTOR = "in | 200 403 200 403 | 404 403 404 | 404 403 404 403"
THE_TUTORS = "in | 403 403 200 403 | 403 403 404 | 403 403 404 403"


def shared(cast) -> int:
    reflection = finished(cast.student_record)
    reflection.hand_in(by=cast.student)
    return reflection.pk


THINGS = {
    "behaviour_open": lambda cast: BehaviourReflection.objects.create(student=cast.student_record).pk,
    "behaviour_shared": shared,
    "behaviour_group": lambda cast: 2,
    "behaviour_verb": lambda cast: "finish",
    "behaviour_student": lambda cast: cast.student_record.pk,
}

ROWS = {
    "behaviour_list": ("", STUDENTS),
    "behaviour_begin": ("", ANY_STUDENT_POSTS),
    "behaviour_detail": ("pk=behaviour_shared", STUDENT_AND_TUTOR),
    "behaviour_edit": ("pk=behaviour_open number=behaviour_group", THE_STUDENTS),
    "behaviour_act": ("pk=behaviour_open verb=behaviour_verb", POST_ONLY),
    "behaviour_remove": ("pk=behaviour_open", POST_ONLY),
    "student_behaviours": ("pk=behaviour_student", THE_TUTORS),
}
