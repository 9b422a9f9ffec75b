"""Finding a date, and giving one up: acts of the tutor and the placement office."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.access import role_required
from portal.people.models import STAFF
from portal.posted import posted, seen_in
from portal.words import full_stop
from portal.workflow import Refused, SomebodyWasQuicker
from reviews.meetings.asking import ask_manager
from reviews.meetings.date_forms import FixForm, OfferForm
from reviews.meetings.forms import ReasonForm
from reviews.meetings.views.meetings import meeting_to_handle

FIXED = "The date is set, and everybody has it."
STALE = "stale"
TOOK_PLACE = "Recorded. Now write down what was said."


def done(request, form, act, told: str) -> bool:
    """Do it, and say so; or put what was refused into the form."""
    try:
        act()
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    except SomebodyWasQuicker as quicker:
        form.add_error(None, by_now(type(quicker.thing).objects.with_people().get(pk=quicker.thing.pk)))
        return False
    messages.success(request, told)
    return True


def by_now(meeting) -> ValidationError:
    """What somebody is told who acted on a meeting that has moved on."""
    words = f"Somebody was quicker. By now: {full_stop(meeting.sentence())} Nothing of yours was stored."
    return ValidationError(words, code=STALE)


def as_seen(request, meeting, form):
    """The form; where the meeting has moved on since its page was opened, with what it is by now as an error.

    A reason that is only needed by now was not asked for on that page, and is not said to be missing.
    """
    if request.method == "POST" and seen_in(request.POST) != meeting.version:
        form.add_error(None, by_now(meeting))
        if "reason" not in request.POST:
            form.errors.pop("reason", None)
    return form


def movable(request, pk, move: str):
    """The meeting, where this move is open to this person now; else 404."""
    meeting = meeting_to_handle(request, pk)
    if request.method == "GET" and move not in meeting.moves(request.user):
        raise Http404
    return meeting


@role_required(*STAFF)
def meeting_offer(request, pk):
    """Offer dates to the line manager."""
    meeting = movable(request, pk, "offer")
    form = as_seen(request, meeting, OfferForm(meeting, posted(request)))
    if form.is_valid():
        details = form.settled() | {"dates": form.dates(), "seen": seen_in(request.POST)}
        told = f"{meeting.placement.manager} has been asked to choose a date."
        if done(request, form, lambda: meeting.offer(by=request.user, **details), told):
            return redirect("meeting_detail", pk)
    return drawn(request, meeting, form, "meetings/meeting_offer.html")


@require_POST
@role_required(*STAFF)
def meeting_ask(request, pk):
    """Mail the line manager a link again, where what they were sent has been taken back."""
    meeting = meeting_to_handle(request, pk)
    manager = meeting.placement.manager
    if manager is None or meeting.status not in (meeting.Status.OFFERED, meeting.Status.HELD):
        messages.warning(request, "There is nothing to ask a line manager now.")
    else:
        ask_manager(meeting, by=request.user)
        messages.success(request, f"{manager} has a mail with a link.")
    return redirect("meeting_detail", pk)


@role_required(*STAFF)
def meeting_fix(request, pk):
    """Set the date that was agreed by word of mouth. A date that is past is that of a meeting that took place."""
    meeting = movable(request, pk, "fix")
    form = as_seen(request, meeting, FixForm(meeting, posted(request)))
    is_past = form.is_valid() and form.starts_at() <= timezone.now()
    if is_past and "took_place" not in request.POST:
        return drawn(request, meeting, form, "meetings/meeting_fix.html", is_past=True)
    if form.is_valid():
        act, told = (meeting.take_place, TOOK_PLACE) if is_past else (meeting.fix, FIXED)
        if done(request, form, lambda: act(**fixed(request, form)), told):
            return redirect("meeting_record" if is_past else "meeting_detail", pk)
    return drawn(request, meeting, form, "meetings/meeting_fix.html")


def fixed(request, form) -> dict:
    """The arguments of `fix` and `take_place`."""
    return form.settled() | {"by": request.user, "starts_at": form.starts_at(), "seen": seen_in(request.POST)}


@role_required(*STAFF)
def meeting_miss(request, pk):
    """It did not take place."""
    meeting, told = movable(request, pk, "miss"), "Recorded. Set another date when you can."
    return with_reason(request, meeting, meeting.miss, "meetings/meeting_miss.html", told, ("meeting_detail", pk))


@role_required(*STAFF)
def meeting_cancel(request, pk):
    """It will not take place."""
    meeting, told = movable(request, pk, "cancel"), "Cancelled; everybody has been told."
    then = "meeting_list", meeting.placement_id
    return with_reason(request, meeting, meeting.cancel, "meetings/meeting_cancel.html", told, then)


@role_required(*STAFF)
def meeting_reopen(request, pk):
    """Open the notes again."""
    meeting, told = movable(request, pk, "reopen"), "The notes are open again."
    return with_reason(request, meeting, meeting.reopen, "meetings/meeting_reopen.html", told, ("meeting_record", pk))


def with_reason(request, meeting, move, template: str, told: str, then: tuple):
    """Ask for the reason, make the move, say what was `told`; `then` is the page to which it leads."""
    form = as_seen(request, meeting, ReasonForm(posted(request)))
    if form.is_valid():
        said = {"by": request.user, "seen": meeting.version} | form.cleaned_data
        if done(request, form, lambda: move(**said), told):
            return redirect(*then)
    return drawn(request, meeting, form, template)


def drawn(request, meeting, form, template: str, *, is_past: bool = False):
    """The page of a form; `is_past` asks whether the meeting took place already."""
    context = {"meeting": meeting, "placement": meeting.placement, "form": form, "is_past": is_past}
    status = 409 if form.has_error(NON_FIELD_ERRORS, STALE) else 422 if form.errors or is_past else 200
    return render(request, template, context, status=status)
