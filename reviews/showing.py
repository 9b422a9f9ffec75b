"""Where the rooms of this app that are no apps of their own show themselves."""

from django.urls import reverse

from portal.rooms import Entry, on_student


@on_student(5)
def timeline_of_student(student, user):
    """Always there, without a query."""
    url = reverse("student_timeline", args=[student.pk])
    return Entry("Timeline", url, "Everything in order of time", icon="history")
