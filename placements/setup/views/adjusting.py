"""The page about what the line manager is told of what helps, and releasing it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from placements.models import Placement
from placements.setup import adjustments
from placements.setup.models import SharedAdjustment
from placements.whose import placement_or_404
from portal.access import role_required
from portal.asks.models import Ask
from portal.history.models import Event, looks_at
from portal.people.models import STAFF, Role
from portal.workflow import Refused
from students.support.models import Need

SHOWN = 50


class AdjustmentForm(forms.Form):
    """What the employer should know and do."""

    words = forms.CharField(
        label="What the employer should know, and do",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What helps at work, for example 'a short break every two hours'. A diagnosis need not be named.",
        error_messages={"required": "Write down what helps first."},
    )


class ReleaseForm(forms.Form):
    """Whether the placement office reads the released words, too."""

    with_office = forms.BooleanField(
        label="The placement office may read these words, too",
        required=False,
        help_text="Without this it only sees that something is released.",
    )


def adjustment_list(request, pk):
    """What is released, what waits for the student, what was before; the line manager reads what is released."""
    placement = placement_or_404(request, pk)
    relations = placement.relations(request.user)
    if relations == {"manager"}:
        return to_read(request, placement)
    is_student = "student" in relations
    form = AdjustmentForm(request.POST or None, initial={"words": words_of_need(request) if is_student else ""})
    if form.is_valid():
        words = form.cleaned_data["words"].replace("\r\n", "\n").strip()
        if not is_student:
            says = "Saved. The student is asked to release it; what was released before holds until then."
            return done(request, placement, says, adjustments.write_adjustment, placement, words)
        return written(request, placement, words)
    context = {"placement": placement, "form": form, "is_student": is_student}
    context |= rows_for(request.user, placement, is_student)
    return render(request, "placements/adjustment_list.html", context, status=422 if form.errors else 200)


def to_read(request, placement: Placement):
    """For the line manager: nothing but the words, and a button that says that they were read."""
    row = adjustments.read_at_work(placement, request.user)
    if request.method == "POST":
        if row is None:
            raise PermissionDenied
        adjustments.mark_read(row, by=request.user)
        messages.success(request, f"Thank you. {placement.student.user.first_name} can see that you have read it.")
        return redirect("adjustment_list", placement.pk)
    is_asked = row and Ask.objects.about(row).open().filter(to=request.user).exists()
    context = {"placement": placement, "row": row, "is_asked": is_asked}
    return render(request, "placements/adjustment_read.html", context)


def written(request, placement: Placement, words: str):
    """The student's own words: read them once more, then release them or not."""
    try:
        row = adjustments.write_adjustment(placement, words, by=request.user)
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("adjustment_list", placement.pk)
    return redirect("adjustment_release", row.pk)


def words_of_need(request) -> str:
    """What the student wrote under 'what helps' in one of their needs, to begin with."""
    pk = request.GET.get("need", "")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 10):
        return ""
    rows = Need.objects.visible_to(request.user).filter(student__user=request.user)
    return rows.filter(pk=pk).values_list("helps", flat=True).first() or ""


def rows_for(user, placement: Placement, is_student: bool) -> dict:
    """The words now, those that wait to take their place, and before; who has read them, what was mailed.

    What staff read of it is noted.
    """
    rows = SharedAdjustment.objects.filter(placement=placement).select_related("written_by").read_by(user)
    rows = list(rows if is_student else rows.known_to_staff())
    for row in rows:
        row.placement = placement
    held = sorted((row for row in rows if row.taken_back_at is None), key=lambda row: row.released_at is None)
    now, waiting = [*held, None, None][:2]
    if now and now.is_readable and not is_student and now.is_released:
        adjustments.read_at_work(placement, user)
    return {
        "now": now,
        "waiting": waiting,
        "earlier": [row for row in rows if row.taken_back_at][:SHOWN],
        "looks": looks_at(now)[:SHOWN] if now and is_student else [],
        "events": Event.objects.about(now)[:SHOWN] if now and is_student else [],
        "asks": Ask.objects.about(now) if now and now.is_readable and not is_student else [],
    }


def done(request, placement: Placement, says: str, act, *args, **details):
    """Do something and say what came of it; back to the page."""
    try:
        act(*args, by=request.user, **details)
        messages.success(request, says)
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("adjustment_list", placement.pk)


def own_adjustment(request, pk, *relations) -> SharedAdjustment:
    """The row, for whoever may read it and stands to the placement in one of `relations`; else 404 or 403."""
    way = [f"placement__{name}" for name in ("student__user", "manager", "employer", "provider")]
    row = get_object_or_404(SharedAdjustment.objects.visible_to(request.user).select_related(*way), pk=pk)
    if not row.placement.relations(request.user) & set(relations):
        raise PermissionDenied
    return row


@role_required(Role.STUDENT)
def adjustment_release(request, pk):
    """Read exactly what will be read, by whom, and release it. Releasing is the student's alone."""
    row = own_adjustment(request, pk, "student")
    why_not = adjustments.why_not_released(row, request.user)
    form = ReleaseForm(request.POST or None)
    if request.method == "POST" or row.taken_back_at or row.is_at_work:
        with_office = form.is_valid() and form.cleaned_data["with_office"]
        says = f"Released: {row.placement.manager} can read it from now on."
        if request.method != "POST":
            return redirect("adjustment_list", row.placement_id)
        return done(request, row.placement, says, adjustments.release, row, with_office=with_office)
    before = SharedAdjustment.objects.at_work().filter(placement=row.placement_id).first()
    context = {"row": row, "placement": row.placement, "form": form, "why_not": why_not, "before": before}
    return render(request, "placements/adjustment_release.html", context)


@require_POST
@role_required(Role.STUDENT)
def adjustment_office(request, pk):
    """The placement office may read it, too, or not any more."""
    row = own_adjustment(request, pk, "student")
    wanted = request.POST.get("with_office") == "yes"
    says = "The placement office can read it now." if wanted else "The placement office cannot read it any more."
    return done(request, row.placement, says, adjustments.let_office_read, row, with_office=wanted)


@require_POST
def adjustment_take_back(request, pk):
    row = own_adjustment(request, pk, "student", *STAFF)
    says = "Taken back: nobody at the employer can open it any more. What was read or printed cannot be unread."
    return done(request, row.placement, says if row.is_released else "Taken out.", adjustments.take_back, row)
