"""The frozen record: once a student is signed off, nothing that the sign-off rests on changes any more.

`Student.signed_off_at` is the one flag, written by `reviews.signoff` only. Rooms whose records belong to a student
refuse here: verbs through `Workflow.frozen`, everything else through `refuse_if_signed_off`. Source: the guidance,
'sign-off'.
"""

from portal.prepared import Later, prepared
from portal.workflow import Refused
from students.models import Student, signed_off_says


def frozen_sentence(student_id: int) -> str:
    """Why nothing of this student's record may change now; '' while it may. Reads the row afresh: one query."""
    return next((signed_off_says(moment) for (moment,) in signed_off().asked(student=student_id)), "")


@prepared
def signed_off():
    """When `student` was signed off; no row while that is not so. Asked before most of what is written."""
    rows = Student.objects.filter(pk=Later("student"), signed_off_at__isnull=False)
    return rows.order_by().values_list("signed_off_at")


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
