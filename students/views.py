"""Students, for coordinators and, to read, for their tutors."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from portal.access import role_required
from portal.history.telling import told_of
from portal.people import invitations, joining
from portal.people.forms import PERSONAL
from portal.people.models import Role
from portal.rooms import entries_of_student
from portal.workflow import Refused
from students import keeping
from students.departure.acts import may_record
from students.forms import MoveForm, StudentForm
from students.models import Student


def own_students(request):
    """The students of the providers at which the person is a coordinator (a tutor elsewhere changes nothing there)."""
    coordinated = request.user.providers_as(Role.COORDINATOR)
    return Student.objects.visible_to(request.user).filter(provider__in=coordinated).select_related("user", "provider")


@role_required(Role.TUTOR, Role.COORDINATOR)
def student_detail(request, pk):
    students = Student.objects.visible_to(request.user).select_related(
        "user", "provider", "tlevel", "specialism", "tutor", "hours", "standing"
    )
    student = get_object_or_404(students, pk=pk)
    placements = list(student.placements.with_people().order_by("-first_on", "pk"))
    context = {
        "student": student,
        "placements": placements,
        "rooms": entries_of_student(student, request.user),
        "may_record": may_record(student, request.user),
        "may_change": student.provider_id in request.user.providers_as(Role.COORDINATOR),
        "events": told_of(student, {placement: placement.named_beside(placements) for placement in placements}),
    }
    return render(request, "students/student_detail.html", context)


@role_required(Role.COORDINATOR)
def student_add(request):
    provider = request.desk.provider
    form = StudentForm(request.POST or None, provider=provider)
    if form.is_valid():
        person = {name: form.cleaned_data[name] for name in PERSONAL}
        student = keeping.add_student(form.instance, provider, person, by=request.user)
        messages.success(request, f"{student.name} has been added. {invited(student, provider, by=request.user)}")
        return redirect("student_detail", student.pk)
    return render(request, "students/student_add.html", {"form": form, "fixed": ""})


def invited(student: Student, provider, *, by) -> str:
    """Invite a new student, and say what came of it."""
    try:
        invitations.invite(student.user, provider, by=by)
    except Refused as refused:
        return str(refused)
    return f"An invitation is on its way to {student.user.email}."


@role_required(Role.COORDINATOR)
def student_edit(request, pk):
    student = get_object_or_404(own_students(request), pk=pk)
    fixed = joining.why_details_are_fixed(student.user, student.provider)
    form = StudentForm(request.POST or None, instance=student, provider=student.provider, fixed=fixed)
    if form.is_valid():
        person = {name: form.cleaned_data[name] for name in PERSONAL if name in form.cleaned_data}
        try:
            if form.stored_by(lambda: keeping.correct_student(student, person, by=request.user)):
                messages.success(request, f"The details of {student.name} have been saved.")
                return redirect("student_detail", pk)
        except Refused as refused:
            form.add_error("tlevel", str(refused))
    return render(request, "students/student_edit.html", {"form": form, "student": student, "fixed": fixed})


@role_required(Role.COORDINATOR)
def student_move(request, pk):
    """Give one student to another tutor."""
    student = get_object_or_404(own_students(request), pk=pk)
    form = MoveForm(request.POST or None, student=student)
    if form.is_valid():
        keeping.move_student(student, form.cleaned_data["tutor"], by=request.user)
        messages.success(request, f"The tutor of {student.name} is {student.tutor or 'nobody'} now.")
        return redirect("student_detail", pk)
    return render(request, "students/student_move.html", {"form": form, "student": student})


@require_POST
@role_required(Role.COORDINATOR)
def student_remove(request, pk):
    """Take a student away who was added by mistake."""
    student = get_object_or_404(own_students(request), pk=pk)
    name = student.name
    try:
        keeping.remove_student(student, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("student_detail", pk)
    messages.success(request, f"{name} has been removed.")
    return redirect("coordinator_home")
