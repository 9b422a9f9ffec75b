"""What is done about a worry: write, settle, withdraw, take up again, follow up."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from placements.concerns.forms import FollowUpForm, SettleForm
from placements.concerns.raising import add_words
from placements.concerns.views.reading import concern_or_404, message_form, page_of
from portal.posted import seen_in
from portal.workflow import SomebodyWasQuicker

MEANWHILE = "This was changed meanwhile. Look at it again: what you typed is still here and was not sent."


@require_POST
def concern_write(request, pk):
    """The student adds something, or staff answer."""
    concern = concern_or_404(request, pk)
    relations = concern.relations(request.user)
    form = message_form(concern, relations, request.POST)
    if not form.is_valid():
        return page_of(request, concern, form=form, status=422)
    if concern.was_just_said(form.cleaned_data["text"], by=request.user):
        return sent_already(request, pk)
    if "student" in relations:
        done = add_words(concern, form.cleaned_data["text"], by=request.user)
    else:
        done = act(concern.answer, by=request.user, seen=seen_in(request.POST), text=form.cleaned_data["text"])
    if not done:
        messages.warning(request, MEANWHILE)
        return page_of(request, concern_or_404(request, pk), form=form, status=409)
    messages.success(request, "Sent.")
    return redirect("concern_detail", pk)


def sent_already(request, pk):
    """Somebody pressed twice, or went back and sent it again."""
    messages.info(request, "This was sent already. Nothing was sent twice.")
    return redirect("concern_detail", pk)


def act(verb, **details) -> bool:
    """Use a verb; whether it was done, and nobody was quicker."""
    try:
        verb(**details)
    except SomebodyWasQuicker:
        return False
    return True


def concern_settle(request, pk):
    """What came of it; closes it."""
    concern = concern_or_404(request, pk)
    is_student = "student" in concern.relations(request.user)
    form = SettleForm(request.POST or None, is_student=is_student)
    if form.is_valid():
        if act(concern.settle, by=request.user, seen=seen_in(request.POST), **form.cleaned_data):
            messages.success(request, "Settled. It can be taken up again at any time.")
            return redirect("concern_detail", pk)
        concern = concern_or_404(request, pk)
        messages.warning(request, MEANWHILE)
    elif not concern.is_open and not form.is_bound:
        return redirect("concern_detail", pk)
    context = {"concern": concern, "form": form, "is_student": is_student}
    status = 422 if form.errors else 409 if form.is_bound else 200
    return render(request, "concerns/concern_settle.html", context, status=status)


@require_POST
def concern_withdraw(request, pk):
    """The student does not want to go on with it."""
    concern = concern_or_404(request, pk)
    if "student" not in concern.relations(request.user):
        raise PermissionDenied
    if act(concern.withdraw, by=request.user):
        messages.success(request, "Withdrawn. Nobody gets in touch about it unless you take it up again.")
    return redirect("concern_detail", pk)


@require_POST
def concern_reopen(request, pk):
    """Take a closed one up again, with a few words."""
    concern = concern_or_404(request, pk)
    form = message_form(concern, concern.relations(request.user), request.POST)
    if not form.is_valid():
        return page_of(request, concern, form=form, status=422)
    if concern.is_open and concern.was_just_said(form.cleaned_data["text"], by=request.user):
        return sent_already(request, pk)
    if not act(concern.reopen, by=request.user, seen=seen_in(request.POST), text=form.cleaned_data["text"]):
        messages.warning(request, MEANWHILE)
        return page_of(request, concern_or_404(request, pk), form=form, status=409)
    messages.success(request, "Taken up again.")
    return redirect("concern_detail", pk)


@require_POST
def concern_follow_up(request, pk):
    """Somebody of the staff has asked again how things are."""
    concern = concern_or_404(request, pk)
    form = FollowUpForm(request.POST, auto_id="follow_%s")
    if not form.is_valid():
        return page_of(request, concern, follow_up_form=form, status=422)
    if act(concern.follow_up, by=request.user, seen=seen_in(request.POST), **form.cleaned_data):
        messages.success(request, "Noted.")
    else:
        messages.warning(request, MEANWHILE)
        return page_of(request, concern_or_404(request, pk), follow_up_form=form, status=409)
    return redirect("concern_detail", pk)
