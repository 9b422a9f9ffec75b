"""The access table of the cohort's pages (see tests/house/test_access.py)."""

STAFF = "in | 403 403 200 200 | 403 403 200 | 403 403 200 200"
OFFICE = "in | 403 403 403 200 | 403 403 403 | 403 403 403 200"

THINGS = {"cohort_name": lambda cast: "risk", "cohort_kind": lambda cast: "csv"}

ROWS = {
    "cohort": ("", STAFF),
    "cohort_print": ("", STAFF),
    "cohort_pdf": ("", STAFF),
    "cohort_students": ("", STAFF),
    "cohort_tutors": ("", OFFICE),
    "cohort_employers": ("", OFFICE),
    "cohort_table": ("name=cohort_name kind=cohort_kind", STAFF),
}
