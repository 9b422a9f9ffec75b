"""The figure and its receipt, and reminding of the weeks that are missing in it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from placements.hours import chart
from placements.hours.receipt import receipt_for
from placements.hours.receipt_weeks import by_month
from placements.hours.reminding import remind
from portal.access import role_required
from portal.workflow import Refused
from students.models import Student
from students.tlevels.deadline import by_when
from students.whose import tutored_student


def hours_receipt(request, pk):
    """A student's hours, for themselves, their tutor and the coordinators of their provider."""
    return show(request, get_object_or_404(students_of(request), pk=pk))


@role_required("student")
def hours_receipt_own(request):
    """A student's own hours, at the provider at whose desk they sit."""
    return show(request, get_object_or_404(students_of(request), user=request.user, provider=request.desk.provider))


def students_of(request):
    """The students that somebody may see, with all that a receipt says about them."""
    return Student.objects.visible_to(request.user).select_related(
        "user", "provider", "tlevel", "specialism", "tutor", "hours"
    )


def show(request, student):
    today = timezone.localdate()
    receipt = receipt_for(student, today)
    context = {
        "student": student,
        "receipt": receipt,
        "months": by_month(receipt.weeks),
        "points": [point for point in chart.points(receipt) if point.counted is not None][1:],
        "chart": chart.drawn(receipt),
        "standing": chart.standing(receipt),
        "by_when": by_when(student.entry_year, today),
        "is_own": student.user_id == request.user.pk,
        "is_recorder": student.is_looked_after_by(request.user),
    }
    return render(request, "hours/hours_receipt.html", context)


@require_POST
@role_required("tutor")
def weeks_remind(request, pk):
    """Mail the tutor's student which weeks are not handed in, or not again, and go back to the caseload."""
    student = tutored_student(request, pk)
    try:
        remind(student, by=request.user)
        messages.success(request, f"A reminder is on its way to {student.name}.")
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("tutor_home")
