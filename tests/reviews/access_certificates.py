"""The access table of certificates of hours (see tests/house/test_access.py)."""

from reviews.certificates.models import Certificate, SigningKey
from tests.posts import ANY_COORDINATOR_POSTS, POST_ONLY
from tests.reviews.certificates_ready import certificate_of, ready_key

OFFICE = "in | 403 403 403 200 | 403 403 403 | 403 403 403 404"
CONCERNED = "in | 200 404 200 200 | 404 404 404 | 404 404 404 404"
ANYBODY = "200 | 200 200 200 200 | 200 200 200 | 200 200 200 200"


def the_certificate(cast):
    return Certificate.objects.filter(student=cast.student_record).first() or certificate_of(cast)


def the_key(cast):
    ready_key(cast.provider)
    return SigningKey.objects.current().get(provider=cast.provider)


THINGS = {
    "certificate": lambda cast: the_certificate(cast).pk,
    "certificate_token": lambda cast: the_certificate(cast).token,
    "certificate_student": lambda cast: cast.student_record.pk,
    "certificate_key": lambda cast: the_key(cast).pk,
}

ROWS = {
    "certificate_list": ("", "in | 403 403 200 200 | 403 403 200 | 403 403 200 200"),
    "certificate_issue_all": ("", ANY_COORDINATOR_POSTS),
    "certificate_own": ("", "in | 200 403 403 403 | 200 403 403 | 200 403 403 403"),
    "certificate_pdf": ("pk=certificate", CONCERNED),
    "certificate_revoke": ("pk=certificate", OFFICE),
    "certificate_detail": ("pk=certificate_student", CONCERNED),
    "certificate_issue": ("pk=certificate_student", POST_ONLY),
    "signing_key": ("", "in | 403 403 403 200 | 403 403 403 | 403 403 403 200"),
    "signing_key_make": ("", ANY_COORDINATOR_POSTS),
    "signing_key_detail": ("pk=certificate_key", OFFICE),
    "signing_key_public": ("pk=certificate_key", OFFICE),
    "certificate_check": ("", ANYBODY),
    "certificate_verify": ("token=certificate_token", ANYBODY),
}
