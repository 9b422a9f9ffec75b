"""Absences told in advance."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from placements.absences.forms import AbsenceForm
from placements.hours.totals import gathered
from placements.models import Placement
from placements.several import told_apart
from placements.timesheets.away import locked_weeks, take_back_absence, tell_absence
from placements.timesheets.models import Absence, monday_of
from portal.access import role_required
from portal.workflow import Refused


@role_required("student")
def absence_list(request):
    """Tell in advance of days away, and see or take back what was told."""
    today = timezone.localdate()
    own = told_apart(Placement.objects.own(request.user).with_people().prefetch_related("pattern_days"))
    frozen = next((placement.student for placement in own if placement.student.frozen_says), None)
    placements = [
        placement for placement in own if placement.last_on >= today and placement.status != Placement.Status.ENDED
    ]
    form = AbsenceForm(request.POST or None, placements=placements)
    if request.method == "POST" and form.is_valid() and told_of(request, form):
        return redirect("absence_list")
    context = {"form": form, "absences": told_from(today, own), "placements": placements, "frozen": frozen}
    return render(request, "absences/absence_list.html", context, status=422 if form.errors else 200)


def told_of(request, form) -> bool:
    """Tell of the days of a valid form; False, with the reason at the form, where the record is frozen."""
    found = form.cleaned_data
    facts = {"kind": found["kind"], "note": found["note"], "by": request.user}
    try:
        with gathered():
            told = tell_absence(found["placement"], found["days"], **facts)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    days = "1 day" if len(told) == 1 else f"{len(told)} days"
    messages.success(request, f"Told: {days}. Your manager and your tutor have a mail.")
    return True


def told_from(today, placements: list[Placement]) -> list[Absence]:
    """The days away at `placements`, from `today` on, each with the week that locks it (`locked_in`), if any."""
    by_key = {placement.pk: placement for placement in placements}
    absences = list(Absence.objects.filter(placement__in=by_key, day__gte=today))
    for absence in absences:
        absence.placement = by_key[absence.placement_id]
    locked = locked_weeks({absence.placement_id for absence in absences}, [absence.day for absence in absences])
    for absence in absences:
        absence.locked_in = locked.get((absence.placement_id, monday_of(absence.day)))
    return absences


@require_POST
@role_required("student")
def absence_remove(request, pk):
    """Take back a day away that was told."""
    rows = Absence.objects.own(request.user).filter(day__gte=timezone.localdate())
    absence = get_object_or_404(rows.select_related("placement"), pk=pk)
    hear = " Your manager and your tutor have a mail." if take_back_absence(absence, by=request.user) else ""
    messages.success(request, f"Taken back: you will be there.{hear}")
    return redirect("absence_list")
