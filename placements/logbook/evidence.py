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
from placements.logbook.models import Entry, GoalRating
from placements.logbook.reading import page_of
from placements.models import Placement
from portal.access import role_required
from portal.history.models import record
from portal.people.models import Role


def goal_evidence(request, pk, number):
    """Everything that shows how far somebody is with one goal of a placement."""
    placement = get_object_or_404(Placement.objects.visible_to(request.user).with_people(), pk=pk)
    return evidence_page(request, placement, number, RatingForm())


def evidence_page(request, placement, number: int, form, status: int = 200):
    wordings = list(LearningGoal.objects.filter(placement=placement, number=number))
    if not wordings:
        raise Http404
    entries = Entry.objects.visible_to(request.user).written().filter(placement=placement, goals__number=number)
    page = page_of(entries, request.GET.get("page"))
    ratings = list(GoalRating.objects.visible_to(request.user).filter(placement=placement, number=number))
    is_student = placement.student.user_id == request.user.pk
    context = {
        "placement": placement,
        "goal": next((goal for goal in wordings if goal.replaced_at is None), wordings[0]),
        "earlier": [goal for goal in wordings if goal.replaced_at is not None],
        "page": page,
        "ratings": ratings[::-1],
        "chart": ratings_chart(ratings),
        "is_student": is_student,
        "own": is_student,
        "may_rate": is_student and wordings[0].replaced_at is None,
        "form": form,
    }
    return render(request, "logbook/goal_evidence.html", context, status=status)


@require_POST
@role_required(Role.STUDENT)
def goal_rate(request, pk, number):
    """The student rates a goal today; a second rating on the same day replaces the first."""
    rows = Placement.objects.visible_to(request.user).filter(student__user=request.user).with_people()
    placement = get_object_or_404(rows, pk=pk)
    goal = get_object_or_404(LearningGoal.objects.current(), placement=placement, number=number)
    form = RatingForm(request.POST)
    if not form.is_valid():
        return evidence_page(request, placement, number, form, status=422)
    rate(goal, form.cleaned_data["level"], form.cleaned_data["note"], by=request.user)
    messages.success(request, "Noted. Rate it again in a few weeks to see how you have moved on.")
    return redirect("goal_evidence", pk, number)


@transaction.atomic
def rate(goal: LearningGoal, level: int, note: str, *, by) -> GoalRating:
    """Write down how far the student `by` is with a goal today."""
    said = {"level": level, "note": note, "wording": goal.wording}
    rating, _ = GoalRating.objects.update_or_create(
        placement=goal.placement, number=goal.number, rated_on=timezone.localdate(), defaults=said
    )
    record(goal, f"rated themselves: {rating.get_level_display()}", by=by)
    return rating


@require_POST
@role_required(Role.STUDENT)
def goal_rating_remove(request, pk):
    """Take back a rating of today."""
    rating = get_object_or_404(GoalRating.objects.visible_to(request.user).own(request.user), pk=pk)
    where = rating.placement_id, rating.number
    if rating.is_of_today():
        rating.delete()
        messages.success(request, "Your rating of today is gone.")
    else:
        messages.warning(request, "A rating stays once its day is over, so that you can see how you moved on.")
    return redirect("goal_evidence", *where)
