"""The access table of the students rooms (see tests/house/test_access.py)."""

from tests.posts import POST_ONLY

THINGS = {
    "student": lambda cast: cast.student_record.pk,
}

COORDINATOR_OF_THE_STUDENT = "in | 403 403 403 200 | 403 403 403 | 403 403 403 404"

ROWS = {
    "student_add": ("", "in | 403 403 403 200 | 403 403 403 | 403 403 403 200"),
    "student_detail": ("pk=student", "in | 403 403 200 200 | 403 403 404 | 403 403 404 404"),
    "student_edit": ("pk=student", COORDINATOR_OF_THE_STUDENT),
    "student_move": ("pk=student", COORDINATOR_OF_THE_STUDENT),
    "student_remove": ("pk=student", POST_ONLY),
    "student_leave": ("pk=student", "in | 403 403 200 200 | 403 403 404 | 403 403 404 404"),
    "student_return": ("pk=student", POST_ONLY),
    "tlevel_list": ("", "in | 403 403 200 200 | 403 403 200 | 403 403 200 200"),
    "rules": ("", "in | 200 200 200 200 | 200 200 200 | 200 200 200 200"),
}
