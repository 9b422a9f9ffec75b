"""Students move to another tutor, many at once."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.access import role_required
from portal.history.models import Event, event
from portal.notices import mail
from portal.people.models import Role, User
from reviews.dashboards import queries
from reviews.risk.keeping import touch
from students.models import Student


class MoveForm(forms.Form):
    """To which tutor the chosen students move."""

    tutor = forms.ModelChoiceField(
        User.objects.none(),
        label="New tutor",
        empty_label="Choose a tutor",
        error_messages={
            "required": "Choose the new tutor.",
            "invalid_choice": "This is not a tutor of your provider. Choose one from the list.",
        },
    )

    def __init__(self, *args, provider, **kwargs):
        super().__init__(*args, **kwargs)
        tutors = User.objects.filter(is_active=True, memberships__provider=provider, memberships__role=Role.TUTOR)
        self.fields["tutor"].queryset = tutors


@role_required("coordinator")
def student_moves(request):
    """Choose the tutor, check, then move. Only the last step, a POST, changes anything."""
    given = request.POST if request.method == "POST" else request.GET
    wanted = [int(pk) for pk in given.getlist("student") if pk.isascii() and pk.isdigit() and len(pk) < 19]
    students = queries.students_of(request.desk, request.user).filter(pk__in=wanted)
    form = MoveForm(given if "tutor" in given or request.method == "POST" else None, provider=request.desk.provider_id)
    if not students.exists():
        messages.warning(request, "Choose at least one student first, by the boxes in the list.")
        return redirect("coordinator_home")
    if request.method == "POST" and form.is_valid():
        tutor = form.cleaned_data["tutor"]
        already = students.filter(tutor=tutor).count()
        moved = len(move(students, tutor, by=request.user))
        messages.success(request, what_moved(moved, already, tutor))
        return redirect("coordinator_home")
    context = {"students": list(students.select_related("user", "tutor")), "form": form}
    if form.is_bound and form.is_valid():
        tutor = form.cleaned_data["tutor"]
        number = sum(student.tutor_id != tutor.pk for student in context["students"])
        return render(request, "dashboards/student_moves_check.html", context | {"tutor": tutor, "number": number})
    return render(request, "dashboards/student_moves.html", context, status=422 if form.errors else 200)


def what_moved(moved: int, already: int, tutor: User) -> str:
    """What came of it: '2 students moved to Tom Ellis. 1 was there already.'"""
    if not moved:
        return f"Nobody was moved: {tutor.name} is their tutor already."
    says = f"{moved} student{'s' * (moved != 1)} moved to {tutor.name}."
    return f"{says} {already} {'was' if already == 1 else 'were'} there already." if already else says


@transaction.atomic
def move(students, tutor: User, *, by: User) -> list[Student]:
    """Give the students to another tutor: history on each, one mail to the tutor. Returns those who really moved."""
    found = students.select_related("user", "tutor", "tlevel").select_for_update(of=["self"])
    moved = [student for student in found if student.tutor_id != tutor.pk]
    Student.objects.filter(pk__in=[student.pk for student in moved]).update(tutor=tutor)
    touch(student.pk for student in moved)
    Event.objects.bulk_create([event(student, said(student, tutor), by=by) for student in moved])
    if moved and tutor != by:
        context = {"students": moved, "by": by, "link": mail.absolute(reverse("tutor_home"))}
        mail.send("students_moved", to=tutor, context=context)
    return moved


def said(student: Student, tutor: User) -> str:
    if student.tutor is None:
        return f"gave the student the tutor {tutor.name}"
    return f"moved the student from {student.tutor.name} to {tutor.name}"
