"""A week that came on paper: the tutor records it, and it says so everywhere."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from placements.models import Placement
from placements.timesheets import editing
from placements.timesheets.forms import PaperForm
from placements.timesheets.pages import week_context
from placements.timesheets.paper_form import PaperWeekForm
from placements.timesheets.views import find_week_or_404
from placements.timesheets.week import find_week
from portal.access import role_required
from portal.posted import seen_in
from portal.words import full_stop
from portal.workflow import Refused, SomebodyWasQuicker


@role_required("tutor")
def paper_week(request, placement, monday):
    """A tutor records a week that the student handed over on paper."""
    rows = Placement.objects.visible_to(request.user).with_people().prefetch_related("pattern_days")
    timesheet = find_week_or_404(get_object_or_404(rows, pk=placement, student__tutor=request.user), monday)
    if not timesheet.is_open:
        messages.info(request, f"This week is already there: {full_stop(timesheet.sentence())}")
        return redirect("week_edit", timesheet.pk)
    if request.method == "GET":
        return paper_page(request, timesheet, editing.form_of(timesheet, kind=PaperWeekForm), PaperForm())
    form, declaration = editing.form_of(timesheet, request.POST, kind=PaperWeekForm), PaperForm(request.POST)
    if not all([form.is_valid(), declaration.is_valid()]):
        return paper_page(request, timesheet, form, declaration, status=422)
    try:
        with transaction.atomic():
            timesheet = editing.save_week(timesheet, form, by=request.user, seen=seen_in(request.POST))
            timesheet.hand_in(by=request.user)
            if signed_by := declaration.cleaned_data["signed_by"]:
                timesheet.approve_from_paper(by=request.user, signed_by=signed_by)
    except (Refused, SomebodyWasQuicker) as refused:
        messages.error(request, str(refused))
        timesheet = find_week(timesheet.placement, monday)
        return paper_page(request, timesheet, form, declaration, status=409)
    messages.success(request, f"Recorded from paper. {full_stop(timesheet.sentence())}")
    return redirect("week_edit", timesheet.pk)


def paper_page(request, timesheet, form, declaration, status=200):
    context = week_context(timesheet, request.user) | {"form": form, "declaration": declaration}
    return render(request, "timesheets/paper_week.html", context | {"today": timezone.localdate()}, status=status)
