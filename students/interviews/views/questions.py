"""Questions that the student would like to ask at an interview: a list of their own."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from portal.access import role_required
from portal.people.models import Role
from students.interviews.forms import NewQuestionForm, QuestionForm
from students.interviews.lines import QUESTION
from students.interviews.models import Line, Question
from students.interviews.views.interviews import grouped, own_student

MOST = 50


def own_questions(request):
    own = Question.objects.visible_to(request.user)
    return own.filter(student__provider=request.desk.provider_id)


@role_required(Role.STUDENT)
def interview_question_list(request):
    """The list, what could be on it, and a line to add one."""
    form = NewQuestionForm(request.POST or None, instance=Question())
    if form.is_valid() and added(request, form.cleaned_data["words"], form):
        return redirect("interview_question_list")
    rows = list(own_questions(request))
    kept = [row for row in rows if row.removed_at is None]
    have = {row.words for row in kept}
    suggestions = [(title, [one for one in lines if one.wording not in have]) for title, lines in grouped(QUESTION)]
    context = {
        "form": form,
        "questions": kept,
        "removed": [row for row in rows if row.removed_at],
        "suggestions": [(title, lines) for title, lines in suggestions if lines],
    }
    return render(request, "interviews/interview_question_list.html", context, status=422 if form.errors else 200)


def added(request, words: str, form=None) -> bool:
    """Put a question on the list, once; False where the list is full."""
    student, kept = own_student(request), own_questions(request).kept()
    if kept.filter(words=words).exists():
        return True
    if kept.count() >= MOST:
        full = f"You have {MOST} questions. Two or three good ones are enough: remove some first."
        form.add_error(None, full) if form else messages.error(request, full)
        return False
    Question.objects.create(student=student, words=words)
    messages.success(request, "It is on your list.")
    return True


@require_POST
@role_required(Role.STUDENT)
def interview_question_take(request, pk):
    """Take one of the suggestions."""
    line = get_object_or_404(Line, pk=pk, kind=QUESTION, retired_at=None)
    added(request, line.wording)
    return redirect("interview_question_list")


@role_required(Role.STUDENT)
def interview_question_edit(request, pk):
    """Other words, or what they said."""
    question = get_object_or_404(own_questions(request).kept(), pk=pk)
    form = QuestionForm(request.POST or None, instance=question)
    if form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("interview_question_list")
    context = {"form": form, "question": question}
    return render(request, "interviews/interview_question_edit.html", context, status=422 if form.errors else 200)


@require_POST
@role_required(Role.STUDENT)
def interview_question_remove(request, pk):
    get_object_or_404(own_questions(request), pk=pk).remove()
    messages.success(request, "Off your list. You can put it back for a week.")
    return redirect("interview_question_list")


@require_POST
@role_required(Role.STUDENT)
def interview_question_restore(request, pk):
    get_object_or_404(own_questions(request), pk=pk).restore()
    messages.success(request, "It is on your list again.")
    return redirect("interview_question_list")
