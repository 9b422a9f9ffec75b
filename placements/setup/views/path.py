"""The guided path of setting a placement up, and what dates and times add up to while they are chosen."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from placements.models import Placement
from placements.setup.dates import pattern_on
from placements.setup.forms import DatesForm
from placements.setup.pattern_form import PatternForm
from placements.setup.reckoning import adds_up
from placements.setup.taster_form import reckoned
from placements.setup.views.patterns import asked_for, reckoning_of_pattern, usual_start
from placements.setup.views.placements import is_taster, students_to_place
from placements.starting import lacking, tasks_of
from placements.whose import placement_to_handle
from portal.access import role_required
from portal.people.models import STAFF


@role_required(*STAFF)
def placement_setup(request, pk):
    """All steps: what, how it stands, who can settle it; the next one on top."""
    placement = placement_to_handle(request, pk)
    tasks = tasks_of([placement], with_advice=True)[pk]
    to_do = lacking(tasks)
    context = {
        "placement": placement,
        "tasks": tasks,
        "next": next((task for task in to_do if task.url), None),
        "missing": [task.says for task in to_do],
        "done": sum(task.done for task in tasks if task.required),
        "number": sum(task.required for task in tasks),
        "is_planned": placement.status == Placement.Status.PLANNED,
        "in_days": (placement.first_on - timezone.localdate()).days,
    }
    return render(request, "placements/placement_setup.html", context)


@role_required(*STAFF)
def placement_reckoning(request, pk):
    """A piece of a page: what the dates, or the days and times, add up to that stand in the address. 204 without."""
    student = get_object_or_404(students_to_place(request), pk=pk)
    wanted = request.GET.get("placement", "")
    placement = None
    if wanted.isdecimal() and len(wanted) < 18:
        rows = student.placements.with_people().select_related("student__hours").prefetch_related("pattern_days")
        placement = get_object_or_404(rows, pk=wanted)
    dates = DatesForm(request.GET)
    if is_taster(request):
        found = reckoned(student, request.GET)
    elif placement and "pattern-valid_from" in request.GET:
        replaces = asked_for(placement, request.GET.get("from", ""))
        found = reckoning_of_pattern(placement, PatternForm(placement, usual_start(placement), replaces, request.GET))
    elif dates.is_valid():
        days = dates.cleaned_data["first_on"], dates.cleaned_data["last_on"]
        found = adds_up(student, *days, pattern_on(placement, *days) if placement else None, placement=placement)
    else:
        found = None
    if found is None:
        return HttpResponse(status=204)
    return render(request, "placements/reckoning.html", {"reckoning": found})
