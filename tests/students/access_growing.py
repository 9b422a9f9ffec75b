"""The access table of self-assessments and action plans (see tests/house/test_access.py)."""

from datetime import date

from students.actions.models import Action
from students.selfassessment.growth import FEWEST
from students.selfassessment.models import SelfAssessment
from tests.factories import StudentFactory
from tests.posts import ANY_STUDENT_POSTS, POST_ONLY
from tests.students.test_selfassessment import finished

COORDINATORS = "in | 403 403 403 200 | 403 403 403 | 403 403 403 200"
STUDENTS = "in | 200 403 403 403 | 200 403 403 | 200 403 403 403"
THE_STUDENTS = "in | 200 403 403 403 | 404 403 403 | 404 403 403 403"
STUDENT_AND_TUTOR = "in | 200 403 200 403 | 404 403 404 | 404 403 404 403"
THE_TUTORS = "in | 403 403 200 403 | 403 403 404 | 403 403 404 403"


def shared(cast) -> int:
    assessment = finished(cast.student_record)
    assessment.hand_in(by=cast.student)
    return assessment.pk


def many_shared(cast) -> None:
    """So many that a page about all of them shows figures."""
    for student in StudentFactory.create_batch(FEWEST, provider=cast.provider):
        finished(student).hand_in(by=student.user)


THINGS = {
    "growing_many": many_shared,
    "growing_open": lambda cast: SelfAssessment.objects.create(student=cast.student_record).pk,
    "growing_shared": shared,
    "growing_group": lambda cast: 2,
    "growing_verb": lambda cast: "finish",
    "growing_student": lambda cast: cast.student_record.pk,
    "growing_action": lambda cast: (
        Action.objects.create(student=cast.student_record, improve="Phone calls", due_on=date(2026, 5, 1)).pk
    ),
}

ROWS = {
    "selfassessment_list": ("", STUDENTS),
    "selfassessment_begin": ("", ANY_STUDENT_POSTS),
    "selfassessment_spread": ("=growing_many", COORDINATORS),
    "selfassessment_detail": ("pk=growing_shared", STUDENT_AND_TUTOR),
    "selfassessment_edit": ("pk=growing_open number=growing_group", THE_STUDENTS),
    "selfassessment_act": ("pk=growing_open verb=growing_verb", POST_ONLY),
    "selfassessment_remove": ("pk=growing_open", POST_ONLY),
    "student_growth": ("pk=growing_student", THE_TUTORS),
    "action_list": ("", STUDENTS),
    "action_list_pdf": ("", STUDENTS),
    "action_add": ("", STUDENTS),
    "action_detail": ("pk=growing_action", STUDENT_AND_TUTOR),
    "action_edit": ("pk=growing_action", THE_STUDENTS),
    "action_done": ("pk=growing_action", POST_ONLY),
    "action_remove": ("pk=growing_action", POST_ONLY),
    "student_actions": ("pk=growing_student", THE_TUTORS),
}
