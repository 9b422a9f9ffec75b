"""A week that came on paper: whoever looks after the student records it, and it says so everywhere."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from placements.models import Placement
from placements.timesheets import editing
from placements.timesheets.filling import moves_rows, with_rows_moved
from placements.timesheets.forms import PaperForm
from placements.timesheets.pages import week_context, week_read_page
from placements.timesheets.paper_form import PaperWeekForm
from placements.timesheets.telling import tell_days_to_come
from placements.timesheets.views.weeks import find_week_or_404
from placements.timesheets.week import find_week, says_the_same
from portal.access import role_required
from portal.posted import seen_in
from portal.words import full_stop
from portal.workflow import Refused, SomebodyWasQuicker


@role_required("tutor", "coordinator")
def paper_week(request, placement, monday):
    """A week that the student handed over on paper is recorded: by the tutor, by the placement office without one."""
    rows = Placement.objects.visible_to(request.user).with_people().prefetch_related("pattern_days")
    timesheet = find_week_or_404(get_object_or_404(rows, pk=placement), monday)
    if "recorder" not in timesheet.relations(request.user):
        raise PermissionDenied
    if request.method != "POST":
        if not timesheet.is_open:
            return there_already(request, timesheet)
        form = editing.form_of(timesheet, kind=PaperWeekForm)
        return paper_page(request, timesheet, form, PaperForm(still=form.still()))
    form = editing.form_of(timesheet, request.POST, kind=PaperWeekForm)
    declaration = PaperForm(request.POST, still=form.still())
    if not timesheet.is_open:
        return paper_conflict(request, timesheet, form, declaration)
    if moves_rows(do := request.POST.get("do", "")):
        form = PaperWeekForm(timesheet, with_rows_moved(form, do))
        declaration = PaperForm(still=form.still())
        declaration.initial = request.POST.dict()
        return paper_page(request, timesheet, form, declaration, seen=seen_in(request.POST))
    if not all([form.is_valid(), declaration.is_valid()]):
        return paper_page(request, timesheet, form, declaration, seen=seen_in(request.POST), status=422)
    try:
        with transaction.atomic():
            timesheet = editing.save_week(timesheet, form, by=request.user, seen=seen_in(request.POST))
            tell_days_to_come(timesheet, by=request.user)
            timesheet.hand_in(by=request.user)
            if signed_by := declaration.cleaned_data["signed_by"]:
                timesheet.approve_from_paper(by=request.user, signed_by=signed_by)
    except Refused as refused:
        messages.error(request, str(refused))
        timesheet = find_week(timesheet.placement, monday)
        return paper_page(request, timesheet, form, declaration, seen=seen_in(request.POST), status=409)
    except SomebodyWasQuicker:
        return paper_conflict(request, find_week(timesheet.placement, monday), form, declaration)
    messages.success(request, f"Recorded from paper. {full_stop(timesheet.sentence())}")
    return redirect("week_edit", timesheet.pk)


def there_already(request, timesheet):
    """Lead to a week that waits or is approved, and say so."""
    messages.info(request, f"This week is already there: {full_stop(timesheet.sentence())}")
    return redirect("week_edit", timesheet.pk)


def paper_conflict(request, timesheet, form, declaration):
    """The week changed while somebody typed: show what it says now beside what they typed, before either goes."""
    if timesheet.on_paper_by_id == request.user.pk and is_second_click(timesheet, form, declaration):
        return there_already(request, timesheet)
    if not timesheet.is_open:
        messages.warning(request, f"Nothing was recorded: {full_stop(timesheet.sentence())}")
        return week_read_page(request, timesheet, typed=form, status=409)
    now = editing.form_of(timesheet, kind=PaperWeekForm)
    return paper_page(request, timesheet, form, declaration, written=now, status=409)


def is_second_click(timesheet, form, declaration) -> bool:
    """Whether the week that was recorded says what was sent once more, and was signed by the same."""
    if timesheet.is_open or not (form.is_valid() and declaration.is_valid()):
        return False
    return says_the_same(timesheet, form) and timesheet.signed_on_paper_by == declaration.cleaned_data["signed_by"]


def paper_page(request, timesheet, form, declaration, *, seen=None, written=None, status=200):
    """The form; `seen` is the version that the person was shown, `written` what the student wrote after that."""
    context = week_context(timesheet, request.user) | {"form": form, "declaration": declaration, "written": written}
    context |= {"seen": timesheet.version if seen is None else seen, "today": timezone.localdate()}
    return render(request, "timesheets/paper_week.html", context, status=status)
