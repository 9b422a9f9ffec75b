"""A student who is signed off, and a certificate, for tests."""

from datetime import date

from reviews.certificates.issuing import issue
from reviews.certificates.models import Certificate
from reviews.signoff.models import SignOff


def signed_off(cast, prefix="", **facts) -> SignOff:
    """The record of the cast's student, frozen with 320 hours at Oak Street Studio."""
    student = getattr(cast, f"{prefix}student_record")
    values = {
        "signed_off_by": getattr(cast, f"{prefix}tutor"),
        "minutes": 320 * 60,
        "required_minutes": 315 * 60,
        "first_on": date(2026, 3, 2),
        "last_on": date(2026, 6, 26),
        "employers": ["Oak Street Studio"],
        "tlevel_title": "Digital Software Development",
        "rule_set": "2024/25",
        "rules_said": "Counted by the rules for 2024/25.",
    }
    return SignOff.objects.create(student=student, **values | facts)


def certificate_of(cast, prefix="", **facts) -> Certificate:
    """Issued by the tutor."""
    return issue(signed_off(cast, prefix, **facts), by=getattr(cast, f"{prefix}tutor"))


def reopen(signoff: SignOff, cast, reason="A week was counted twice"):
    signoff.reopen(by=cast.coordinator, reason=reason)
