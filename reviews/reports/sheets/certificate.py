"""The certificate of hours, in the bytes that were signed."""

from functools import partial

from reviews.certificates.models import Certificate
from reviews.reports.kinds import Sheet, page, report


@report(
    "certificate",
    title="Certificate of hours",
    says="As it was signed, where there is one that is valid.",
    order=80,
    is_sealed=True,
)
def certificates(students, user):
    """One query; the bytes are read one at a time."""
    rows = Certificate.objects.visible_to(user).standing().filter(student__in=students)
    return {row.student_id: [certificate(row)] for row in rows}


def certificate(row: Certificate) -> Sheet:
    return Sheet(
        "Certificate of hours",
        row.file_name.removesuffix(".pdf"),
        page("certificate_detail", row.student_id),
        content=partial(bytes_of, row),
    )


def bytes_of(row: Certificate) -> bytes:
    return bytes(row.file.content)
