"""The provider's library of learning goals, per T Level: kept by its staff, chosen from when goals are written."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from placements.goals import writing
from placements.goals.forms import ChooseForm, LibraryGoalForm
from placements.goals.models import LibraryGoal
from placements.whose import placement_to_handle
from portal.access import role_required
from portal.people.models import STAFF
from portal.posted import posted
from portal.workflow import Refused
from students.tlevels.models import TLevel

PAGE = 50


def own_library(request):
    """The library of the provider at which the person sits now."""
    return LibraryGoal.objects.visible_to(request.user).filter(provider=request.desk.provider_id)


@role_required(*STAFF)
def library_goal_list(request):
    """All goals of the library, of one T Level where one is chosen."""
    tlevels = list(TLevel.objects.order_by("title"))
    asked = request.GET.get("tlevel", "")
    chosen = next((tlevel for tlevel in tlevels if str(tlevel.pk) == asked), None)
    rows = own_library(request).select_related("tlevel")
    if chosen:
        rows = rows.filter(tlevel=chosen)
    context = {"page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "tlevels": tlevels, "chosen": chosen}
    return render(request, "goals/library_goal_list.html", context)


@role_required(*STAFF)
def library_goal_add(request):
    form = LibraryGoalForm(posted(request), instance=LibraryGoal(provider=request.desk.provider))
    if request.method == "GET":
        form.initial["tlevel"] = request.GET.get("tlevel", "")
    if form.is_valid():
        goal = form.save()
        messages.success(request, f"The library has a new goal for {goal.tlevel}.")
        return redirect("library_goal_list")
    return render(request, "goals/library_goal_add.html", {"form": form}, status=422 if form.errors else 200)


@role_required(*STAFF)
def library_goal_edit(request, pk):
    """Change a goal of the library. Goals that were taken over from it keep their wording."""
    goal = get_object_or_404(own_library(request), pk=pk)
    form = LibraryGoalForm(posted(request), instance=goal)
    if form.is_valid() and form.stored_by(form.save):
        messages.success(request, "The goal of the library has been changed.")
        return redirect("library_goal_list")
    return render(
        request, "goals/library_goal_edit.html", {"form": form, "goal": goal}, status=422 if form.errors else 200
    )


@require_POST
@role_required(*STAFF)
def library_goal_remove(request, pk):
    goal = get_object_or_404(own_library(request), pk=pk)
    goal.delete()
    messages.success(request, "The goal has been taken out of the library. Placements that use it keep it.")
    return redirect("library_goal_list")


@role_required(*STAFF)
def goal_choose(request, pk):
    """Take goals of the library over into a placement, as a start."""
    placement = placement_to_handle(request, pk)
    goals = writing.current_goals(placement)
    library = LibraryGoal.objects.filter(provider=placement.provider_id, tlevel=placement.student.tlevel_id)
    form = ChooseForm(posted(request), choices=library.exclude(wording__in=[goal.wording for goal in goals]))
    if request.method == "POST" and form.is_valid():
        rows = [(goal.pk, goal.wording) for goal in goals]
        rows += [(None, goal.wording) for goal in form.cleaned_data["goals"]]
        try:
            writing.write_goals(placement, rows, by=request.user)
            messages.success(request, "Taken over. Now make them fit this placement, and send them.")
            return redirect("goal_edit", pk)
        except Refused as refused:
            form.add_error("goals", str(refused))
    context = {"placement": placement, "form": form, "has_library": library.exists()}
    return render(request, "goals/goal_choose.html", context, status=422 if form.errors else 200)
