"""Signing a PDF as the provider, and telling who signed a file.

The signature is PAdES and certifies the document: a reader shows who signed and that nothing was changed since. Its
field is hidden and untagged, as PDF/UA-1 allows; what stands on the page about it is ordinary text. `pyhanko` is
imported where it is used: it costs a third of a second.
"""

import io
import re
from concurrent.futures import ThreadPoolExecutor

from reviews.certificates.models import SigningKey
from reviews.certificates.sealing import unseal

FIELD = "Signature"
SIGNATURE = re.compile(rb"/Contents\s*<((?:[0-9A-Fa-f]{2}){200,})>")
SIGNATURES_AT_MOST = 20


def signed(pdf: bytes, key: SigningKey, *, reason: str, location: str) -> bytes:
    """`pdf` with the provider's signature. `reason` and `location` stand in it in plain letters."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    about = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        name=key.called,
        reason=reason,
        location=location,
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    hidden = fields.InvisSigSettings(set_print_flag=False, set_hidden_flag=True, box_out_of_bounds=True)
    field = fields.SigFieldSpec(
        FIELD, invis_sig_settings=hidden, readable_field_name=f"Digital signature of {key.called}"
    )
    signer = signers.PdfSigner(about, signer=signer_of(key), new_field_spec=field)
    with ThreadPoolExecutor(1) as apart:  # pyHanko runs an event loop, and there may be one in this thread already
        return apart.submit(signer.sign_pdf, writer).result().getvalue()


def signer_of(key: SigningKey):
    """What pyHanko signs with. Raises reviews.certificates.sealing.CannotBeOpened."""
    from asn1crypto import keys, pem, x509
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    store = SimpleCertificateStore()
    if key.chain:
        store.register_multiple(x509.Certificate.load(der) for _, _, der in pem.unarmor(bytes(key.chain), True))
    return SimpleSigner(
        signing_cert=x509.Certificate.load(bytes(key.certificate)),
        signing_key=keys.PrivateKeyInfo.load(unseal(key.sealed)),
        cert_registry=store,
    )


def signers_in(pdf: bytes) -> set[str]:
    """Fingerprints of the certificates that signatures in a file carry; the file may be broken, or no PDF at all.

    Signatures stand in a PDF in plain hexadecimal digits, so that nothing of the file has to be unpacked: it comes from
    anywhere, and nobody knows how much it would unpack to.
    """
    from asn1crypto import cms

    found = set()
    for digits in SIGNATURE.findall(pdf)[:SIGNATURES_AT_MOST]:
        try:
            signed = cms.ContentInfo.load(bytes.fromhex(digits.decode()))["content"]
            found |= {one.chosen.sha256.hex() for one in signed["certificates"]}
        except Exception:  # noqa: S112 - it may hold anything, and then vouches for nothing
            continue
    return found
