"""The line manager by mailed link: choose a date, and say whether the notes are right."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from portal.asks.asking import answered
from portal.asks.kinds import answers
from portal.asks.views import ask_page, ask_url, ended
from portal.history.models import Event
from portal.workflow import Refused, SomebodyWasQuicker
from reviews.meetings.asking import DATES, NOTES
from reviews.meetings.confirming import confirm
from reviews.meetings.date_forms import ChooseForm
from reviews.meetings.forms import ConfirmForm
from reviews.meetings.models import GoalWord, Meeting
from reviews.meetings.telling import token_of
from reviews.meetings.views.meetings import words_of

AROUND = timedelta(minutes=1)  # between an answer and its line in the history


@answers(DATES, Meeting, title="Choose a date for the review meeting")
def date_by_link(request, ask, thing, step=""):
    """The dates offered; afterwards the one that was chosen, for the calendar."""
    meeting = meeting_of(ask, thing, step)
    if meeting is None:
        return ended(request, ask.pk, "", "withdrawn")
    if ask.is_answered and request.method == "GET":
        return answer_again(request, ask, meeting)
    form = ChooseForm(meeting.offers.all(), request.POST if request.method == "POST" else None)
    is_open = meeting.is_offered and ask.is_open
    if request.method == "POST" and is_open and form.is_valid():
        try:
            return chosen(request, ask, meeting, form)
        except (Refused, SomebodyWasQuicker) as refused:
            form.add_error(None, str(refused))
    context = {"meeting": meeting, "placement": meeting.placement, "form": form, "is_open": is_open}
    context["token"] = token_of(meeting)
    return ask_page(request, ask, "meetings/date_by_link.html", context, status=422 if is_open and form.errors else 200)


def answer_again(request, ask, meeting):
    """What the line manager answered, to read: the link stays theirs as long as it holds."""
    near = (ask.answered_at - AROUND, ask.answered_at + AROUND)
    context = {
        "meeting": meeting,
        "placement": meeting.placement,
        "answers": Event.objects.about(meeting).filter(by=ask.to, at__range=near).order_by("at"),
        "said": meeting.confirmations.filter(party="manager").last() if ask.kind == NOTES else None,
        "token": token_of(meeting),
    }
    return ask_page(request, ask, "meetings/answer_again.html", context)


def chosen(request, ask, meeting, form):
    if offer := form.offers.get(form.cleaned_data["date"]):
        meeting.choose(by=ask.to, starts_at=offer.starts_at)
        messages.success(request, "Thank you. Everybody has the date.")
    else:
        meeting.none_fits(by=ask.to, words=form.cleaned_data["words"])
        messages.success(request, "Thank you. The tutor has your words and will offer other dates.")
    answered(ask)
    return redirect(ask_url(request, ask))


@answers(NOTES, Meeting, title="Confirm the notes of the review meeting")
def notes_by_link(request, ask, thing, step=""):
    """The notes, and whether they are right."""
    meeting = meeting_of(ask, thing, step)
    if meeting and not meeting.is_over and ask.is_answered:
        return answer_again(request, ask, meeting)
    if meeting is None or not meeting.is_over:
        return ended(request, ask.pk, "", "withdrawn")
    said = meeting.confirmations.filter(round=meeting.round, party="manager").first()
    form = None if said else ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form and form.is_valid():
        try:
            confirm(meeting, "manager", name=ask.name, by=ask.to, **form.answer())
            answered(ask)
            messages.success(request, "Thank you. Your answer stands with the notes.")
            return redirect(ask_url(request, ask))
        except (Refused, SomebodyWasQuicker) as refused:
            form.add_error(None, str(refused))
    context = {
        "meeting": meeting,
        "placement": meeting.placement,
        "together": words_of(meeting, GoalWord.Side.TOGETHER),
        "actions": meeting.actions.all(),
        "said": said,
        "form": form,
    }
    return ask_page(request, ask, "meetings/notes_by_link.html", context, status=422 if form and form.errors else 200)


def meeting_of(ask, thing, step):
    """The meeting with its people; None where somebody else manages the placement now, or it is cancelled."""
    if step:
        raise Http404
    meeting = Meeting.objects.with_people().get(pk=thing.pk)
    is_theirs = meeting.placement.manager_id == ask.to_id and meeting.status != Meeting.Status.CANCELLED
    return meeting if is_theirs else None
