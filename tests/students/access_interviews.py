"""The access table of getting ready for interviews (see tests/house/test_access.py)."""

from students.interviews.models import Line, Sheet
from tests.posts import ANY_STUDENT_POSTS, POST_ONLY
from tests.students.interview_scenes import question_of, thought_of

STUDENTS = "in | 200 403 403 403 | 200 403 403 | 200 403 403 403"
THE_STUDENTS = "in | 200 403 403 403 | 404 403 403 | 404 403 403 403"
STUDENT_AND_TUTOR = "in | 200 403 200 403 | 404 403 404 | 404 403 404 403"
THE_TUTORS = "in | 403 403 200 403 | 403 403 404 | 403 403 404 403"


def sheet_of(cast, *, is_shared=False) -> int:
    sheet = Sheet.objects.create(student=cast.student_record, name="St Oswin's", does="A hospital", reach="local")
    if is_shared:
        sheet.share(by=cast.student)
    return sheet.pk


def written(cast) -> int:
    thought_of(cast.student_record)
    return 4


THINGS = {
    "interviews_group": written,
    "interviews_question": lambda cast: question_of(cast.student_record).pk,
    "interviews_suggestion": lambda cast: Line.objects.get(code="feedback").pk,
    "interviews_sheet": sheet_of,
    "interviews_shared": lambda cast: sheet_of(cast, is_shared=True),
    "interviews_student": lambda cast: Sheet.objects.get(pk=sheet_of(cast, is_shared=True)).student_id,
}

ROWS = {
    "interview_overview": ("", STUDENTS),
    "interview_pack": ("", STUDENTS),
    "interview_pack_pdf": ("", STUDENTS),
    "worksheet_detail": ("", STUDENTS),
    "worksheet_edit": ("number=interviews_group", STUDENTS),
    "worksheet_clear": ("", ANY_STUDENT_POSTS),
    "interview_question_list": ("", STUDENTS),
    "interview_question_take": ("pk=interviews_suggestion", ANY_STUDENT_POSTS),
    "interview_question_edit": ("pk=interviews_question", THE_STUDENTS),
    "interview_question_remove": ("pk=interviews_question", POST_ONLY),
    "interview_question_restore": ("pk=interviews_question", POST_ONLY),
    "research_list": ("", STUDENTS),
    "research_add": ("", STUDENTS),
    "research_detail": ("pk=interviews_shared", STUDENT_AND_TUTOR),
    "research_edit": ("pk=interviews_sheet", THE_STUDENTS),
    "research_share": ("pk=interviews_sheet", POST_ONLY),
    "research_take_back": ("pk=interviews_shared", POST_ONLY),
    "research_remove": ("pk=interviews_sheet", POST_ONLY),
    "research_restore": ("pk=interviews_sheet", POST_ONLY),
    "student_research": ("pk=interviews_student", THE_TUTORS),
}
