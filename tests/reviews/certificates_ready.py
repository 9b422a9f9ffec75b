"""A student who is signed off, and a certificate, for tests."""

import io
from datetime import date
from functools import cache

import time_machine
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.status import SignatureCoverageLevel

from portal.people.models import Provider
from reviews.certificates.issuing import drawn_up, keep, written
from reviews.certificates.keys import own_certificate, take_into_use
from reviews.certificates.models import Certificate, SigningKey
from reviews.signoff.models import SignOff
from tests import poured
from tests.conftest import make_cast


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
    """Issued by the tutor. The first one of a test, with the usual facts, has the bytes that it has in every test."""
    by = getattr(cast, f"{prefix}tutor")
    ready_key(getattr(cast, f"{prefix}student_record").provider)
    made = drawn_up(signed_off(cast, prefix, **facts), by=by)
    is_usual = not facts and not Certificate.objects.exists()
    return keep(made, written_once(made) if is_usual else written(made), by=by)


@poured.scene
@time_machine.travel("2026-07-03T12:00Z", tick=False)
def cast_certified():
    """The cast, poured, with `certificate`: see `certificate_of`. On 3 July 2026."""
    cast = make_cast()
    cast.certificate = certificate_of(cast)
    return cast


def noted(signoff: SignOff, *, by) -> Certificate:
    """The row of a certificate of which nobody opens the file: nothing is laid out or signed for it."""
    ready_key(signoff.provider)
    made = drawn_up(signoff, by=by)
    return keep(made, f"%PDF of {made.number}".encode(), by=by)


_written = {}  # what a certificate says -> its number, token and bytes


def written_once(made: Certificate) -> bytes:
    """Laid out and signed once for a process; `made` gets the number and the token that stand in it."""
    provider = made.provider
    says = (made.holder, made.college, provider.address, provider.logo.name, made.key.fingerprint)
    says += (made.signoff.signed_off_by.name, timezone.localdate(made.issued_at))
    if says not in _written:
        _written[says] = made.number, made.token, written(made)
    made.number, made.token, content = _written[says]
    return content


def signed_by(pdf: bytes) -> list[tuple[str, bool]]:
    """(fingerprint of the signer's certificate, whether nothing was changed since) for each signature, by pyHanko."""
    found = []
    for signature in PdfFileReader(io.BytesIO(pdf), strict=False).embedded_signatures:
        signature.compute_integrity_info()
        whole = signature.summarise_integrity_info()["coverage"] == SignatureCoverageLevel.ENTIRE_FILE
        digest = signature.compute_digest()
        signer = (signature.signer_info, signature.signer_cert)
        fits = validate_sig_integrity(*signer, expected_content_type="data", actual_digest=digest)
        found.append((signature.signer_cert.sha256.hex(), whole and all(fits)))
    return found


def reopen(signoff: SignOff, cast, reason="A week was counted twice"):
    signoff.reopen(by=cast.coordinator, reason=reason)


@cache
def private_key():
    """Made once for a process: it takes a third of a second."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def ready_key(provider):
    """The key of a provider, if it has none yet."""
    if not SigningKey.objects.current().filter(provider=provider).exists():
        certificate = vouched_for(provider.name, provider.ukprn, timezone.localdate())
        take_into_use(provider, private_key(), certificate, by=None)


@cache
def vouched_for(name, ukprn, day):
    """A provider's word for itself, the same all day."""
    return own_certificate(Provider(name=name, ukprn=ukprn), private_key())


def as_pkcs12(private, certificate, passphrase=b"open sesame", others=None) -> bytes:
    """A file as authorities hand them out."""
    lock = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    return pkcs12.serialize_key_and_certificates(b"signing", private, certificate, others, lock)
