"""The certificate of hours in a student's timeline: issued, and revoked."""

from portal.timeline import Happening, happens
from reviews.certificates.models import Certificate


@happens("ending")
def certificates_issued(student, user):
    rows = Certificate.objects.visible_to(user).filter(student=student)
    return Happening(
        rows, "issued_at", lambda row: f"Certificate of hours {row.words} issued", "certificate_detail",
        thing="student_id", words="number", tone="good",
    )  # fmt: skip


@happens("ending")
def certificates_revoked(student, user):
    rows = Certificate.objects.visible_to(user).filter(student=student)
    return Happening(
        rows, "revoked_at", lambda row: f"Certificate of hours {row.words} revoked", "certificate_detail",
        thing="student_id", words="number", tone="attention",
    )  # fmt: skip
