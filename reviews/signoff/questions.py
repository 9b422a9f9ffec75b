"""A student asks about a figure: what the portal says at that moment is kept with the question."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from placements.hours.receipt import receipt_for
from portal.history.models import record
from portal.words import full_stop, hours
from portal.workflow import SomebodyWasQuicker
from reviews.signoff.completion import completion_of
from reviews.signoff.models import Figure, FigureQuestion
from reviews.signoff.telling import tell, tell_office


def shown_of(student, figure: str) -> str:
    """What the portal says of a figure now, in sentences. `student` comes from `with_completion`."""
    today = timezone.localdate()
    if figure == Figure.HOURS:
        receipt = receipt_for(student, today)
        return (
            f"{hours(receipt.counted)} of {hours(receipt.required)} count; {receipt.coverage()}. "
            f"{receipt.rules_sentence()}"
        )[:500]
    completion = completion_of(student, today)
    if figure == Figure.STANDING:
        pace = completion.projection
        return f"{full_stop(pace.sentence())} Over the last weeks: {pace.coverage()}."[:500]
    how = " ".join(f"{condition.title}: {condition.says}" for condition in completion.missing)
    return f"{full_stop(completion.sentence())} {how}".strip()[:500]


@transaction.atomic
def ask(student, *, figure: str, words: str, by) -> FigureQuestion:
    """Ask about a figure. Raises SomebodyWasQuicker where a question about it is open already."""
    if "student" not in student.relations(by):
        raise PermissionDenied
    type(student).objects.select_for_update(of=["self"], no_key=True).get(pk=student.pk)
    if FigureQuestion.objects.filter(student=student, figure=figure, status__in=FigureQuestion.WAITING).exists():
        raise SomebodyWasQuicker(student)
    question = FigureQuestion.objects.create(
        student=student, figure=figure, shown=shown_of(student, figure), words=words
    )
    record(question, "asked about this figure", by=by)
    about = question.get_figure_display()
    record(student, f"asked about a figure: {about[0].lower()}{about[1:]}", by=by)
    if student.tutor and student.tutor.is_active:
        tell("figure_question_asked", student, student.tutor, "figure_question_detail", question.pk, by=by)
    else:
        tell_office("figure_question_asked", student, "figure_question_detail", question.pk, by=by)
    return question
