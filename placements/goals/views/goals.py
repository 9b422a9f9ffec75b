"""Pages of learning goals: reading, writing, sending, and recording that they were agreed in person."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from placements.goals import writing
from placements.goals.forms import InPersonForm, goal_rows
from placements.goals.models import MOST, LearningGoal
from placements.goals.standing import standing_of, tally_of
from placements.models import Placement
from placements.whose import placement_or_404, placement_to_handle
from portal.access import role_required
from portal.asks.models import Ask
from portal.people.models import STAFF
from portal.posted import posted
from portal.workflow import Refused, SomebodyWasQuicker


def goal_list(request, pk):
    """The goals as they hold, how they stand, and earlier wordings."""
    placement = placement_or_404(request, pk)
    relations = placement.relations(request.user)
    is_staff = bool(relations & STAFF)
    goals = writing.current_goals(placement)
    if not is_staff:
        goals = [goal for goal in goals if goal.tutor_agreed_at]  # drafts are the staff's own
    asks = list(Ask.objects.about(placement).filter(kind=writing.KIND))
    context = {
        "placement": placement,
        "goals": goals,
        "standing": standing_of(placement, tally_of(goals)),
        "earlier": placement.goals.earlier().exclude(tutor_agreed_at=None, manager_agreed_at=None),
        "is_staff": is_staff,
        "may_write": is_staff and not placement.student.frozen_says,
        "is_manager": "manager" in relations,
        "own_ask": next((ask for ask in asks if ask.is_open and ask.to_id == request.user.pk), None),
        "asks": asks if is_staff else [],
        "seen": writing.fingerprint(goals),
        "may_send": any(goal.tutor_agreed_at is None or goal.wish or not goal.is_agreed for goal in goals),
        "waits": any(goal.tutor_agreed_at and not goal.manager_agreed_at for goal in goals),
    }
    return render(request, "goals/goal_list.html", context)


@role_required(*STAFF)
def goal_edit(request, pk):
    """Write the goals: all on one page, sent at once or kept for later."""
    placement = placement_to_handle(request, pk)
    goals = writing.current_goals(placement)
    rows = goal_rows(placement, goals, posted(request))
    problem = ""
    if request.method == "POST" and rows.is_valid():
        try:
            return stored(request, placement, rows.rows())
        except (Refused, SomebodyWasQuicker) as refused:
            problem = str(refused)
    context = {
        "placement": placement,
        "rows": rows,
        "problem": problem,
        "seen": request.POST.get("seen") or writing.fingerprint(goals),
        "was_agreed": any(not goal.is_draft for goal in goals),
        "most": MOST,
    }
    return render(request, "goals/goal_edit.html", context, status=422 if request.method == "POST" else 200)


def stored(request, placement: Placement, rows):
    """Keep what was written and, where that was pressed, put it to the line manager."""
    writing.write_goals(placement, rows, by=request.user, seen=request.POST.get("seen", ""))
    if "send" not in request.POST:
        messages.success(request, "The goals are saved. They hold once you have sent them and the manager agrees.")
        return redirect("goal_list", placement.pk)
    try:
        writing.send_goals(placement, by=request.user)
    except Refused as refused:
        messages.success(request, "The goals are saved.")
        messages.warning(request, f"They are not sent: {refused}")
    else:
        messages.success(request, f"The goals are saved, and {placement.manager} has been asked to agree.")
    return redirect("goal_list", placement.pk)


@require_POST
@role_required(*STAFF)
def goal_send(request, pk):
    placement = placement_to_handle(request, pk)
    try:
        writing.send_goals(placement, by=request.user, seen=request.POST.get("seen", ""))
        messages.success(request, f"{placement.manager} has been asked to agree to the goals.")
    except (Refused, SomebodyWasQuicker) as refused:
        messages.warning(request, str(refused))
    return redirect("goal_list", pk)


@require_POST
@role_required(*STAFF)
def goal_take_back(request, pk):
    placement = placement_to_handle(request, pk)
    try:
        writing.take_goals_back(placement, by=request.user)
        messages.success(request, "Taken back. You can change the goals and send them again.")
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("goal_list", pk)


@role_required(*STAFF)
def goal_agreed(request, pk):
    """Record that the line manager agreed in person, or on paper."""
    placement = placement_to_handle(request, pk)
    form = InPersonForm(posted(request))
    goals = LearningGoal.objects.filter(placement=placement).current()
    seen = request.POST.get("seen") or writing.fingerprint(goals)
    if request.method == "POST" and form.is_valid():
        try:
            writing.record_agreed_in_person(placement, form.cleaned_data["on"], by=request.user, seen=seen)
        except (Refused, SomebodyWasQuicker) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Recorded: {placement.manager} agreed in person.")
            return redirect("goal_list", pk)
    context = {"placement": placement, "form": form, "goals": goals, "seen": seen}
    return render(request, "goals/goal_agreed.html", context, status=422 if form.errors else 200)
