"""The page about adjustments that the employer is told."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from placements.models import Placement
from placements.setup import adjustments
from placements.setup.models import SharedAdjustment
from placements.setup.views import STAFF
from portal.workflow import Refused


class AdjustmentForm(forms.Form):
    """What the employer should know and do."""

    words = forms.CharField(
        label="What the employer should know, and do",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What helps at work, for example 'a short break every two hours'. A diagnosis need not be named.",
        error_messages={"required": "Write down what helps first."},
    )


def adjustment_list(request, pk):
    """What is shared, what waits for the student, what was shared before; the line manager sees what is released."""
    placement = get_object_or_404(Placement.objects.visible_to(request.user).with_people(), pk=pk)
    relations = placement.relations(request.user)
    is_student, is_staff = "student" in relations, bool(relations & set(STAFF))
    form = AdjustmentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not (is_student or is_staff):
        raise PermissionDenied
    if form.is_valid():
        says = "The employer can read it from now on." if is_student else "Saved. The student is asked to release it."
        words = form.cleaned_data["words"].replace("\r\n", "\n").strip()
        return done(request, placement, says, adjustments.write_adjustment, placement, words)
    rows = list(placement.adjustments.select_related("written_by")) if is_student or is_staff else []
    context = {
        "placement": placement,
        "form": form,
        "is_student": is_student,
        "is_staff": is_staff,
        "now": next((row for row in rows if row.taken_back_at is None), None),
        "earlier": [row for row in rows if row.taken_back_at],
        "shared": "" if rows else adjustments.shared_with_employer(placement),
    }
    return render(request, "placements/adjustment_list.html", context, status=422 if form.errors else 200)


def done(request, placement: Placement, says: str, act, *args):
    """Do something and say what came of it; back to the page."""
    try:
        act(*args, by=request.user)
        messages.success(request, says)
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("adjustment_list", placement.pk)


def own_adjustment(request, pk) -> SharedAdjustment:
    """The row, for the student and the staff; 404 for everybody else, the line manager too."""
    way = [f"placement__{name}" for name in ("student__user", "manager", "employer")]
    row = get_object_or_404(SharedAdjustment.objects.visible_to(request.user).select_related(*way), pk=pk)
    if not row.placement.relations(request.user) - {"manager"}:
        raise PermissionDenied
    return row


@require_POST
def adjustment_release(request, pk):
    row = own_adjustment(request, pk)
    says = "Released: your employer can read it from now on."
    return done(request, row.placement, says, adjustments.release, row)


@require_POST
def adjustment_take_back(request, pk):
    row = own_adjustment(request, pk)
    says = "Taken back: the employer does not see it any more."
    return done(request, row.placement, says, adjustments.take_back, row)
