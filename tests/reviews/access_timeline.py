"""The access table of the timeline (see tests/house/test_access.py)."""

THINGS = {"timeline_student": lambda cast: cast.student_record.pk}

ROWS = {
    "student_timeline": ("pk=timeline_student", "in | 200 404 200 200 | 404 404 404 | 404 404 404 404"),
    "timeline_own": ("", "in | 200 403 403 403 | 200 403 403 | 200 403 403 403"),
}
