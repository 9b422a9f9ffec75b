"""A provider's own questions, kept by its placement office: added, said otherwise, taken off, put back."""

from uuid import uuid4

from django.contrib import messages
from django.db import transaction
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from portal.access import role_required
from portal.history.models import Event, record
from portal.people.models import Role
from portal.posted import posted
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
    question = asked_now(request, pk)
    form_class = QuestionForm if question.screen == Question.Screen.OWN else WordingForm
    form = form_class(posted(request), initial=initial_of(question))
    if form.is_valid() and changed(request, form, question):
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


def asked_now(request, pk) -> Question:
    """The question as the provider asks it now, in whatever wording has taken the place of this one.

    One that was taken off is not there to be read; words that somebody sends for it come back on its page.
    """
    rows = Question.objects.current().filter(provider=None) | own_questions(request)
    named = get_object_or_404(rows, pk=pk)
    own_first = rows.current().filter(code=named.code).order_by(F("provider").desc(nulls_last=True))
    question = own_first.first() or named
    if question.retired_at and request.method != "POST":
        raise Http404
    return question


def initial_of(question: Question) -> dict:
    """What the form shows of a question."""
    shown = {name: getattr(question, name) for name in ("wording", "hint", "occasion", "is_required")}
    return shown | {"options": "\n".join(label for _, label in question.options)}


def changed(request, form, question: Question) -> bool:
    """Ask it so from now on; False where somebody was quicker."""
    if question.retired_at:
        form.add_error(None, "Somebody took this question off meanwhile. Put it back on the list, then save again.")
        return False
    return form.stored_by(lambda: ask_so(question, form.cleaned_data, provider=request.desk.provider, by=request.user))


def ask_so(question: Question, fields: dict, *, provider, by):
    """A new version of a provider's question, or its own words for a shipped one."""
    own = question.provider_id
    made = reword(question, **fields) if own else say_it_otherwise(question, provider, **fields)
    record(made, f"asks it so: “{made.wording}”, before: “{question.wording}”", by=by)


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
