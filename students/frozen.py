"""The frozen record: once a student is signed off or has left the T Level, nothing that tells of placements changes.

`Student.signed_off_at` is the one flag of a sign-off, written by `reviews.signoff` only; `Student.left_on` is that of
whoever left, written by `students.departure` only. Rooms whose records belong to a student refuse here: verbs through
`Workflow.frozen`, everything else through `refuse_if_frozen`. Source: the guidance, 'sign-off'.
"""

from django.db.models import Q

from portal.prepared import Later, prepared
from portal.workflow import Refused
from students.models import Student, frozen_says


def frozen_sentence(student_id: int) -> str:
    """Why nothing of this student's record may change now; '' while it may. Reads the row afresh: one query."""
    return next((frozen_says(*ended) for ended in closed().asked(student=student_id)), "")


@prepared
def closed():
    """When `student` was signed off, or left; no row while neither is so. Asked before most of what is written."""
    is_closed = Q(signed_off_at__isnull=False) | Q(left_on__isnull=False)
    rows = Student.objects.filter(is_closed, pk=Later("student"))
    return rows.order_by().values_list("signed_off_at", "left_on")


def refuse_if_frozen(student_id: int):
    """Raise Refused where the record is frozen, by a sign-off or by leaving. Call first, in the transaction."""
    if sentence := frozen_sentence(student_id):
        raise Refused(sentence)


FROZEN = {"tlevel", "specialism", "has_send"}  # what required hours and the rules follow from


def refuse_other_figures(student: Student):
    """Raise Refused where the record of the changed, not yet stored `student` is frozen, and would be counted anew."""
    stored = Student.objects.get(pk=student.pk)
    if stored.frozen_says and any(getattr(stored, name) != getattr(student, name) for name in FROZEN):
        raise Refused(stored.frozen_says)
