"""The access table of readiness (see tests/house/test_access.py)."""

from students.readiness.models import Point
from students.readiness.settling import settle
from tests.posts import POST_ONLY

STAFF = "in | 403 403 200 200 | 403 403 200 | 403 403 200 200"
OWN_STAFF = "in | 403 403 200 200 | 403 403 404 | 403 403 404 404"
STUDENTS = "in | 200 403 403 403 | 200 403 403 | 200 403 403 403"


def round_of(cast) -> int:
    return settle([cast.student_record], list(Point.objects.all()), cast.provider, by=cast.tutor).pk


THINGS = {
    "readiness_student": lambda cast: cast.student_record.pk,
    "readiness_round": round_of,
}

ROWS = {
    "readiness_list": ("", STAFF),
    "readiness_own": ("", STUDENTS),
    "readiness_undo": ("pk=readiness_round", POST_ONLY),
    "student_readiness": ("pk=readiness_student", OWN_STAFF),
}
