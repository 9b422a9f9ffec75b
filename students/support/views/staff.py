"""What students shared, for their tutors and, where they were let in, for the placement office. Each look is noted."""

from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.shortcuts import get_object_or_404, render

from portal.access import role_required
from portal.people.models import STAFF, Role
from students.models import Student
from students.support.employers import told_to_employers
from students.support.looking import look_at
from students.support.models import Need

PAGE = 50


@role_required(*STAFF)
def student_support(request, pk):
    """What one student shared with the reader; the same page, empty, where there is nothing for them."""
    rows = Student.objects.visible_to(request.user).exclude(user=request.user)
    student = get_object_or_404(rows.select_related("user", "tutor"), pk=pk)
    needs = list(Need.objects.visible_to(request.user).shared().filter(student=student).order_by("-told_at"))
    look_at(needs, by=request.user)
    context = {
        "student": student,
        "needs": needs,
        "is_tutor": student.tutor_id == request.user.pk,
        "told": told_to_employers(student, request.user),
    }
    return render(request, "support/student_support.html", context)


@role_required(*STAFF)
def support_shared_list(request):
    """The students who shared something with this desk; for the office, how many more told their tutors."""
    rows = Need.objects.at_desk(request.desk)
    students = rows.order_by().values("student", "student__user__first_name", "student__user__last_name")
    students = students.annotate(shared=Count("pk"), newest_at=Max("told_at")).order_by("-newest_at", "student")
    is_office = request.desk.role == Role.COORDINATOR
    context = {
        "page": Paginator(students, PAGE).get_page(request.GET.get("page")),
        "is_office": is_office,
        "all": students_with_something(request.desk.provider_id) if is_office else 0,
    }
    return render(request, "support/support_shared_list.html", context)


def students_with_something(provider_id: int) -> int:
    """How many students of a provider shared something with anybody: a number, and no names."""
    return Need.objects.shared().filter(provider=provider_id).aggregate(all=Count("student", distinct=True))["all"]
