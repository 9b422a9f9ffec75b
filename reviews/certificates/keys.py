"""Making, bringing along and replacing the key with which a provider signs."""

import re
from datetime import timedelta

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat, pkcs12
from cryptography.x509.oid import NameOID
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.history.models import record
from portal.people.models import Provider
from portal.workflow import Refused
from reviews.certificates.models import SigningKey
from reviews.certificates.sealing import CannotBeOpened, seal, unseal

RSA_BITS, YEARS = 3072, 5
LONGEST_NAME = 64  # X.520: what a common name or an organisation may have
TOO_WEAK = "The key is too weak or of another kind: RSA with 2048 bits or more, or ECDSA, is needed."
PKCS12_BEGINS = re.compile(rb"\x30(?:[\x00-\x7f]|\x80|[\x81-\x84].{1,4}?)\x02\x01\x03", re.DOTALL)  # version 3
CURVES = ("secp256r1", "secp384r1", "secp521r1")


def key_of(provider: Provider, *, by) -> SigningKey:
    """The key that signs for `provider` now; made when first needed. Raises Refused if it has ended or is locked."""
    key = SigningKey.objects.current().filter(provider=provider).first()
    if key is None:
        return first_key(provider, by=by)
    if key.has_ended and key.is_brought_along:
        raise Refused(
            f"The key with which {provider} signs ended on {key.last_on:%-d %B %Y}. A coordinator can replace it on "
            "the page “The college's signature”."
        )
    if key.has_ended:
        return make_key(provider, by=None)
    try:
        unseal(key.sealed)
    except CannotBeOpened:
        raise Refused(
            "The key with which the college signs cannot be opened any more. A coordinator can replace it on the page "
            "“The college's signature”."
        ) from None
    return key


def first_key(provider: Provider, *, by) -> SigningKey:
    """Made by whoever needs it first; the second of two at once takes the first one's."""
    try:
        return make_key(provider, by=by)
    except Refused:
        return SigningKey.objects.current().get(provider=provider)


def make_key(provider: Provider, *, by) -> SigningKey:
    """A key made here, vouched for by nobody but the provider itself, for YEARS years; it replaces the one before."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
    return take_into_use(provider, private, own_certificate(provider, private), by=by)


def own_certificate(provider: Provider, private) -> x509.Certificate:
    """The provider's word for itself."""
    now = timezone.now().replace(microsecond=0)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "GB"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, provider.name[:LONGEST_NAME]),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, f"UKPRN {provider.ukprn}"),
            x509.NameAttribute(NameOID.COMMON_NAME, provider.name[:LONGEST_NAME]),
        ]
    )
    usage = dict.fromkeys(
        ["key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only",
         "decipher_only"], False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .sign(private, SHA256())
    )


class WrongPassphrase(Refused):
    """The file is what it should be, and its pass-phrase does not open it."""


def bring_key(provider: Provider, content: bytes, passphrase: str, *, by) -> SigningKey:
    """A key from a PKCS#12 file (.p12, .pfx); it replaces the one before. Raises Refused in plain words."""
    private, certificate, others = opened(content, passphrase)
    if reasons := why_not(private, certificate):
        raise Refused(*reasons)
    fingerprint = certificate.fingerprint(SHA256()).hex()
    if SigningKey.objects.filter(provider=provider, fingerprint=fingerprint).exists():
        raise Refused("This key is or was in use here already. Bring another one.")
    issuer = common_name(certificate.issuer) or "an unnamed authority"
    return take_into_use(provider, private, certificate, others, issuer=issuer, by=by)


def opened(content: bytes, passphrase: str):
    """(private key, certificate, further certificates) of a PKCS#12 file."""
    try:
        found = pkcs12.load_pkcs12(content, passphrase.encode() or None)
    except UnsupportedAlgorithm:
        raise Refused(TOO_WEAK) from None
    except (ValueError, TypeError):
        if PKCS12_BEGINS.match(content):
            raise WrongPassphrase(
                "The pass-phrase does not open this file. Type it again (mind capitals and spaces), or export the file "
                "anew."
            ) from None
        raise Refused("This is no PKCS#12 file (.p12 or .pfx).") from None
    if found.key is None:
        raise Refused("There is no private key in the file. Export it again, with the private key.")
    if found.cert is None:
        raise Refused("There is no certificate in the file that belongs to its private key.")
    return found.key, found.cert.certificate, [extra.certificate for extra in found.additional_certs]


def why_not(private, certificate: x509.Certificate) -> list[str]:
    """Why a key cannot sign documents; empty if it can."""
    found, now = [], timezone.now()
    strong = (isinstance(private, rsa.RSAPrivateKey) and private.key_size >= 2048) or (
        isinstance(private, ec.EllipticCurvePrivateKey) and private.curve.name in CURVES
    )
    if not strong:
        found.append(TOO_WEAK)
    if certificate.not_valid_after_utc <= now:
        found.append(f"The certificate ended on {timezone.localdate(certificate.not_valid_after_utc):%-d %B %Y}.")
    if certificate.not_valid_before_utc > now:
        found.append(
            f"The certificate is not valid before {timezone.localdate(certificate.not_valid_before_utc):%-d %B %Y}."
        )
    if raw(certificate.public_key()) != raw(private.public_key()):
        found.append("The certificate does not belong to the private key.")
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
        if not (usage.digital_signature or usage.content_commitment):
            found.append("The certificate is not meant for signing documents.")
    except x509.ExtensionNotFound:
        pass  # then it is not limited
    except ValueError:
        found.append("The certificate has parts that cannot be read.")
    return found


def raw(public) -> bytes:
    return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def take_into_use(provider: Provider, private, certificate, others=(), *, issuer="", by) -> SigningKey:
    """Store a key as the one that signs from now on. Raises Refused if somebody else did so just now."""
    try:
        return store_key(provider, private, certificate, others, issuer=issuer, by=by)
    except IntegrityError:
        raise Refused("Somebody else replaced the key just now. Load the page again.") from None


@transaction.atomic
def store_key(provider: Provider, private, certificate, others, *, issuer, by) -> SigningKey:
    """The key in use goes, this one comes, with their history."""
    now = timezone.now()
    before = list(SigningKey.objects.current().filter(provider=provider).defer("sealed"))
    SigningKey.objects.filter(pk__in=[key.pk for key in before]).update(retired_at=now, retired_by=by)
    secret = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    key = SigningKey.objects.create(
        provider=provider,
        called=common_name(certificate.subject) or certificate.subject.rfc4514_string()[:300],
        issuer=issuer,
        kind=kind_of(private),
        certificate=certificate.public_bytes(Encoding.DER),
        chain=b"".join(other.public_bytes(Encoding.PEM) for other in others),
        sealed=seal(secret),
        fingerprint=certificate.fingerprint(SHA256()).hex(),
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
        made_at=now,
        made_by=by,
    )
    record(key, f"brought a key along that {issuer} vouches for" if issuer else "made the key", by=by)
    for old in before:
        record(old, "replaced the key", by=by)
    return key


def common_name(name: x509.Name) -> str:
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME) or name.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    return str(found[0].value)[:300] if found else ""


def kind_of(private) -> str:
    if isinstance(private, rsa.RSAPrivateKey):
        return f"RSA, {private.key_size} bits"
    return f"ECDSA, {private.curve.name}"
