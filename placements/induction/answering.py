"""The manager's page: confirm the induction, answer the questions, or send points back. By link or signed in."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from placements.checklists.forms import rows_to_read
from placements.induction.forms import DecisionForm
from placements.induction.models import UNDO_MINUTES, Induction
from placements.induction.views.induction import notes_of
from portal.asks.kinds import answers
from portal.asks.views import ask_page, ask_url
from portal.posted import seen_in, words_in
from portal.workflow import Refused, SomebodyWasQuicker

PEOPLE = (
    "placement__student__user", "placement__student__tutor", "placement__manager", "placement__employer",
    "placement__provider", "decided_by",
)  # fmt: skip


@answers("induction", Induction, title="Confirm the induction")
def induction_by_link(request, ask, thing, step=""):
    """One page for all of it. What was decided can be taken back here for a few minutes."""
    induction = Induction.objects.select_related(*PEOPLE).get(pk=thing.pk)
    if "manager" not in induction.relations(ask.to) or step:
        raise Http404
    if request.method == "POST" and request.POST.get("do") == "undo":
        return undone(request, ask, induction)
    form, was_late = form_of(induction, request.POST if request.method == "POST" else None), False
    if form is not None and form.is_bound and form.is_valid():
        try:
            decide(request, induction, form, by=ask.to)
            return redirect(ask_url(request, ask))
        except Refused as refused:
            form.add_error(None, str(refused))
        except SomebodyWasQuicker as quicker:
            messages.warning(request, str(quicker))
            induction, was_late = Induction.objects.select_related(*PEOPLE).get(pk=thing.pk), True
    was_late = was_late or (request.method == "POST" and form is None)
    status = 409 if was_late else 422 if form and form.errors else 200
    return show(request, ask, induction, form, status)


def form_of(induction, data):
    """The form while the induction waits, else None."""
    if not induction.is_with_manager:
        return None
    earlier = induction.replies.filter(is_taken_back=True)
    return DecisionForm(induction, induction.lines(), data, earlier=earlier)


def decide(request, induction, form, *, by):
    """Raises Refused or SomebodyWasQuicker."""
    first_name = induction.placement.student.user.first_name
    seen = seen_in(request.POST)
    if form.is_confirming:
        induction.confirm(by=by, seen=seen, done_on=form.cleaned_data["done_on"], answers=form.answers())
        messages.success(request, f"Confirmed. Thank you: {first_name} hears of it by mail.")
    else:
        words = form.cleaned_data["words"]
        induction.send_back(by=by, seen=seen, points=form.points(), words=words, answers=form.answers())
        messages.success(request, f"Sent back. {first_name} gets your words and hands the list over again.")


def undone(request, ask, induction):
    """Take the decision back."""
    try:
        induction.undo(by=ask.to)
        messages.success(request, "Taken back: you can decide again below.")
    except (Refused, SomebodyWasQuicker) as error:
        messages.warning(request, str(error))
    return redirect(ask_url(request, ask))


def show(request, ask, induction, form, status):
    context = {
        "induction": induction,
        "placement": induction.placement,
        "student": induction.placement.student,
        "form": form if induction.is_with_manager else None,
        "rows": [] if induction.is_with_manager else rows_to_read(induction.lines(), notes_of(induction)),
        "can_undo": induction.can_be_undone() and induction.decided_by == ask.to,
        "undo_minutes": UNDO_MINUTES,
        "written": words_in(request.POST),
    }
    return ask_page(request, ask, "induction/induction_by_link.html", context, status=status)
