"""Special consideration is proposed, with its evidence; what a second person does stands in the model's verbs."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from placements.hours.totals import rebuild
from portal.files.models import store
from portal.history.models import record
from portal.people.models import STAFF
from portal.workflow import Refused, SomebodyWasQuicker
from reviews.signoff.completion import with_completion
from reviews.signoff.models import Evidence, Reason, SpecialConsideration
from reviews.signoff.telling import tell, tell_office
from students.frozen import refuse_if_frozen
from students.models import Student

FEWEST = 60  # the results service takes whole hours from 1 on


@transaction.atomic
def propose(student: Student, *, reasons: list[Reason], words: str, files=(), by) -> SpecialConsideration:
    """Propose it, with the hours as they are now. Somebody else of the college has to confirm it.

    Raises PermissionDenied for anybody but tutor and placement office, Refused where it cannot be, SomebodyWasQuicker
    where one is open already.
    """
    if not student.relations(by) & STAFF:
        raise PermissionDenied
    Student.objects.select_for_update(of=["self"], no_key=True).get(pk=student.pk)
    refuse_if_frozen(student.pk)
    rebuild([student.pk])
    student = with_completion().get(pk=student.pk)
    if student.consideration:
        raise SomebodyWasQuicker(student)
    if why := why_not_now(student):
        raise Refused(why)
    consideration = SpecialConsideration.objects.create(
        student=student,
        reasons=[{"code": reason.code, "wording": reason.wording} for reason in reasons],
        words=words,
        minutes=student.hours.counted,
        proposed_by=by,
    )
    for accepted in files:
        Evidence.objects.create(consideration=consideration, file=store(accepted, provider=student.provider, by=by))
    record(consideration, "proposed special consideration", by=by)
    record(student, "proposed special consideration", by=by)
    tell("consideration_news", student, student.user, "consideration_detail", consideration.pk, by=by)
    tell_office("consideration_waiting", student, "consideration_detail", consideration.pk, but=by, by=by)
    if "tutor" not in student.relations(by):
        tell("consideration_waiting", student, student.tutor, "consideration_detail", consideration.pk, by=by)
    return consideration


def why_not_now(student: Student) -> str:
    """Why special consideration is not for this student now, in a sentence; '' where it may be."""
    if student.has_hours:
        return "The hours are reached, so no special consideration is needed."
    if student.hours.counted < FEWEST:
        return "At least one whole hour has to count: the results service takes no placement without hours."
    return ""
