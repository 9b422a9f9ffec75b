"""Before day one: the student's page of arrangements, journey and questions; and the first-day card."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from placements.arrangements.card import card_of
from placements.arrangements.forms import PreparationForm
from placements.arrangements.keeping import (
    ask_about_first_day,
    first_day_form,
    first_day_of,
    keep_first_day,
    keep_preparation,
    preparation_of,
)
from placements.checklists.forms import ChecklistForm, rows_to_read
from placements.checklists.lines import lines_of
from placements.checklists.models import Checklist, Point
from placements.checklists.signed_out import keeps_words
from placements.models import Placement
from placements.whose import placement_or_404
from portal.access import role_required
from portal.asks.models import Ask
from portal.form_merged import one_save_at_a_time
from portal.history.models import Event
from portal.pdf import pdf_response
from portal.people.models import STAFF, Role
from portal.posted import is_quiet, posted
from portal.workflow import Refused

EVENTS = 50
BRIEF = "student__hours", "student__tlevel__brief"  # what the briefing card shows beyond the people


def placement_in_brief(request, pk, *relations) -> Placement:
    """The placement, if the reader stands to it in one of `relations` (any, where none is named)."""
    return placement_or_404(request, pk, *relations, also=BRIEF)


# --- The student's arrangements ---


def arrangements_detail(request, pk):
    """To fill in for the student, to read for staff. What is in it is no business of the line manager."""
    placement = placement_in_brief(request, pk, Role.STUDENT, *STAFF)
    if "student" not in placement.relations(request.user):
        return arrangements_to_read(request, placement)
    lines = lines_of(placement, Checklist.ARRANGEMENTS)
    return arrangements_form(
        request,
        placement,
        ChecklistForm(lines, only_ticks=True),
        PreparationForm(instance=preparation_of(placement)),
    )


def arrangements_to_read(request, placement):
    rows = rows_to_read(lines_of(placement, Checklist.ARRANGEMENTS))
    context = {
        "placement": placement,
        "rows": rows,
        "done": sum(1 for row in rows if row.line.tick),
        "preparation": preparation_of(placement),
    }
    return render(request, "arrangements/arrangements_read.html", context)


def arrangements_form(request, placement, ticks, notes, status=200):
    context = {"placement": placement, "form": ticks, "notes": notes, "answered": ticks.answered}
    return render(request, "arrangements/arrangements_detail.html", context, status=status)


def detail_url(pk) -> str:
    return reverse("arrangements_detail", args=[pk])


@keeps_words(detail_url)
@role_required(Role.STUDENT)
@one_save_at_a_time
def arrangements_save(request, pk):
    """Keep what is right in the form; the page sends itself while the student types."""
    placement = placement_in_brief(request, pk, Role.STUDENT)
    ticks = ChecklistForm(lines_of(placement, Checklist.ARRANGEMENTS), request.POST, only_ticks=True)
    notes = PreparationForm(request.POST, instance=preparation_of(placement))
    unticked = keep_preparation(placement, ticks, notes, by=request.user)
    if is_quiet(request):
        return told_quietly(placement, notes, unticked)
    if notes.errors:
        return arrangements_form(request, placement, ticks, notes, status=422)
    messages.success(request, saved(unticked))
    return redirect("arrangements_detail", pk)


def saved(unticked: list[Point]) -> str:
    """That it is saved, and which ticks went with the words."""
    why = "You took out all that you had written to it. Tick it again if it is arranged all the same."
    return " ".join(["Saved.", *(f"Not ticked any more: “{point}”. {why}" for point in unticked)])


def told_quietly(placement, notes, unticked):
    answered = sum(1 for line in lines_of(placement, Checklist.ARRANGEMENTS) if line.tick)
    return notes.told_quietly(saved(unticked), answered=answered, unticked=[point.pk for point in unticked])


# --- The first-day card ---


def first_day(request, pk):
    """The card, for everybody concerned; the student's own journey stands on the student's."""
    placement = placement_in_brief(request, pk)
    relations = placement.relations(request.user)
    known = first_day_of(placement)
    is_staff = bool(relations & STAFF)
    context = card_of(placement, known, relations) | {
        "is_staff": is_staff,
        "may_change": bool(relations - {"student"}),
        "asks": Ask.objects.about(known).filter(kind="first_day") if is_staff and known.pk else [],
    }
    return render(request, "arrangements/first_day.html", context)


def first_day_pdf(request, pk):
    """The same on one small sheet."""
    placement = placement_in_brief(request, pk)
    context = card_of(placement, first_day_of(placement), placement.relations(request.user))
    return pdf_response(request, "print/first_day.html", context, f"First day at {placement.employer}.pdf")


def first_day_edit(request, pk):
    """Staff and the line manager fill the card in."""
    placement = placement_in_brief(request, pk)
    if not placement.relations(request.user) - {"student"}:
        raise PermissionDenied
    form = first_day_form(placement, posted(request))
    if form.is_valid() and form.stored_by(lambda: keep_first_day(form, by=request.user)):
        messages.success(request, "The first-day card has been saved.")
        return redirect("first_day", pk)
    known = form.instance
    events = Event.objects.about(known)[:EVENTS] if known.pk else []
    context = {"placement": placement, "form": form, "events": events}
    return render(request, "arrangements/first_day_edit.html", context, status=422 if form.errors else 200)


@require_POST
@role_required(*STAFF)
def first_day_ask(request, pk):
    """Ask the line manager by mail to fill the card in."""
    placement = placement_in_brief(request, pk, *STAFF)
    try:
        ask_about_first_day(placement, by=request.user)
        messages.success(request, f"{placement.manager} has a mail with a link to fill it in.")
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("first_day", pk)
