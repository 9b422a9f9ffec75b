"""Where research on employers shows itself: on the student's page, for the tutor."""

from django.urls import reverse

from portal.rooms import Entry, on_student
from students.interviews.models import Sheet


@on_student(42)
def research(student, user):
    """For the tutor only: what was shared. Worksheet and questions are the student's alone and show nowhere."""
    if student.tutor_id != user.pk:
        return None
    shared = Sheet.objects.kept().filter(student=student, status=Sheet.Status.SHARED)
    names = list(shared.order_by().values_list("name", flat=True)[:50])
    says = f"{len(names)} shared: {', '.join(names[:3])}" if names else "Nothing shared yet"
    return Entry(
        "Research on employers", reverse("student_research", args=[student.pk]), says, "good" if names else "calm",
        "building",
    )  # fmt: skip
