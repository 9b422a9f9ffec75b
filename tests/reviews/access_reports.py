"""The access table of reports (see tests/house/test_access.py); statement and timesheet stand in access.py."""

STAFF_LIST = "in | 403 403 200 200 | 403 403 200 | 403 403 200 200"
OF_A_STUDENT = "in | 200 404 200 200 | 404 404 404 | 404 404 404 404"

THINGS = {
    "reports_student": lambda cast: cast.student_record.pk,
    "reports_kind": lambda cast: "certificate",
}

ROWS = {
    "report_choose": ("", STAFF_LIST),
    "caseload_print": ("", STAFF_LIST),
    "caseload_pdf": ("", STAFF_LIST),
    "student_reports": ("pk=reports_student", OF_A_STUDENT),
    "student_report": ("pk=reports_student kind=reports_kind", OF_A_STUDENT),
    "review_history": ("pk=reports_student", OF_A_STUDENT),
    "review_history_pdf": ("pk=reports_student", OF_A_STUDENT),
    "behaviour_report": ("pk=reports_student", OF_A_STUDENT),
    "behaviour_report_pdf": ("pk=reports_student", OF_A_STUDENT),
}
