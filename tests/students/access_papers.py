"""The access table of CVs and cover letters (see tests/house/test_access.py)."""

from tests.posts import POST_ONLY
from tests.students.paper_scenes import version_of

STUDENTS = "in | 200 403 403 403 | 200 403 403 | 200 403 403 403"
THE_STUDENTS = "in | 200 403 403 403 | 404 403 403 | 404 403 403 403"
STUDENT_AND_STAFF = "in | 200 403 200 200 | 404 403 404 | 404 403 404 404"
STAFF = "in | 403 403 200 200 | 403 403 404 | 403 403 404 404"

THINGS = {
    "paper_letter": lambda cast: version_of(cast.student_record, "good", letter="The council").paper_id,
    "paper_cv_asked": lambda cast: version_of(cast.student_record, "asked").pk,
    "paper_cv_kept": lambda cast: version_of(cast.student_record).pk,
    "paper_kind": lambda cast: "letter",
    "paper_student": lambda cast: version_of(cast.student_record, "given").paper.student_id,
}

ROWS = {
    "paper_list": ("", STUDENTS),
    "paper_add": ("kind=paper_kind", STUDENTS),
    "paper_detail": ("pk=paper_letter", THE_STUDENTS),
    "paper_edit": ("pk=paper_letter", THE_STUDENTS),
    "paper_version_add": ("pk=paper_letter", THE_STUDENTS),
    "paper_version_edit": ("pk=paper_cv_kept", THE_STUDENTS),
    "paper_version_file": ("pk=paper_cv_asked", STUDENT_AND_STAFF),
    "paper_version_ask": ("pk=paper_cv_kept", POST_ONLY),
    "paper_version_take_back": ("pk=paper_cv_asked", POST_ONLY),
    "paper_version_use": ("pk=paper_cv_kept", POST_ONLY),
    "paper_version_withdraw": ("pk=paper_cv_kept", POST_ONLY),
    "paper_version_restore": ("pk=paper_cv_kept", POST_ONLY),
    "paper_feedback": ("pk=paper_cv_asked", STAFF),
    "paper_feedback_remove": ("pk=paper_cv_asked", POST_ONLY),
    "student_papers": ("pk=paper_student", STAFF),
}
