"""Whose record a page is about: the own one, one of the tutor's, all of the desk in use."""

from django.shortcuts import get_object_or_404

from portal.people.models import Role
from students.models import Student


def own_record(request):
    """The record of whoever is signed in, at the desk in use: one row or none."""
    return Student.objects.filter(user=request.user, provider=request.desk.provider_id).select_related(
        "user", "provider", "tlevel", "tutor"
    )


def own_student(request) -> Student:
    """The student who is signed in; 404 for whoever is none at the desk in use."""
    return get_object_or_404(own_record(request))


def tutored_student(request, pk: int) -> Student:
    """A student whose tutor is signed in; 404 for everybody else's."""
    tutored = Student.objects.filter(tutor=request.user, provider__in=request.user.providers_as(Role.TUTOR))
    return get_object_or_404(tutored.select_related("user"), pk=pk)


def students_at_desk(request):
    """The students of the desk in use: a tutor's caseload, all of a coordinator's provider."""
    rows = Student.objects.visible_to(request.user).filter(provider=request.desk.provider_id)
    return rows.filter(tutor=request.user) if request.desk.role == Role.TUTOR else rows
