"""Where the standing shows itself: on the page of a student, for staff."""

from django.urls import reverse

from portal.rooms import Entry, on_student
from portal.words import full_stop


@on_student(5)
def standing_of_student(student, user):
    """How the student stood when last looked at, with the gravest reason. No query where it was selected along."""
    standing = getattr(student, "standing", None)
    if standing is None:
        return None
    url = reverse("hours_receipt", args=[student.pk])
    says = standing.sentence()
    if standing.is_stale:
        says = f"{full_stop(says)} This is from before the latest change and is renewed in a moment."
    return Entry("How they stand", url, says, standing.tone, "chart")
