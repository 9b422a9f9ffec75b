"""Where certificates show themselves: on the student's page and home, and among what needs staff."""

from datetime import timedelta
from functools import partial

from django.db.models import Case, Value, When
from django.urls import reverse
from django.utils import timezone

from portal.needs import Waiting, for_staff
from portal.people.models import Role
from portal.rooms import Entry, Step, for_student, of_first, on_student
from reviews.certificates.issuing import waiting
from reviews.certificates.models import WARN_DAYS, Certificate, SigningKey

NEW_FOR = timedelta(days=14)


@on_student(95)
def certificate_entry(student, user):
    """Once the record is signed off, or was: issued, revoked, or still to be issued."""
    url = reverse("certificate_detail", args=[student.pk])
    not_issued = Entry("Certificate of hours", url, "Signed off, not issued yet", "waiting", "paper")
    to_issue = not_issued if student.signed_off_at else None
    reads = "status", "issued_at", "revoked_at", "revoked_because"
    return of_first(certificates, partial(newest_entry, url, to_issue), to_issue, reads=reads, student=student.pk)


def certificates(student):
    return Certificate.objects.filter(student=student)


def newest_entry(url, to_issue, newest):
    """The newest certificate, unless it was revoked and another one is to be issued."""
    if to_issue and not newest.stands:
        return to_issue
    return Entry("Certificate of hours", url, newest.sentence(), newest.tone, "paper")


@for_student(5)
def certificate_steps(student, placements, today):
    """For two weeks after it was issued, or after it was revoked."""
    told, reads = {"student": student.pk, "since": timezone.now() - NEW_FOR}, ("status", "revoked_at")
    return of_first(lately, partial(step_to_take, student), reads=reads, **told)


def lately(student, since):
    """Issued or revoked since then, the newest first."""
    rows = certificates(student)
    return (rows.filter(issued_at__gte=since) | rows.filter(revoked_at__gte=since)).order_by("-issued_at")


def step_to_take(student, found):
    url = reverse("certificate_detail", args=[student.pk])
    if found.stands:
        return Step("Download your certificate of hours", url, "good", "Signed by your college, yours to keep.")
    if student.signed_off_at and found.revoked_at <= student.signed_off_at:
        return Step("Your college issues a new certificate of hours next", url, "waiting", "You get a mail then.")
    return Step("Your certificate was revoked", url, "attention", "See why, and what happens next.")


@for_staff(
    "certificate_waits",
    says="Signed off: the certificate of hours can be issued",
    act="Issue the certificate",
    url="certificate_detail",
    tone="good",
    icon="paper",
    role=Role.TUTOR,
)
def certificates_to_issue(desk):
    """The tutor's. The placement office has all of them on one page, with one button."""
    return Waiting(waiting(), student="student", since="signed_off_at", thing="student_id")


@for_staff(
    "signing_key_ends",
    says="The key that signs certificates {words}",
    called="The key that signs certificates ends or has ended",
    act="Replace the key",
    url="signing_key_detail",
    icon="lock",
    role=Role.COORDINATOR,
)
def keys_that_end(desk):
    """The placement office's. A key that was made here is followed by another by itself."""
    rows = SigningKey.objects.current().exclude(issuer="").filter(provider=desk.provider_id)
    rows = rows.filter(valid_until__lte=desk.now + timedelta(days=WARN_DAYS))
    has_ended = When(valid_until__lte=desk.now, then=Value("has ended: none can be issued until it is replaced"))
    rows = rows.annotate(says=Case(has_ended, default=Value(f"ends within {WARN_DAYS} days")))
    return Waiting(rows, student="", named="called", since="valid_until", words="says")
