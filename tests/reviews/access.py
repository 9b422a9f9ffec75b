"""The access table of the reviews rooms (see tests/house/test_access.py)."""

THINGS = {}

OWN_STUDENT = "in | 200 404 200 200 | 404 404 404 | 404 404 404 404"
OWN_PLACEMENT = "in | 200 404 200 200 | 404 404 404 | 404 404 404 404"

ROWS = {
    "tutor_home": ("", "in | 403 403 200 403 | 403 403 200 | 403 403 200 403"),
    "coordinator_home": ("", "in | 403 403 403 200 | 403 403 403 | 403 403 403 200"),
    "managed_list": ("", "in | 403 200 403 403 | 403 200 403 | 403 200 403 403"),
    "need_list": ("", "in | 403 403 403 200 | 403 403 403 | 403 403 403 200"),
    "student_moves": ("", "in | 403 403 403 302 | 403 403 403 | 403 403 403 302"),
    "statement": ("pk=student", OWN_STUDENT),
    "statement_pdf": ("pk=student", OWN_STUDENT),
    "timesheet_print": ("pk=timesheet", OWN_PLACEMENT),
    "timesheet_pdf": ("pk=timesheet", OWN_PLACEMENT),
}
