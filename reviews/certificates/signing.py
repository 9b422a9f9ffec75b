"""Signing a PDF as the provider, and telling whether a signed PDF is still the one that was signed.

The signature is PAdES and certifies the document: a reader shows who signed and that nothing was changed since. Its
field is hidden and untagged, as PDF/UA-1 allows; what stands on the page about it is ordinary text. `pyhanko` is
imported where it is used: it costs a third of a second.
"""

import io

from reviews.certificates.models import SigningKey
from reviews.certificates.sealing import unseal

FIELD = "Signature"


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
    return signers.PdfSigner(about, signer=signer_of(key), new_field_spec=field).sign_pdf(writer).getvalue()


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


def signed_by(pdf: bytes) -> list[tuple[str, bool]]:
    """(fingerprint of the signer's certificate, whether nothing was changed since) for each signature in a PDF.

    [] for what is no PDF, or carries none that can be read. Whether to trust the signer is for the caller to say.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    found = []
    try:
        for signature in PdfFileReader(io.BytesIO(pdf), strict=False).embedded_signatures:
            signature.compute_integrity_info()
            status = signature.summarise_integrity_info()
            whole = status["coverage"] == SignatureCoverageLevel.ENTIRE_FILE
            intact = unbroken(signature)
            found.append((signature.signer_cert.sha256.hex(), whole and intact))
    except Exception:
        # A file from anywhere may hold anything (zlib.error, NotImplementedError): the rest of it vouches for nothing.
        return found
    return found


def unbroken(signature) -> bool:
    """Whether the signature fits what it covers."""
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    intact, valid = validate_sig_integrity(
        signature.signer_info,
        signature.signer_cert,
        expected_content_type="data",
        actual_digest=signature.compute_digest(),
    )
    return intact and valid
