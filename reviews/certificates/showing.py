"""Where certificates show themselves: on the student's page for staff, and for a while on the student's home."""

from datetime import timedelta
from functools import partial

from django.urls import reverse
from django.utils import timezone

from portal.rooms import Entry, Step, WhenAny, for_student, on_student
from reviews.certificates.models import Certificate

NEW_FOR = timedelta(days=14)


@on_student(95)
def certificate_entry(student, user):
    """Once the record is signed off, or was: issued, revoked, or still to be issued."""
    found = Certificate.objects.filter(student=student).first()
    url = reverse("certificate_detail", args=[student.pk])
    if student.signed_off_at and not (found and found.stands):
        return Entry("Certificate of hours", url, "Signed off, not issued yet", "waiting", "paper")
    if found is None:
        return None
    return Entry("Certificate of hours", url, found.sentence(), found.tone, "paper")


@for_student(5)
def certificate_steps(student, placements, today):
    """For two weeks after it was issued, or after it was revoked."""
    since = timezone.now() - NEW_FOR
    rows = Certificate.objects.filter(student=student)
    rows = rows.filter(issued_at__gte=since) | rows.filter(revoked_at__gte=since)
    return WhenAny(rows, partial(steps_to_take, student))


def steps_to_take(student, rows):
    found = rows.order_by("-issued_at").first()
    url = reverse("certificate_detail", args=[student.pk])
    if found.stands:
        return [Step("Download your certificate of hours", url, "good", "Signed by your college, yours to keep.")]
    return [Step("Your certificate was revoked", url, "attention", "See why, and what happens next.")]
