"""The access table of support on the student's terms (see tests/house/test_access.py)."""

from students.support.models import Need, SupportKind
from tests.posts import POST_ONLY

STUDENTS = "in | 200 403 403 403 | 200 403 403 | 200 403 403 403"
THE_STUDENTS = "in | 200 403 403 403 | 404 403 403 | 404 403 403 403"
STAFF = "in | 403 403 200 200 | 403 403 200 | 403 403 200 200"
STAFF_OF_THE_STUDENT = "in | 403 403 200 200 | 403 403 404 | 403 403 404 404"

HELPS = "Tell me the day before"


def need_of(cast, code: str = "learning", *, state: str = "draft", **facts) -> Need:
    """A need of the cast's student: draft, shared, office (shared with the placement office too) or ended."""
    kind = SupportKind.objects.get(code=code)
    facts = {"words": "zebra words", "helps": HELPS} | facts
    need = Need.objects.create(student=cast.student_record, kind=kind, kind_words=kind.title, **facts)
    if state in ("shared", "office"):
        need.share(by=cast.student, with_office=state == "office")
    if state == "ended":
        need.end(by=cast.student)
    return need


THINGS = {
    "support_need": lambda cast: need_of(cast).pk,
    "support_student": lambda cast: need_of(cast, state="shared").student_id,
}

ROWS = {
    "support_list": ("", STUDENTS),
    "support_add": ("", STUDENTS),
    "support_shared_list": ("", STAFF),
    "support_detail": ("pk=support_need", THE_STUDENTS),
    "support_edit": ("pk=support_need", THE_STUDENTS),
    "support_share": ("pk=support_need", THE_STUDENTS),
    "support_take_back": ("pk=support_need", POST_ONLY),
    "support_end": ("pk=support_need", POST_ONLY),
    "support_reopen": ("pk=support_need", POST_ONLY),
    "support_remove": ("pk=support_need", POST_ONLY),
    "student_support": ("pk=support_student", STAFF_OF_THE_STUDENT),
}
