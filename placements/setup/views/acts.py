"""The moves of a placement, and removing one that was a mistake."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from placements.dates import beyond_the_course
from placements.models import Placement
from placements.setup import changing, dates
from placements.setup.forms import ResumeForm
from placements.whose import placement_to_handle
from portal.access import role_required
from portal.people.models import STAFF
from portal.words import full_stop
from portal.workflow import Refused, SomebodyWasQuicker


def done(request, placement, act, says: str, **details):
    """Do `act` of the placement and say what came of it; back to the placement."""
    try:
        act(placement, by=request.user, **details)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
    except SomebodyWasQuicker:
        placement.refresh_from_db()
        messages.warning(request, f"The {placement.called} has moved on meanwhile: {full_stop(placement.sentence())}")
    else:
        messages.success(request, says)
    return redirect("placement_detail", placement.pk)


@require_POST
@role_required(*STAFF)
def placement_start(request, pk):
    placement = placement_to_handle(request, pk)
    is_on = "on a work taster" if placement.is_taster else "on placement"
    return done(request, placement, Placement.start, f"{placement.student.name} is {is_on} now.")


@role_required(*STAFF)
def placement_resume(request, pk):
    """Ask for the new last day, then take the placement up again."""
    placement = placement_to_handle(request, pk)
    form = ResumeForm(request.POST or None, placement=placement)
    if form.is_valid():
        last_on = form.cleaned_data["last_on"]
        goes_on = f"The {placement.called} goes on until {last_on:%-d %B %Y}."
        says = f"{goes_on} {beyond_the_course(placement.student, last_on)}".strip()
        return done(request, placement, dates.resume, says, last_on=last_on)
    return render(request, "placements/placement_resume.html", {"form": form, "placement": placement})


@require_POST
@role_required(*STAFF)
def placement_remove(request, pk):
    placement = placement_to_handle(request, pk)
    student_id, said = placement.student_id, str(placement)
    try:
        changing.remove_placement(placement, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("placement_detail", pk)
    messages.success(request, f"The planned {placement.called} of {said} has been removed.")
    return redirect("student_detail", student_id)
