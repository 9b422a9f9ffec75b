"""What follows when a record is opened again: it can change, its hours are counted anew, and people hear of it."""

from django.dispatch import receiver

from placements.hours.totals import refresh
from portal.history.models import record
from portal.workflow import moved
from reviews.signoff.models import FigureQuestion, Judgement, SignOff, SpecialConsideration
from reviews.signoff.telling import tell, tell_office
from students.departure.acts import leaving
from students.models import Student


@receiver(moved, sender=SignOff)
def after_reopening(sender, thing, by, **kwargs):
    Student.objects.filter(pk=thing.student_id).update(signed_off_at=None)
    Judgement.objects.current().filter(student=thing.student_id).update(settled_at=None)
    refresh(thing.student_id)
    student = thing.student
    record(student, f"opened the record again. Reason: {thing.reopened_because}", by=by)
    tell("record_reopened", student, student.user, "signoff_detail", thing.pk, by=by)
    tell("record_reopened", student, student.tutor, "signoff_detail", thing.pk, by=by)


@receiver(moved, sender=SpecialConsideration)
def after_a_consideration(sender, thing, verb, by, **kwargs):
    """Whoever proposed it and the student hear of what came of it."""
    student = thing.student
    record(student, f"{thing.DONE[verb]} the special consideration", by=by)
    tell("consideration_news", student, student.user, "consideration_detail", thing.pk, by=by)
    tell("consideration_news", student, thing.proposed_by, "consideration_detail", thing.pk, by=by)


@receiver(leaving)
def before_a_student_leaves(sender, student, by, **kwargs):
    """Special consideration is for a placement that is completed: what is open is withdrawn, by whoever may do so."""
    for consideration in SpecialConsideration.objects.filter(student=student, status__in=SpecialConsideration.OPEN):
        consideration.withdraw(by=by, reason="The student has left the T Level")


@receiver(moved, sender=FigureQuestion)
def after_a_question(sender, thing, verb, by, **kwargs):
    """The student hears of answers; the placement office of the wish for a second person."""
    student = thing.student
    if verb in ("give_answer", "decide"):
        tell("figure_question_answered", student, student.user, "figure_question_detail", thing.pk, by=by)
    if verb == "decide" and thing.answered_by:
        tell("figure_question_decided", student, thing.answered_by, "figure_question_detail", thing.pk, by=by)
    if verb == "object_to":
        tell_office("figure_question_disputed", student, "figure_question_detail", thing.pk, but=thing.answered_by)
