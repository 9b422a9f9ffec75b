"""A provider's own questions, kept by its placement office: added, said otherwise, taken off, put back."""

from uuid import uuid4

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from portal.access import role_required
from portal.history.models import Event, record
from portal.people.models import Role
from reviews.forms.forms import QuestionForm, WordingForm
from reviews.forms.models import Question
from reviews.forms.models.questions import retire, reword, say_it_otherwise

MOST = 20
EVENTS = 50


def own_questions(request):
    return Question.objects.visible_to(request.user).filter(provider=request.desk.provider_id)


@role_required(Role.COORDINATOR)
def review_question_list(request):
    """What the review forms ask beyond behaviours and goals."""
    shipped = list(Question.objects.current().filter(provider=None))
    shipped.sort(key=lambda one: (Question.Screen.values.index(one.screen), one.number))
    own = {question.code: question for question in own_questions(request).current()}
    for question in shipped:
        question.own = own.pop(question.code, None)
    known = {question.code for question in shipped} | set(own)
    retired = {}
    for question in own_questions(request).filter(retired_at__isnull=False).order_by("-version"):
        if question.code not in known:
            retired.setdefault(question.code, question)
    context = {"shipped": shipped, "own": list(own.values()), "retired": list(retired.values())}
    return render(request, "review_forms/review_question_list.html", context)


@role_required(Role.COORDINATOR)
def review_question_add(request):
    """A question of the provider's own, on a screen of its own."""
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if own_questions(request).current().filter(screen=Question.Screen.OWN).count() >= MOST:
            form.add_error(None, f"At most {MOST} questions of your own can be asked. Take one off first.")
        else:
            add(request, form.cleaned_data)
            messages.success(request, "Added. Forms that are open ask it from now on.")
            return redirect("review_question_list")
    return render(request, "review_forms/review_question_add.html", {"form": form}, status=422 if form.errors else 200)


@transaction.atomic
def add(request, data):
    rows = own_questions(request).filter(screen=Question.Screen.OWN)
    last = rows.order_by("-number").values_list("number", flat=True).first() or 0
    question = Question.objects.create(
        provider=request.desk.provider, code=f"own-{uuid4().hex[:12]}", number=last + 1, **data
    )
    record(question, f"added the question “{question.wording}”", by=request.user)


@role_required(Role.COORDINATOR)
def review_question_edit(request, pk):
    """Say a question otherwise. Answers that were given keep the wording that they were given to."""
    question = get_object_or_404(asked_of(request), pk=pk)
    is_own = question.screen == Question.Screen.OWN
    initial = {name: getattr(question, name) for name in ("wording", "hint", "occasion", "is_required")}
    initial["options"] = "\n".join(label for _, label in question.options)
    form = (QuestionForm if is_own else WordingForm)(
        request.POST if request.method == "POST" else None, initial=initial
    )
    if form.is_valid():
        with transaction.atomic():
            fields = form.cleaned_data
            make = reword if question.provider_id else say_it_otherwise
            made = make(question, **fields) if question.provider_id else make(question, request.desk.provider, **fields)
            record(made, f"asks it so: “{made.wording}”, before: “{question.wording}”", by=request.user)
        messages.success(request, "Changed. Answers that were given keep the wording of their time.")
        return redirect("review_question_list")
    rows = own_questions(request).filter(code=question.code)
    context = {
        "form": form,
        "question": question,
        "earlier": rows.filter(retired_at__isnull=False).order_by("-version"),
        "events": Event.objects.about(*rows)[:EVENTS],
    }
    return render(request, "review_forms/review_question_edit.html", context, status=422 if form.errors else 200)


def asked_of(request):
    """Questions that the provider asks now: its own, and those that ship with the portal."""
    return Question.objects.current().filter(provider=None) | own_questions(request).current()


@require_POST
@role_required(Role.COORDINATOR)
def review_question_retire(request, pk):
    """Ask it no more; a shipped question is asked in its own words again."""
    question = get_object_or_404(own_questions(request).current(), pk=pk)
    with transaction.atomic():
        retire(question)
        record(question, f"took the wording “{question.wording}” off the form", by=request.user)
    messages.success(request, "Taken off. Answers that were given are kept.")
    return redirect("review_question_list")


@require_POST
@role_required(Role.COORDINATOR)
def review_question_restore(request, pk):
    """Ask a question again that was taken off."""
    question = get_object_or_404(own_questions(request).filter(retired_at__isnull=False), pk=pk)
    with transaction.atomic():
        if own_questions(request).current().filter(code=question.code).exists():
            messages.warning(request, "It is asked already, in newer words.")
        else:
            Question.objects.filter(pk=question.pk).update(retired_at=None)
            record(question, f"asks “{question.wording}” again", by=request.user)
            messages.success(request, "It is asked again.")
    return redirect("review_question_list")
