"""The key with which a college signs: made here, brought along, replaced, about to end; its private half at rest."""

import asyncio
import base64
import io
import re
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfWriter

from portal.clock import chores
from portal.needs import needs_of_staff
from portal.notices.models import Notice
from portal.workflow import Refused
from reviews.certificates import keys
from reviews.certificates.checking import check
from reviews.certificates.clock import tell_of_keys_that_end
from reviews.certificates.forms import KeyForm
from reviews.certificates.issuing import drawn_up, issue
from reviews.certificates.keys import key_of, make_key
from reviews.certificates.models import SigningKey
from reviews.certificates.sealing import CannotBeOpened, seal, unseal
from reviews.certificates.signing import signed
from tests.conftest import signed_in
from tests.reviews.certificates_ready import (
    as_pkcs12,
    certificate_of,
    noted,
    private_key,
    ready_key,
    reopen,
    signed_by,
    signed_off,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 3, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_july(monkeypatch):
    made = private_key()
    monkeypatch.setattr(keys.rsa, "generate_private_key", lambda **wanted: made)
    with time_machine.travel(NOW, tick=False):
        yield


def certificate(private, *, days=365, since=-1, issuer="Trusty Signing CA", usage=None, name="Northfield College"):
    """A certificate of an authority."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + timedelta(days=since))
        .not_valid_after(NOW + timedelta(days=days))
    )
    if usage is not None:
        flags = dict.fromkeys(
            ["key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only",
             "decipher_only", "digital_signature", "content_commitment"], False,
        )  # fmt: skip
        builder = builder.add_extension(x509.KeyUsage(**flags | usage), critical=True)
    return builder.sign(private if isinstance(private, rsa.RSAPrivateKey) else private_key(), SHA256())


# Made by OpenSSL with a curve of 112 bits (secp112r1), which the library does not load; pass-phrase 'open sesame'.
SHORT_CURVE = base64.b64decode(
    "MIIDdwIBAzCCAy0GCSqGSIb3DQEHAaCCAx4EggMaMIIDFjCCAgIGCSqGSIb3DQEHBqCCAfMwggHvAgEAMIIB6AYJKoZIhvcNAQcBMFcG"
    "CSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAi+Ag+rRhhNpQICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEELs3M1NHEHgR"
    "A3t9kF6WGA+AggGAi8U7f/C+9ot6AY4ZZOxEjatK4rJfjkfA2beYj745JL6/Vrwg7l+m2Kyz/su99S9eAX9bAN7BoGiEleykzuHqkrS7"
    "fJh8bwoP6EnJax4yMKTCYEBDk4FeoalzXoYs4hlkY+m/Hybnp8weys297oCe3aBMnv2eATZSc2nqPbuK92VY9xjTe0j9zKfNtu6LGmZt"
    "9eDsqpI+KHTiYLaml0AOyPiCMbCyhB1K4IRHrt/Jo3sDiJ+lNhDAVIBUDBkdFpT0kYBbsTE1sNNBONeOJhooK2v+1E5boWD57woARcjZ"
    "45AyYp79bsa5yOdoVbi0fy+iEz1RBeE5xBG6q8cH4qI37cSFPDWOoKaAnp9weXEuhDrWEsW+pRQD2a+V/jutQpuJDwhgIpC/j5XU7elI"
    "juA3Te0Rl99D8IbIAlcMa6jnoE6K4tVSG6Ut1AaiiP6JF0rix1owURQ/rV9HdWOkRW4LkYP4D6scun4fC6EzEUoaTlYatnXAbt1/q1/c"
    "9j+1LjJVMIIBDAYJKoZIhvcNAQcBoIH+BIH7MIH4MIH1BgsqhkiG9w0BDAoBAqCBvjCBuzBXBgkqhkiG9w0BBQ0wSjApBgkqhkiG9w0B"
    "BQwwHAQIG4vUjlP8pgICAggAMAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAEqBBAJzmSE/1f4IYh+Lhf9fklBBGAmHtROnDNhOnACHJ08"
    "AiyVOUGgyEBKhEIl6E01ZYyw+IG2HqMIH1OlPcIYLzy8e6ovvtdej6WNLTL/BpLqxlAHIjg96gg17ImbeQwN+pHQAJDR52eQ+d1ecn1z"
    "Jwumi/UxJTAjBgkqhkiG9w0BCRUxFgQUScgk1E2Z1wW5MidgymEImFI4IA4wQTAxMA0GCWCGSAFlAwQCAQUABCDsgkUVTcJhIwn2+iKO"
    "TixzHPuCB0ARsvY8Rq89UVwAHQQIxlbTsmEYYrQCAggA"
)


@cache
def curve():
    """A key that is made and read twenty times as fast as one of RSA."""
    return ec.generate_private_key(ec.SECP256R1())


@cache
def a_page() -> bytes:
    """Something to sign."""
    out = io.BytesIO()
    paper = PdfWriter()
    paper.add_blank_page(595, 842)
    paper.write(out)
    return out.getvalue()


def brought(client, content: bytes, passphrase="open sesame"):  # noqa: S107
    file = io.BytesIO(content)
    file.name = "key.p12"
    response = client.post(reverse("signing_key"), {"file": file, "passphrase": passphrase}, follow=True)
    return response.status_code, re.sub(r"\s+", " ", response.content.decode())


def bring(cast, content: bytes, passphrase="open sesame") -> KeyForm:  # noqa: S107
    """The same without the page: the form, with what was wrong."""
    form = KeyForm({"passphrase": passphrase}, {"file": SimpleUploadedFile("key.p12", content)})
    if form.is_valid():
        form.take(cast.provider, by=cast.coordinator)
    return form


# --- made here ---


def test_the_first_certificate_makes_the_key(cast):
    made = drawn_up(signed_off(cast), by=cast.tutor)
    key = SigningKey.objects.get()
    assert (key.provider, key.called, key.issuer, key.made_by) == (cast.provider, "Northfield College", "", cast.tutor)
    assert key.sentence() == "Signs until 2 July 2031"
    assert made.key == key


def test_every_college_has_its_own_key(cast):
    one, other = key_of(cast.provider, by=None), key_of(cast.other_provider, by=None)
    assert one.fingerprint != other.fingerprint
    assert key_of(cast.provider, by=None) == one


@pytest.mark.database
def test_the_private_half_is_stored_sealed(cast, settings):
    key = key_of(cast.provider, by=None)
    assert b"PRIVATE" not in bytes(key.sealed)
    settings.SECRET_KEY = "another one"
    with pytest.raises(CannotBeOpened):
        unseal(key.sealed)
    with pytest.raises(Refused, match="cannot be opened any more"):
        key_of(cast.provider, by=None)


def test_a_new_secret_key_knows_the_old_one_by_its_fallback(settings):
    sealed, old = seal(b"secret"), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another one", [old]
    assert unseal(sealed) == b"secret"


def test_the_longest_name_of_a_college_fits(cast):
    cast.provider.name = "The Very Old and Most Honourable College of Arts and Crafts " * 3
    cast.provider.save()
    assert key_of(cast.provider, by=None).called == cast.provider.name[:64]


def test_making_another_key_replaces_the_one_in_use_and_old_certificates_stay_genuine(cast, monkeypatch):
    made = certificate_of(cast)
    content = bytes(made.file.content)
    another = ec.generate_private_key(ec.SECP256R1())
    monkeypatch.setattr(keys.rsa, "generate_private_key", lambda **wanted: another)
    client = signed_in(cast.coordinator)
    page = client.post(reverse("signing_key_make"), follow=True).content.decode()
    assert "A new key is in use. It signs until 2 July 2031." in page
    assert "Replaced on 3 July 2026; what it signed can still be checked" in page
    assert SigningKey.objects.count() == 2
    assert check(content).kind == "unchanged"
    assert check(content[:-1]).kind == "changed"
    reopen(made.signoff, cast)
    assert noted(signed_off(cast), by=cast.tutor).key == SigningKey.objects.current().get()


def test_two_who_replace_the_key_at_once_leave_one(cast, monkeypatch):
    ready_key(cast.provider)

    def too_late(*args, **kwargs):
        raise IntegrityError

    monkeypatch.setattr(keys, "store_key", too_late)
    page = signed_in(cast.coordinator).post(reverse("signing_key_make"), follow=True).content.decode()
    assert "Somebody else replaced the key just now." in page
    assert key_of(cast.provider, by=None) == SigningKey.objects.get()


@pytest.mark.database
def test_one_key_signs_at_a_time(cast):
    ready_key(cast.provider)
    key = SigningKey.objects.get()
    key.pk, key.fingerprint = None, "0" * 64
    with pytest.raises(IntegrityError), transaction.atomic():
        key.save(force_insert=True)


# --- brought along ---


@pytest.mark.database
def test_a_key_of_an_authority_is_taken_into_use(cast):
    private = private_key()
    status, page = brought(signed_in(cast.coordinator), as_pkcs12(private, certificate(private)))
    assert status == 200
    assert "The key signs from now on." in page
    key = SigningKey.objects.current().get(provider=cast.provider)
    assert (key.issuer, key.sentence()) == ("Trusty Signing CA", "Signs until 3 July 2027")
    assert "brought a key along that Trusty Signing CA vouches for" in page
    assert drawn_up(signed_off(cast), by=cast.tutor).key == key
    assert signed_by(signed(a_page(), key, reason="A trial", location="Here")) == [(key.fingerprint, True)]


def test_elliptic_curves_without_a_pass_phrase_sign_as_well(cast):
    content = as_pkcs12(curve(), certificate(curve()), passphrase=b"", others=[certificate(private_key())])
    assert not bring(cast, content, "").errors
    key = SigningKey.objects.get()
    assert key.kind == "ECDSA, secp256r1"
    assert signed_by(signed(a_page(), key, reason="A trial", location="Here")) == [(key.fingerprint, True)]


def test_a_key_that_cannot_sign_is_refused_in_plain_words(cast):
    private = curve()
    for content, says in [
        (b"nonsense", "This is no PKCS#12 file (.p12 or .pfx)."),
        (b"\x30\x06\x02\x01\x03 broken", "The pass-phrase does not open this file"),
        (
            as_pkcs12(private, certificate(private), b"other"),
            "The pass-phrase does not open this file",
        ),
        (as_pkcs12(private, certificate(private))[:-100], "or export the file anew"),
        (SHORT_CURVE, "too weak or of another kind"),
        (as_pkcs12(private, None), "There is no certificate in the file"),
        (as_pkcs12(None, None, others=[certificate(private)]), "There is no private key in the file"),
        (as_pkcs12(private, certificate(private, since=-9, days=-1)), "ended on 2 July 2026"),
        (as_pkcs12(private, certificate(private, since=2)), "not valid before 5 July 2026"),
        (
            as_pkcs12(private, certificate(private, usage={"key_encipherment": True})),
            "not meant for signing documents",
        ),
        (as_pkcs12(another_kind(), certificate(another_kind())), "too weak or of another kind"),
        (b"x" * 300_000, "far too large for a key"),
        (b"", "The file is empty."),
    ]:
        assert says in bring(cast, content).errors.as_text()
    assert SigningKey.objects.count() == 0


@cache
def another_kind():
    return ed25519.Ed25519PrivateKey.generate()


def test_a_wrong_pass_phrase_is_told_beside_it_and_the_file_is_to_be_chosen_again(cast):
    content = as_pkcs12(curve(), certificate(curve()), b"other")
    status, page = brought(signed_in(cast.coordinator), content, "my secret words")
    says = "The pass-phrase does not open this file. Type it again (mind capitals and spaces), or export the file anew."
    assert status == 422
    assert f'<a href="#id_passphrase">Pass-phrase of the file: {says}</a>' in page
    assert "Choose “key.p12” again: a page that comes back keeps no files." in page
    assert "my secret words" not in page


def test_the_same_key_cannot_be_brought_twice(cast):
    content = as_pkcs12(curve(), certificate(curve()))
    bring(cast, content)
    assert "This key is or was in use here already." in bring(cast, content).errors.as_text()


@pytest.mark.parametrize("passphrase", ["\x00", "é" * 200, "x" * 300])
def test_a_pass_phrase_with_odd_signs_gives_no_error(cast, passphrase):
    assert bring(cast, b"nonsense", passphrase).errors


# --- ending ---


def test_a_key_of_an_authority_that_ended_stops_issuing_until_it_is_replaced(cast):
    bring(cast, as_pkcs12(curve(), certificate(curve(), days=10)))
    with time_machine.travel(NOW + timedelta(days=11), tick=False):
        with pytest.raises(Refused, match="signs ended on 13 July 2026"):
            issue(signed_off(cast), by=cast.tutor)
        page = signed_in(cast.coordinator).get(reverse("signing_key")).content.decode()
        assert "Ended on 13 July 2026: nothing can be signed until it is replaced" in page


def test_a_key_made_here_is_followed_by_another_by_itself(cast):
    old = key_of(cast.provider, by=None)
    with time_machine.travel(NOW + timedelta(days=365 * 5 + 1), tick=False):
        new = key_of(cast.provider, by=None)
    old.refresh_from_db()
    assert new != old
    assert old.retired_at is not None


def test_the_office_is_told_sixty_thirty_and_seven_days_before_a_brought_key_ends(cast):
    bring(cast, as_pkcs12(curve(), certificate(curve(), days=100)))
    told = {}
    days = [0, 39, 40, 41, 69, 70, 71, 92, 93, 94, 99, 100, 101, 102]
    for day in days:
        now = NOW + timedelta(days=day)
        with time_machine.travel(now, tick=False):
            tell_of_keys_that_end(now)
            tell_of_keys_that_end(now)
            told[day] = Notice.objects.filter(kind="signing_key_ends").count()
    assert [day for before, day in pairwise(days) if told[day] != told[before]] == [40, 70, 93, 100]
    assert told[102] == 8, "both coordinators, four times"
    assert tell_of_keys_that_end in chores


def needs_of(user, now=NOW):
    desk = user.memberships.select_related("provider", "user").get()
    found = needs_of_staff(desk, now)
    return [(need.kind.name, need.name, need.says, need.thing) for need in found if "cert" in need.says]


@pytest.mark.database
def test_a_brought_key_that_ends_soon_needs_the_office(cast):
    bring(cast, as_pkcs12(curve(), certificate(curve(), days=100)))
    key = SigningKey.objects.get()
    assert needs_of(cast.coordinator) == []
    soon, over = NOW + timedelta(days=50), NOW + timedelta(days=101)
    says = "The key that signs certificates ends within 60 days"
    assert needs_of(cast.coordinator, soon) == [("signing_key_ends", "Northfield College", says, key.pk)]
    says = "The key that signs certificates has ended: none can be issued until it is replaced"
    assert needs_of(cast.coordinator, over) == [("signing_key_ends", "Northfield College", says, key.pk)]
    assert needs_of(cast.tutor, over) == []
    assert needs_of(cast.other_coordinator, over) == []
    page = signed_in(cast.coordinator).get(reverse("signing_key_detail", args=[key.pk])).content.decode()
    assert "Trusty Signing CA" in page


@pytest.mark.database
def test_a_certificate_to_issue_needs_the_tutor(cast):
    signoff = signed_off(cast)
    says = "Signed off: the certificate of hours can be issued"
    assert needs_of(cast.tutor) == [("certificate_waits", "Student Reed", says, cast.student_record.pk)]
    assert needs_of(cast.tutor2) == []
    assert needs_of(cast.coordinator) == []
    noted(signoff, by=cast.tutor)
    assert needs_of(cast.tutor) == []


def test_keys_of_other_colleges_are_not_shown(cast):
    ready_key(cast.other_provider)
    page = signed_in(cast.coordinator).get(reverse("signing_key")).content.decode()
    assert "No key yet" in page
    url = reverse("signing_key_public", args=[SigningKey.objects.get().pk])
    assert signed_in(cast.coordinator).get(url).status_code == 404


def test_the_public_half_can_be_downloaded_and_nothing_else(cast):
    ready_key(cast.provider)
    key = SigningKey.objects.get()
    response = signed_in(cast.coordinator).get(reverse("signing_key_public", args=[key.pk]))
    assert x509.load_der_x509_certificate(response.content).fingerprint(SHA256()).hex() == key.fingerprint
    assert response["Content-Type"] == "application/pkix-cert"


def test_the_page_takes_the_same_queries_for_one_key_and_for_three(cast, django_assert_num_queries):
    client = signed_in(cast.coordinator)
    ready_key(cast.provider)
    with django_assert_num_queries(4):
        client.get(reverse("signing_key"))
    make_key(cast.provider, by=cast.coordinator)
    make_key(cast.provider, by=cast.coordinator)
    with django_assert_num_queries(4):
        client.get(reverse("signing_key"))


def test_our_own_validator_and_pyhankos_agree(cast):
    from asn1crypto import x509 as asn1
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    made = certificate_of(cast)
    trusted = asn1.Certificate.load(bytes(made.key.certificate))
    context = ValidationContext(trust_roots=[trusted], moment=NOW)
    [signature] = PdfFileReader(io.BytesIO(bytes(made.file.content))).embedded_signatures
    status = validate_pdf_signature(signature, context)
    assert (status.intact, status.valid, status.trusted, status.bottom_line) == (True, True, True, True)
    assert status.docmdp_ok


def test_signing_works_where_an_event_loop_runs_already_and_only_adds_to_the_page(cast):
    key = key_of(cast.provider, by=cast.coordinator)

    async def within_a_loop():
        return signed(a_page(), key, reason="A trial", location="Here")

    content = asyncio.run(within_a_loop())
    assert content.startswith(a_page())
    assert signed_by(content) == [(key.fingerprint, True)]
