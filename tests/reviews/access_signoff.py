"""The access table of sign-offs (see tests/house/test_access.py)."""

from reviews.signoff.models import Evidence, FigureQuestion, SignOff, SpecialConsideration
from tests.posts import POST_ONLY
from tests.reviews.signoffs import asked, proposed_with_evidence, signed_off

OWN_OR_STAFF = "in | 200 404 200 200 | 404 404 404 | 404 404 404 404"
STAFF = "in | 403 403 200 200 | 403 403 404 | 403 403 404 404"
TUTOR = "in | 403 403 200 403 | 403 403 404 | 403 403 404 404"
OFFICE = "in | 403 403 403 200 | 403 403 403 | 403 403 403 200"
STUDENTS = "in | 200 403 403 403 | 200 403 403 | 200 403 403 403"


def signoff_of(cast):
    return (SignOff.objects.first() or signed_off(cast)).pk


def consideration_of(cast):
    return (SpecialConsideration.objects.first() or proposed_with_evidence(cast)).pk


def evidence_of(cast):
    return Evidence.objects.get(consideration=consideration_of(cast)).pk


def question_of(cast):
    return (FigureQuestion.objects.first() or asked(cast)).pk


THINGS = {
    "signoff_student": lambda cast: cast.student_record.pk,
    "signoff": signoff_of,
    "signoff_consideration": consideration_of,
    "signoff_evidence": evidence_of,
    "signoff_question": question_of,
}

ROWS = {
    "completion_own": ("", STUDENTS),
    "completion": ("pk=signoff_student", OWN_OR_STAFF),
    "reach_seen": ("pk=signoff_student", POST_ONLY),
    "judgement_edit": ("pk=signoff_student", TUTOR),
    "signoff_add": ("pk=signoff_student", STAFF),
    "signoff_list": ("", OFFICE),
    "signoff_detail": ("pk=signoff", OWN_OR_STAFF),
    "signoff_reopen": ("pk=signoff", POST_ONLY),
    "consideration_add": ("pk=signoff_student", STAFF),
    "consideration_detail": ("pk=signoff_consideration", OWN_OR_STAFF),
    "consideration_confirm": ("pk=signoff_consideration", POST_ONLY),
    "consideration_refuse": ("pk=signoff_consideration", POST_ONLY),
    "consideration_withdraw": ("pk=signoff_consideration", POST_ONLY),
    "evidence_file": ("pk=signoff_evidence", OWN_OR_STAFF),
    "figure_question_list": ("pk=signoff_student", OWN_OR_STAFF),
    "figure_question_add": ("", STUDENTS),
    "figure_question_detail": ("pk=signoff_question", OWN_OR_STAFF),
    "figure_question_answer": ("pk=signoff_question", POST_ONLY),
    "figure_question_object": ("pk=signoff_question", POST_ONLY),
    "figure_question_decide": ("pk=signoff_question", POST_ONLY),
    "figure_question_withdraw": ("pk=signoff_question", POST_ONLY),
}
