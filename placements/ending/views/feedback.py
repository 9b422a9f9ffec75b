"""The student's feedback on the employer: for the provider, never for the employer."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from placements.ending import doing
from placements.ending.forms import FeedbackForm
from placements.ending.models import Feedback, FeedbackStatement
from placements.ending.views.common import for_student


@for_student
def feedback_edit(request, placement):
    """Give it, or change what was given. Statements that were answered keep their wording."""
    stored = Feedback.objects.filter(placement=placement).first()
    answers = {answer.statement_id: answer for answer in stored.answers.select_related("statement")} if stored else {}
    statements = [answer.statement for answer in answers.values()] or FeedbackStatement.objects.filter(retired_at=None)
    values = {pk: answer.value for pk, answer in answers.items()}
    feedback = stored or Feedback(placement=placement)
    form = FeedbackForm(request.POST or None, instance=feedback, statements=statements, values=values)
    if form.is_valid():
        doing.give_feedback(form.instance, form.values, by=request.user)
        messages.success(request, "Thank you. Your college reads it, the employer never does.")
        return redirect("ending_detail", placement.pk)
    context = {"form": form, "placement": placement, "stored": stored}
    return render(request, "ending/feedback_edit.html", context, status=422 if form.errors else 200)


@require_POST
@for_student
def feedback_remove(request, placement):
    doing.take_back_feedback(get_object_or_404(Feedback, placement=placement), by=request.user)
    messages.success(request, "Your feedback is deleted, as if you had not given it.")
    return redirect("ending_detail", placement.pk)
