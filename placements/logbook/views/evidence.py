"""The evidence for a goal: the entries that serve it, and how the student rated themselves over time."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from placements.goals.models import LearningGoal
from placements.logbook.chart import ratings_chart
from placements.logbook.forms import RatingForm
from placements.logbook.goal_lines import GoalLine, lines_of
from placements.logbook.models import Entry, EntryGoal, GoalRating
from placements.logbook.reading import page_of
from placements.models import Placement
from placements.whose import placement_or_404
from portal.access import role_required
from portal.history.models import record
from portal.people.models import Role


def goal_evidence(request, pk, goal):
    """Everything that shows how far somebody is with one goal of a placement."""
    placement = placement_or_404(request, pk)
    return evidence_page(request, placement, line_or_404(placement, goal), RatingForm())


def line_or_404(placement, goal: int) -> GoalLine:
    """The goal with all its wordings, of which `goal` is one."""
    lines = lines_of(LearningGoal.objects.filter(placement=placement))
    found = next((line for line in lines if goal in line.pks), None)
    if found is None:
        raise Http404
    return found


def evidence_page(request, placement, line: GoalLine, form, status: int = 200):
    entries = Entry.objects.visible_to(request.user).written().filter(placement=placement)
    entries = entries.filter(pk__in=EntryGoal.objects.filter(goal__in=line.pks).values("entry"))
    ratings = list(GoalRating.objects.visible_to(request.user).filter(goal__in=line.pks))
    is_student = placement.student.user_id == request.user.pk
    context = {
        "placement": placement,
        "line": line,
        "earlier": [row for row in line.rows if row.replaced_at and row.tutor_agreed_at and row != line.held],
        "page": page_of(entries, request.GET.get("page")),
        "ratings": ratings[::-1],
        "chart": ratings_chart(ratings),
        "own": is_student,
        "may_rate": is_student and may_be_rated(placement, line),
        "form": form,
    }
    return render(request, "logbook/goal_evidence.html", context, status=status)


def may_be_rated(placement, line: GoalLine) -> bool:
    """A goal is rated while it holds, once the placement has begun."""
    return line.is_current and placement.status != Placement.Status.PLANNED


@require_POST
@role_required(Role.STUDENT)
def goal_rate(request, pk, goal):
    """The student rates a goal today; a second rating on the same day replaces the first."""
    placement = get_object_or_404(Placement.objects.own(request.user).with_people(), pk=pk)
    line = line_or_404(placement, goal)
    if not may_be_rated(placement, line):
        raise Http404
    form = RatingForm(request.POST)
    if not form.is_valid():
        return evidence_page(request, placement, line, form, status=422)
    rate(line.held, form.cleaned_data["level"], form.cleaned_data["note"], by=request.user)
    messages.success(request, "Noted. Rate it again in a few weeks to see how you have moved on.")
    return redirect("goal_evidence", pk, goal)


@transaction.atomic
def rate(goal: LearningGoal, level: int, note: str, *, by) -> GoalRating:
    """Write down how far the student `by` is with a goal today."""
    rating, _ = GoalRating.objects.update_or_create(
        placement=goal.placement,
        goal=goal,
        rated_on=timezone.localdate(),
        defaults={"level": level, "note": note},
    )
    record(goal, f"rated themselves: {rating.get_level_display()}", by=by)
    return rating


@require_POST
@role_required(Role.STUDENT)
def goal_rating_remove(request, pk):
    """Take back a rating of today."""
    rating = get_object_or_404(GoalRating.objects.own(request.user), pk=pk)
    where = rating.placement_id, rating.goal_id
    if rating.is_of_today():
        rating.delete()
        messages.success(request, "Your rating of today is gone.")
    else:
        messages.warning(request, "A rating stays once its day is over, so that you can see how you moved on.")
    return redirect("goal_evidence", *where)
