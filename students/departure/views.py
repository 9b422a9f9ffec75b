"""Recording that a student left the T Level, and taking that back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.access import role_required
from portal.people.models import STAFF
from portal.posted import posted
from portal.workflow import Refused, SomebodyWasQuicker
from students.departure import acts
from students.departure.forms import LeaveForm
from students.departure.settling import what_still_runs
from students.whose import students_at_desk


@role_required(*STAFF)
def student_leave(request, pk):
    """The last day, the reason and a note; before that, what has to be settled first."""
    student = get_object_or_404(students_at_desk(request).select_related("user", "provider"), pk=pk)
    if student.frozen_says:
        messages.info(request, student.frozen_says)
        return redirect("student_detail", pk)
    form = LeaveForm(posted(request), student=student, initial={"on": timezone.localdate()})
    if form.is_valid():
        try:
            acts.leave(student, **form.cleaned_data, by=request.user)
        except (Refused, SomebodyWasQuicker) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"It is recorded that {student.name} left the T Level.")
            return redirect("student_detail", pk)
    context = {"student": student, "form": form, "still_runs": what_still_runs(student)}
    return render(request, "departure/student_leave.html", context, status=422 if form.errors else 200)


@require_POST
@role_required(*STAFF)
def student_return(request, pk):
    """The student has not left after all, or is back."""
    student = get_object_or_404(students_at_desk(request).select_related("user"), pk=pk)
    try:
        acts.take_back(student, by=request.user)
    except SomebodyWasQuicker as quicker:
        messages.warning(request, str(quicker))
    else:
        messages.success(
            request, f"Taken back: {student.name} is on the T Level. What was withdrawn can be asked again."
        )
    return redirect("student_detail", pk)
