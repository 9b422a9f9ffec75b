"""Is this file one of ours, and still as it was issued? Nothing of the file is kept."""

import hashlib
import re
from dataclasses import dataclass

from reviews.certificates.models import Certificate, SigningKey
from reviews.certificates.signing import signers_in

NAMED = re.compile(rb"Certificate of hours ([2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4})")
OCTAL = re.compile(rb"\\([0-3][0-7]{2})")


@dataclass(frozen=True)
class Verdict:
    """What a file is: 'unchanged' (with its certificate, which may be revoked), 'changed', or 'unknown'."""

    kind: str
    certificate: Certificate | None = None


def check(content: bytes) -> Verdict:
    """Compare a file with what was issued; where it is not the same, say whether it once was signed here."""
    digest = hashlib.sha256(content).hexdigest()
    if certificate := Certificate.objects.with_facts().filter(digest=digest).first():
        return Verdict("unchanged", certificate)
    signers = signers_in(content)
    if signers and SigningKey.objects.filter(fingerprint__in=signers).exists():
        return Verdict("changed")
    found = NAMED.search(OCTAL.sub(lambda code: bytes([int(code[1], 8)]), content))
    if found and Certificate.objects.filter(number=found[1].decode()).exists():
        return Verdict("changed")
    return Verdict("unknown")
