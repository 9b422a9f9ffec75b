"""Where reports show themselves: on a student's page, for staff."""

from django.urls import reverse

from portal.rooms import Entry, on_student


@on_student(100)
def reports_of_student(student, user):
    """Always there; each report says itself whether there is anything in it."""
    return Entry("Reports", reverse("student_reports", args=[student.pk]), "To read, print or download", icon="paper")
