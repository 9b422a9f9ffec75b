"""What all records of this room share: they belong to a student, and no line manager sees them."""

from django.db import models

from portal.people.models import Role
from students.models import Student


class ThroughStudent(models.QuerySet):
    def visible_to(self, user):
        """Visible if and only if the student is: to themselves, their tutor, their placement office."""
        return self.filter(student__in=Student.objects.visible_to(user))

    def with_people(self):
        """Everything that a row says about the student, in the same query."""
        return self.select_related("student__user", "student__tutor", "student__tlevel", "student__provider")


def relations_to(student: Student, user) -> set[str]:
    """How `user` stands to the student: any of student, tutor, coordinator."""
    found = set()
    if student.user_id == user.pk and student.provider_id in user.providers_as(Role.STUDENT):
        found.add("student")
    if student.tutor_id == user.pk and student.provider_id in user.providers_as(Role.TUTOR):
        found.add("tutor")
    if student.provider_id in user.providers_as(Role.COORDINATOR):
        found.add("coordinator")
    return found
