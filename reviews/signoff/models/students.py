"""What all records of this room share: they belong to a student, and no line manager sees them."""

from django.db import models

from students.models import Student


class ThroughStudent(models.QuerySet):
    def visible_to(self, user):
        """Visible if and only if the student is: to themselves, their tutor, their placement office."""
        return self.filter(student__in=Student.objects.visible_to(user))

    def with_people(self):
        """Everything that a row says about the student, in the same query."""
        return self.select_related("student__user", "student__tutor", "student__tlevel", "student__provider")
