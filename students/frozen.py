"""The frozen record: once a student is signed off, nothing that the sign-off rests on changes any more.

`Student.signed_off_at` is the one flag, written by `reviews.signoff` only. Rooms whose records belong to a student
refuse here: verbs through `Workflow.frozen`, everything else through `refuse_if_signed_off`. Source: the guidance,
'sign-off'.
"""

from functools import cache

from portal.prepared import Later, Prepared
from portal.workflow import Refused
from students.models import Student, signed_off_says


@cache
def moment_of_signing_off() -> Prepared:
    """When the `student` was signed off, for as long as this process lives: each verb asks, some of them twice."""
    return Prepared(Student.objects.filter(pk=Later("student")).order_by().values_list("signed_off_at"))


def frozen_sentence(student_id: int) -> str:
    """Why nothing of this student's record may change now; '' while it may. Reads the row afresh: one query."""
    for (moment,) in moment_of_signing_off().asked(student=student_id):
        return signed_off_says(moment) if moment else ""
    return ""


def refuse_if_signed_off(student_id: int):
    """Raise Refused where the student's record is frozen. Call first, in the transaction that writes."""
    if sentence := frozen_sentence(student_id):
        raise Refused(sentence)


FROZEN = {"tlevel", "specialism", "has_send"}  # what required hours and the rules follow from


def refuse_other_figures(student: Student):
    """Raise Refused where the changed, not yet stored `student` is signed off and would be counted differently."""
    stored = Student.objects.get(pk=student.pk)
    if stored.signed_off_at and any(getattr(stored, name) != getattr(student, name) for name in FROZEN):
        raise Refused(signed_off_says(stored.signed_off_at))
