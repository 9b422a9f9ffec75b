"""The page of an induction: the student answers, staff read and record from paper. The manager's is in answering.py."""

from collections import defaultdict

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from placements.checklists.forms import ChecklistForm, rows_to_read, save_answers
from placements.checklists.signed_out import keeps_words
from placements.induction.due import induction_of, is_after_start
from placements.induction.following import ask_manager
from placements.induction.forms import PaperAnswersForm, PaperForm, ReopenForm
from placements.induction.models import Induction
from placements.models import Placement
from placements.whose import placement_or_404
from portal.access import role_required
from portal.asks.models import Ask
from portal.history.models import Event
from portal.people.models import STAFF, Role
from portal.posted import is_quiet, posted
from portal.words import full_stop
from portal.workflow import Refused, SomebodyWasQuicker

EVENTS = 50


def placement_with_induction(request, pk, *relations) -> Placement:
    return placement_or_404(request, pk, *relations, also=("induction__decided_by",))


def shown(placement: Placement) -> Induction:
    """The induction to be shown, perhaps one that nobody has begun."""
    found = getattr(placement, "induction", None) or Induction(placement=placement)
    found.placement = placement
    return found


def notes_of(induction: Induction) -> dict[int, list]:
    """What the manager wrote, by point."""
    notes = defaultdict(list)
    if induction.pk:
        for reply in induction.replies.filter(is_taken_back=False):
            notes[reply.point_id].append(reply)
    return notes


def induction_detail(request, pk):
    """To answer for its student, to read for everybody else concerned."""
    placement = placement_with_induction(request, pk)
    return page(request, placement, shown(placement))


def page(request, placement, induction, form=None, status=200):
    relations = placement.relations(request.user)
    lines, notes = induction.lines(), notes_of(induction)
    if form is None and "student" in relations and induction.is_open and is_after_start(placement):
        form = ChecklistForm(lines, notes=notes)
    is_staff, asks = bool(relations & STAFF), []
    if induction.pk and (is_staff or relations == {"manager"}):
        asks = list(Ask.objects.about(induction).filter(kind="induction"))
    context = {
        "placement": placement,
        "induction": induction,
        "form": form,
        "rows": rows_to_read(lines, notes),
        "answered": sum(1 for line in lines if line.tick),
        "moves": induction.moves(request.user) if induction.pk else set(),
        "is_staff": is_staff,
        "is_student": "student" in relations,
        "is_coordinator": "coordinator" in relations,
        "asks": asks if is_staff else [],
        "has_open_ask": any(ask.is_open for ask in asks),
        "own_ask": next((ask for ask in asks if ask.is_open and ask.to_id == request.user.pk), None),
        "events": Event.objects.about(induction)[:EVENTS] if induction.pk and relations - {"manager"} else [],
    }
    return render(request, "induction/induction_detail.html", context, status=status)


def detail_url(pk) -> str:
    return reverse("induction_detail", args=[pk])


@keeps_words(detail_url)
@role_required(Role.STUDENT)
def induction_save(request, pk):
    """Keep the answers: all of the form, or the points that the page sends by itself. `do` may hand it over."""
    placement = placement_with_induction(request, pk, Role.STUDENT)
    if not is_after_start(placement):
        raise PermissionDenied
    quietly = is_quiet(request)
    try:
        form, induction = write(request, placement)
    except SomebodyWasQuicker:
        stands = full_stop(shown(placement_with_induction(request, pk)).sentence())
        told = f"The induction is not open any more: {stands}"
        if quietly:
            return JsonResponse({"says": told}, status=409)
        messages.warning(request, told)
        return redirect("induction_detail", pk)
    if quietly:
        return told_quietly(induction, form)
    if form.errors:
        return page(request, placement, induction, form, status=422)
    if request.POST.get("do") == "hand_over":
        return handed_over(request, induction)
    messages.success(request, "Saved.")
    return redirect("induction_detail", pk)


@transaction.atomic
def write(request, placement) -> tuple[ChecklistForm, Induction]:
    """Keep what is right in the form. Raises SomebodyWasQuicker once the induction is handed over."""
    induction = induction_of(placement)
    induction.take_turn()
    lines, only = induction.lines(), request.POST.getlist("only")
    asked = [line for line in lines if not only or str(line.point.pk) in only]
    form = ChecklistForm(asked, request.POST, notes=notes_of(induction))
    save_answers(placement, form, by=request.user, clear=request.POST.getlist("clear"))
    return form, induction


def told_quietly(induction, form):
    lines = induction.lines()
    answered = sum(1 for line in lines if line.tick)
    wrong = next((error for errors in form.errors.values() for error in errors), "")
    says = wrong or f"Saved. {answered} of {len(lines)} answered."
    return JsonResponse({"says": says, "answered": answered}, status=422 if wrong else 200)


def handed_over(request, induction):
    try:
        induction.hand_over(by=request.user)
        messages.success(request, f"Handed over: {induction.placement.manager} has a mail.")
    except (Refused, SomebodyWasQuicker) as error:
        messages.warning(request, str(error))
    return redirect("induction_detail", induction.placement_id)


@require_POST
@role_required(Role.STUDENT)
def induction_recall(request, pk):
    """Take the induction back while the manager has not answered."""
    placement = placement_with_induction(request, pk, Role.STUDENT)
    try:
        shown(placement).recall(by=request.user)
        messages.success(request, "It is open again. Change what you like, then hand it over once more.")
    except SomebodyWasQuicker as quicker:
        messages.warning(request, str(quicker))
    return redirect("induction_detail", pk)


@require_POST
@role_required(*STAFF)
def induction_ask(request, pk):
    """Mail the manager the link (once more), where the induction waits for them."""
    placement = placement_with_induction(request, pk, *STAFF)
    induction = shown(placement)
    try:
        if induction.status != Induction.Status.HANDED_OVER or placement.manager is None:
            raise Refused("The induction does not wait for a line manager now.")
        ask_manager(induction, by=request.user)
        messages.success(request, f"A mail with the link is on its way to {placement.manager}.")
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("induction_detail", pk)


@role_required(*STAFF)
def induction_paper(request, pk):
    """Record a list that was filled in and signed on paper: the answers, who signed, and when it was done."""
    placement = placement_with_induction(request, pk, *STAFF)
    induction = shown(placement)
    if induction.status == Induction.Status.CONFIRMED or not is_after_start(placement):
        raise Http404
    data = posted(request)
    form, paper = PaperAnswersForm(induction.lines(), data), PaperForm(induction, data)
    if form.is_valid() and paper.is_valid():
        try:
            record_paper(placement, form, paper, by=request.user)
            messages.success(request, "The induction is recorded from paper.")
            return redirect("induction_detail", pk)
        except (Refused, SomebodyWasQuicker) as error:
            paper.add_error(None, str(error))
    context = {"placement": placement, "form": form, "paper": paper}
    return render(request, "induction/induction_paper.html", context, status=200 if data is None else 422)


@transaction.atomic
def record_paper(placement, form, paper, *, by):
    """Answers and signature together, or nothing. Raises Refused or SomebodyWasQuicker."""
    induction = induction_of(placement)
    if induction.is_open:
        induction.take_turn()
        save_answers(placement, form, by=by)
    induction.confirm_from_paper(by=by, **paper.cleaned_data)


@role_required(*STAFF)
def induction_reopen(request, pk):
    """Open a confirmed induction again, with a reason."""
    placement = placement_with_induction(request, pk, *STAFF)
    induction = shown(placement)
    if induction.status != Induction.Status.CONFIRMED:
        raise Http404
    form = ReopenForm(request.POST or None)
    if form.is_valid():
        try:
            induction.reopen(by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, "The induction is open again; the answers are still there.")
            return redirect("induction_detail", pk)
        except (Refused, SomebodyWasQuicker) as error:
            form.add_error(None, str(error))
    context = {"placement": placement, "form": form}
    return render(request, "induction/induction_reopen.html", context, status=422 if form.errors else 200)
