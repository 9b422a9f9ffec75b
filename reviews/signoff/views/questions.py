"""Questions about calculated figures: asked, answered, looked at by a second person."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from portal.access import role_required
from portal.history.models import Event
from portal.people.models import STAFF
from portal.posted import posted, seen_in
from reviews.signoff import questions
from reviews.signoff.completion import with_completion
from reviews.signoff.forms import AnswerForm, ObjectionForm, QuestionForm
from reviews.signoff.models import Figure, FigureQuestion
from reviews.signoff.views.common import done, thing_for
from students.models import Student

PAGE = 50


@role_required("student")
def figure_question_add(request):
    """The student asks about a figure of their own; ?figure= chooses it."""
    students = with_completion().visible_to(request.user)
    student = get_object_or_404(students, user=request.user, provider=request.desk.provider_id)
    wanted = request.GET.get("figure", "")
    form = QuestionForm(posted(request), initial={"figure": wanted if wanted in Figure.values else Figure.HOURS})
    if form.is_valid() and (
        asked := done(request, questions.ask, student, says="Your question is sent.", **form.cleaned_data)
    ):
        return redirect("figure_question_detail", asked.pk)
    context = {"form": form, "student": student}
    return render(request, "signoff/figure_question_add.html", context, status=422 if form.errors else 200)


def figure_question_list(request, pk):
    """All questions of a student, for themselves, the tutor and the placement office."""
    students = Student.objects.visible_to(request.user).select_related("user", "tutor")
    student = get_object_or_404(students, pk=pk)
    questions = student.figure_questions.select_related("answered_by", "decided_by")
    context = {
        "student": student,
        "page": Paginator(questions, PAGE).get_page(request.GET.get("page")),
        "is_own": student.user_id == request.user.pk,
    }
    return render(request, "signoff/figure_question_list.html", context)


def figure_question_detail(request, pk):
    """The question with all that was said, for the student, the tutor and the placement office."""
    return detail(request, question_for(request, pk))


def question_for(request, pk) -> FigureQuestion:
    return thing_for(request, FigureQuestion.objects.select_related("answered_by", "decided_by"), pk)


def detail(request, question, form=None):
    """The page, with the form for whatever the person may do now."""
    moves = question.moves(request.user)
    if question.answered_by_id == request.user.pk:
        moves.discard("decide")
    if form is None:
        form = ObjectionForm() if "object_to" in moves else AnswerForm() if moves & {"give_answer", "decide"} else None
    context = {
        "question": question,
        "student": question.student,
        "form": form,
        "moves": moves,
        "is_own": "student" in question.relations(request.user),
        "events": Event.objects.about(question),
    }
    return render(request, "signoff/figure_question_detail.html", context, status=422 if form and form.errors else 200)


@require_POST
@role_required(*STAFF)
def figure_question_answer(request, pk):
    """The recorded answer."""
    question, form = question_for(request, pk), AnswerForm(request.POST)
    if not form.is_valid():
        return detail(request, question, form)
    said = {"answer": form.cleaned_data["words"], "outcome": form.cleaned_data["outcome"]}
    done(
        request,
        question.give_answer,
        seen=seen_in(request.POST),
        says="The answer is kept; the student is told.",
        **said,
    )
    return redirect("figure_question_detail", pk)


@require_POST
@role_required("student")
def figure_question_object(request, pk):
    """The student wants a second person to decide."""
    question, form = question_for(request, pk), ObjectionForm(request.POST)
    if not form.is_valid():
        return detail(request, question, form)
    says = "A second person of the placement office looks at it. You get a mail when they have decided."
    done(request, question.object_to, words=form.cleaned_data["words"], seen=seen_in(request.POST), says=says)
    return redirect("figure_question_detail", pk)


@require_POST
@role_required("coordinator")
def figure_question_decide(request, pk):
    """The second person's decision."""
    question, form = question_for(request, pk), AnswerForm(request.POST)
    if not form.is_valid():
        return detail(request, question, form)
    said = {"decision": form.cleaned_data["words"], "outcome": form.cleaned_data["outcome"]}
    done(request, question.decide, seen=seen_in(request.POST), says="Decided; the student is told.", **said)
    return redirect("figure_question_detail", pk)


@require_POST
@role_required("student")
def figure_question_withdraw(request, pk):
    """The student takes it back."""
    done(request, question_for(request, pk).withdraw, seen=seen_in(request.POST), says="Withdrawn.")
    return redirect("figure_question_detail", pk)
