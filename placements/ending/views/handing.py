"""The handover list: what goes on after the last day, and who takes it over."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from placements.ending import doing
from placements.ending.forms import HandoverForm
from placements.ending.models import Handover
from placements.ending.views.common import for_student, thing_of_student
from portal.access import role_required


@for_student
def handover_list(request, placement):
    """The list, and a form below it that adds to it."""
    form = HandoverForm(request.POST or None, instance=Handover(placement=placement))
    if form.is_valid():
        if doing.add_handover(form.instance, by=request.user):
            messages.success(request, "It is on the list.")
        else:
            messages.info(request, "That was on the list already.")
        return redirect("handover_list", placement.pk)
    rows = list(placement.handovers.all())
    context = {
        "form": form,
        "placement": placement,
        "handovers": [row for row in rows if row.removed_at is None],
        "removed": [row for row in rows if row.removed_at],
    }
    return render(request, "ending/handover_list.html", context, status=422 if form.errors else 200)


def own_handover(request, pk) -> Handover:
    return thing_of_student(request, Handover.objects, pk)


@role_required("student")
def handover_edit(request, pk):
    handover = own_handover(request, pk)
    form = HandoverForm(request.POST or None, instance=handover)
    if form.is_valid():
        doing.change_handover(form.instance, by=request.user)
        messages.success(request, "It has been saved.")
        return redirect("handover_list", handover.placement_id)
    context = {"form": form, "handover": handover, "placement": handover.placement}
    return render(request, "ending/handover_edit.html", context, status=422 if form.errors else 200)


@require_POST
@role_required("student")
def handover_done(request, pk):
    """It is handed over; with `undo` it is not."""
    handover = own_handover(request, pk)
    doing.hand_over(handover, done="undo" not in request.POST, by=request.user)
    return redirect("handover_list", handover.placement_id)


@require_POST
@role_required("student")
def handover_remove(request, pk):
    handover = own_handover(request, pk)
    doing.remove_handover(handover, by=request.user)
    messages.success(request, "It is off the list. You can put it back below.")
    return redirect("handover_list", handover.placement_id)


@require_POST
@role_required("student")
def handover_restore(request, pk):
    handover = own_handover(request, pk)
    doing.restore_handover(handover, by=request.user)
    messages.success(request, "It is back on the list.")
    return redirect("handover_list", handover.placement_id)
