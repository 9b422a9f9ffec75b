"""Ending a placement before its time, and what follows from it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from placements.ending import early as acts
from placements.ending.early_forms import EarlyEndForm, NextForm, TellForm
from placements.ending.models import EarlyEnd
from placements.models import Placement
from placements.whose import placement_or_404, placement_to_handle
from portal.access import role_required
from portal.people.models import STAFF
from portal.words import full_stop
from portal.workflow import Refused, SomebodyWasQuicker


@role_required(*STAFF)
def placement_end(request, pk):
    """Who wants it, why, from when, and how the student goes on: then the placement ends."""
    placement = placement_to_handle(request, pk)
    if placement.status != Placement.Status.ACTIVE:
        messages.warning(request, f"The placement has moved on meanwhile: {full_stop(placement.sentence())}")
        return redirect("placement_detail", pk)
    today = timezone.localdate()
    initial = {"last_on": min(today, placement.last_on), "told_text": acts.first_words(placement, by=request.user)}
    form = EarlyEndForm(request.POST or None, instance=EarlyEnd(placement=placement), initial=initial)
    if form.is_valid():
        try:
            early = acts.end_early(form.instance, tell=form.cleaned_data.get("tell", False), by=request.user)
        except (Refused, SomebodyWasQuicker) as refused:
            messages.warning(request, str(refused))
            return redirect("placement_detail", pk)
        if early.leaves:
            messages.success(request, "The placement has ended. Now record that the student leaves the T Level.")
            return redirect("student_leave", placement.student_id)
        messages.success(request, "The placement has ended. The hours stay and count on.")
        return redirect("early_end_detail", early.pk)
    context = {"form": form, "placement": placement}
    return render(request, "ending/placement_end.html", context, status=422 if form.errors else 200)


def early_end_for(request, pk, relations) -> EarlyEnd:
    """An early end that was not undone, for whoever stands to its placement in one of `relations`; else 404."""
    people = "placement__student__user", "placement__student__tutor", "placement__employer", "placement__manager"
    rows = EarlyEnd.objects.visible_to(request.user).filter(undone_at=None)
    early = get_object_or_404(rows.select_related(*people, "placement__student__hours", "made_by", "reason"), pk=pk)
    placement_or_404(request, early.placement_id, *relations)
    return early


def page(request, early, next_form=None, tell_form=None):
    """The page about an early end; staff have the forms."""
    is_staff = bool(early.placement.relations(request.user) & STAFF)
    context = {
        "early": early,
        "placement": early.placement,
        "hours": early.placement.student.hours,
        "is_staff": is_staff,
        "next_form": next_form or NextForm(instance=early),
        "tell_form": tell_form or TellForm(instance=early),
        "is_refused": bool(next_form),
    }
    return render(request, "ending/early_end_detail.html", context, status=422 if next_form or tell_form else 200)


@role_required("student", *STAFF)
def early_end_detail(request, pk):
    """What was said, the hours that are kept, and the next step."""
    return page(request, early_end_for(request, pk, {"student", *STAFF}))


@require_POST
@role_required(*STAFF)
def early_end_next(request, pk):
    """Another next step, or another date."""
    form = NextForm(request.POST, instance=early_end_for(request, pk, STAFF))
    if not form.is_valid() or not form.stored_by(lambda: acts.change_next(form.instance, by=request.user)):
        return page(request, early_end_for(request, pk, STAFF), next_form=form)
    if form.instance.leaves:
        messages.success(request, "The next step is agreed. Now record that the student leaves the T Level.")
        return redirect("student_leave", form.instance.placement.student_id)
    messages.success(request, "The next step is agreed. The student sees it on their home.")
    return redirect("early_end_detail", pk)


@require_POST
@role_required(*STAFF)
def early_end_settle(request, pk):
    """The next step is settled; with `undo` it is open again."""
    early = early_end_for(request, pk, STAFF)
    acts.settle_next(early, done="undo" not in request.POST, by=request.user)
    messages.success(request, "Noted: open again." if "undo" in request.POST else "Noted: settled.")
    return redirect("early_end_detail", pk)


@require_POST
@role_required(*STAFF)
def early_end_tell(request, pk):
    """Keep the words to the employer; with act=send mail them."""
    form = TellForm(request.POST, instance=early_end_for(request, pk, STAFF))
    if not form.is_valid() or not form.stored_by(lambda: acts.keep_words(form.instance)):
        return page(request, early_end_for(request, pk, STAFF), tell_form=form)
    try:
        if request.POST.get("act") == "send":
            acts.tell_employer(form.instance, by=request.user)
        messages.success(request, "The mail is on its way." if form.instance.told_at else "The words are kept.")
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("early_end_detail", pk)
