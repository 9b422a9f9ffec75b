"""Certificates of hours: issued from a sign-off, signed, kept as they are, revoked, checked by anybody."""

import io
import random
import re

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from portal.history.models import Event
from portal.limiting import within
from portal.timeline import Timeline
from portal.workflow import Refused, SomebodyWasQuicker
from reviews.certificates.checking import check
from reviews.certificates.filters import CertificateFilter
from reviews.certificates.forms import CheckForm
from reviews.certificates.issuing import drawn_up, issue, keep, waiting
from reviews.certificates.models import Certificate, SigningKey
from reviews.certificates.signing import signers_in
from tests.conftest import signed_in
from tests.pages import given_back, said
from tests.reviews.certificates_ready import (
    cast_certified,
    certificate_of,
    noted,
    ready_key,
    reopen,
    signed_by,
    signed_off,
    written_once,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_july():
    with time_machine.travel("2026-07-03T12:00Z", tick=False):
        yield


@pytest.fixture
def certified(db):
    """The cast with a `certificate`."""
    return cast_certified()


def words_of(content: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def shown(client, name, *args, status=200) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == status
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode().partition("<main")[2]))


# --- issuing ---


def test_a_tutor_issues_the_certificate_of_a_signed_off_record(cast, django_capture_on_commit_callbacks, monkeypatch):
    monkeypatch.setattr("reviews.certificates.issuing.written", written_once)
    ready_key(cast.provider)
    signed_off(cast)
    client = signed_in(cast.tutor)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("certificate_issue", args=[cast.student_record.pk]))
    made = Certificate.objects.get()
    assert (made.holder, made.college, made.issued_by) == ("Student Reed", "Northfield College", cast.tutor)
    assert [message.subject for message in mail.outbox] == ["Your certificate of hours is ready"]
    assert mail.outbox[0].to == ["student@cast.test"]
    assert Event.objects.about(made).get().says == f"issued the certificate {made.number}"
    page = shown(client, "certificate_detail", cast.student_record.pk)
    assert "Issued on 3 July 2026" in page
    assert made.number in page


def test_the_page_says_what_it_should_and_is_one_page(certified):
    made = certified.certificate
    content = bytes(made.file.content)
    assert len(PdfReader(io.BytesIO(content)).pages) == 1
    text = words_of(content)
    for sentence in [
        "Northfield College certifies that Student Reed has completed the industry placement of the T Level "
        "Digital Software Development.",
        "320 h",
        "2 March 2026",
        "26 June 2026",
        "Oak Street Studio",
        "The record was signed off on 3 July 2026 by Tutor Reed.",
        "Signed digitally by Northfield College, 3 July 2026",
        f"Certificate number {made.number}",
    ]:
        assert sentence in text


def test_long_names_and_many_employers_still_fit_one_page(cast):
    cast.student.first_name = "Wolfeschlegelsteinhausen" * 4
    cast.student.save()
    employers = [f"Donaudampfschifffahrtsgesellschaft number {n} and Partners" for n in range(8)]
    made = certificate_of(cast, employers=employers, specialism="Assisting Teaching", tlevel_title="Long title " * 12)
    assert len(PdfReader(io.BytesIO(bytes(made.file.content))).pages) == 1


def test_the_signature_leaves_the_tags_the_language_and_the_title_as_they_were(certified):
    reader = PdfReader(io.BytesIO(bytes(certified.certificate.file.content)))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == "Certificate of hours: Student Reed"
    tags = list(structure(root["/StructTreeRoot"]))
    assert {"/H1", "/H2", "/P", "/Figure", "/Link"} <= {tag.get("/S") for tag in tags}
    figures = [tag for tag in tags if tag.get("/S") == "/Figure"]
    assert any("QR code" in str(figure.get("/Alt")) for figure in figures)
    field = next(note.get_object() for note in reader.pages[0]["/Annots"] if note.get_object().get("/FT") == "/Sig")
    assert field["/F"] & 2, "hidden, so that it needs no tag"
    assert field["/TU"] == "Digital signature of Northfield College"


def structure(node):
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object() if hasattr(kid, "get_object") else kid
        if hasattr(kid, "get"):
            yield kid
            yield from structure(kid)


def test_without_a_sign_off_nothing_is_issued(cast):
    client = signed_in(cast.tutor)
    response = client.post(reverse("certificate_issue", args=[cast.student_record.pk]))
    assert said(response) == ["The record is not signed off, so there is nothing to certify yet."]
    assert Certificate.objects.count() == 0


def test_a_second_certificate_of_the_same_record_is_refused(certified):
    made = certified.certificate
    with pytest.raises(Refused, match="There is a certificate already"):
        issue(made.signoff, by=certified.tutor)


@pytest.mark.database
def test_somebody_who_issues_at_the_same_moment_is_told(cast):
    ready_key(cast.provider)
    signoff = signed_off(cast)
    slower = drawn_up(signoff, by=cast.tutor)
    noted(signoff, by=cast.coordinator)
    with pytest.raises(SomebodyWasQuicker):
        keep(slower, b"%PDF of the slower one", by=cast.tutor)
    assert Certificate.objects.get().issued_by == cast.coordinator


@pytest.mark.database
def test_a_record_that_is_opened_again_meanwhile_gets_none(cast):
    ready_key(cast.provider)
    signoff = signed_off(cast)
    made = drawn_up(signoff, by=cast.tutor)
    reopen(type(signoff).objects.get(pk=signoff.pk), cast)
    with pytest.raises(SomebodyWasQuicker):
        keep(made, b"%PDF that comes too late", by=cast.tutor)
    assert Certificate.objects.count() == 0


@pytest.mark.database
def test_the_office_has_all_issued_that_wait(cast, django_capture_on_commit_callbacks, monkeypatch):
    monkeypatch.setattr("reviews.certificates.issuing.written", lambda made: f"%PDF of {made.number}".encode())
    ready_key(cast.provider)
    signed_off(cast)
    signed_off(cast, "other_")
    client = signed_in(cast.coordinator)
    page = shown(client, "certificate_list")
    assert "Student Reed , signed off on 3 July 2026" in page
    assert "Other Student" not in page
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("certificate_issue_all"))
    assert said(response) == ["1 certificate is being made. Each student gets a mail when theirs is ready."]
    assert [made.student for made in Certificate.objects.all()] == [cast.student_record]
    assert waiting().filter(provider=cast.provider).count() == 0


# --- revoking ---


def test_opening_the_record_again_revokes_its_certificate(certified, django_capture_on_commit_callbacks):
    made = certified.certificate
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        reopen(made.signoff, certified)
    made = Certificate.objects.get()
    assert made.sentence() == "Revoked on 3 July 2026: The record was opened again: A week was counted twice"
    assert made.revoked_by == certified.coordinator
    assert "Your certificate of hours does not hold any more" in [message.subject for message in mail.outbox]
    assert "revoked" in shown(signed_in(certified.student), "certificate_detail", certified.student_record.pk).lower()


def test_after_a_new_sign_off_another_certificate_is_issued(certified):
    first = certified.certificate
    reopen(first.signoff, certified)
    second = noted(signed_off(certified, minutes=330 * 60), by=certified.tutor)
    assert first.number != second.number
    assert Certificate.objects.standing().get() == second
    page = shown(signed_in(certified.student), "certificate_detail", certified.student_record.pk)
    assert "330 h" in page
    assert first.number in page


def test_a_coordinator_revokes_with_a_reason_and_issues_another(certified):
    made = certified.certificate
    client = signed_in(certified.coordinator)
    url = reverse("certificate_revoke", args=[made.pk])
    response = client.post(url, {"reason": " ", "seen": made.version})
    assert response.status_code == 422
    assert "Say in a few words why." in response.content.decode()
    client.post(url, {"reason": "The name was wrong", "seen": made.version})
    assert Certificate.objects.get().revoked_because == "The name was wrong"
    assert client.get(url).status_code == 404
    assert given_back(client.post(url, {"reason": "Another name", "seen": made.version})) == ["Another name"]
    another = noted(made.signoff, by=certified.coordinator)
    assert Certificate.objects.standing().get() == another


@pytest.mark.database
def test_two_coordinators_who_revoke_at_once_leave_one_reason(certified):
    made = certified.certificate
    one, two = Certificate.objects.get(), Certificate.objects.get()
    one.revoke(by=certified.coordinator, reason="First")
    with pytest.raises(SomebodyWasQuicker):
        two.revoke(by=certified.coordinator, reason="Second")
    made.refresh_from_db()
    assert made.revoked_because == "First"


@pytest.mark.database
def test_a_revoked_certificate_cannot_be_stored_without_a_reason(certified):
    made = certified.certificate
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=made.pk).update(status="revoked")


@pytest.mark.database
def test_both_stand_in_the_timeline(certified):
    made = certified.certificate
    made.revoke(by=certified.coordinator, reason="Wrong")
    for person in (certified.student, certified.tutor):
        timeline = Timeline(certified.student_record, person, kind="ending")
        said = [timeline.read(row).says for row in timeline.rows()]
        assert f"Certificate of hours {made.number} issued" in said
        assert f"Certificate of hours {made.number} revoked" in said


# --- who may ---


def test_the_student_downloads_the_file_as_it_was_issued(certified):
    made = certified.certificate
    certified.student.last_name = "Married"
    certified.student.save()
    response = signed_in(certified.student).get(reverse("certificate_pdf", args=[made.pk]))
    assert response.content == bytes(Certificate.objects.get().file.content)
    assert 'filename="Certificate of hours - Student Reed.pdf"' in response["Content-Disposition"]


def test_the_student_finds_it_under_an_address_of_their_own(certified):
    made = certified.certificate
    assert made.number in shown(signed_in(certified.student), "certificate_own")
    nothing = shown(signed_in(certified.student2), "certificate_own")
    assert "See what is still missing" in nothing
    assert made.number not in nothing


def test_a_student_cannot_issue_and_a_tutor_cannot_revoke(certified):
    made = certified.certificate
    url = reverse("certificate_issue", args=[certified.student_record.pk])
    assert signed_in(certified.student).post(url).status_code == 403
    assert signed_in(certified.tutor).post(reverse("certificate_revoke", args=[made.pk])).status_code == 403


def test_the_list_is_searched_by_name_number_and_status(certified):
    made = certified.certificate
    expected = {"q=Reed": 1, f"q={made.number}": 1, "q=Zz": 0, "q=%00": 1, "status=revoked": 0, "": 1}
    rows = Certificate.objects.all()
    assert {query: CertificateFilter(QueryDict(query), rows).qs.count() for query in expected} == expected
    for who, there in ((certified.coordinator, 1), (certified.tutor2, 0)):
        assert len(signed_in(who).get(reverse("certificate_list") + "?q=Reed").context["page"].object_list) == there


def test_the_list_as_csv_holds_what_the_page_shows(certified):
    made = certified.certificate
    url = reverse("certificate_list") + "?download="
    response = signed_in(certified.coordinator).get(url + "csv")
    assert response["Content-Disposition"] == f'attachment; filename="certificates-{timezone.localdate()}.csv"'
    rows = b"".join(response).decode("utf-8-sig").splitlines()
    assert rows[0] == "Student,Number,T Level,Hours,First day,Last day,Issued,Status,Address"
    assert rows[1].startswith(
        f"Student Reed,{made.number},Digital Software Development,320.00,02/03/2026,26/06/2026,03/07/2026 13:00,Issued"
    )
    for who, query in (("tutor2", ""), ("coordinator", "&status=revoked"), ("other_coordinator", "")):
        response = signed_in(getattr(certified, who)).get(url + "csv" + query)
        assert len(b"".join(response).decode().splitlines()) == 1, who
    assert b"".join(signed_in(certified.tutor).get(url + "xlsx")).startswith(b"PK")


# --- the public page ---


def test_anybody_sees_initials_tlevel_hours_dates_and_college_and_nothing_else(certified, client):
    made = certified.certificate
    response = client.get(reverse("certificate_verify", args=[made.token]))
    page = shown(client, "certificate_verify", made.token)
    for words in ["genuine", "S. R.", "Digital Software Development", "320 h", "2 March 2026 to 26 June 2026"]:
        assert words in page
    assert "Northfield College" in page
    for secret in ["Student Reed", "Oak Street", made.number, "Tutor", certified.student.email]:
        assert secret not in response.content.decode()
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"


def test_a_revoked_one_says_only_that_and_since_when(certified, client):
    made = certified.certificate
    made.revoke(by=certified.coordinator, reason="Something private")
    page = shown(client, "certificate_verify", made.token)
    assert "This certificate is revoked" in page
    assert "Northfield College revoked it on 3 July 2026." in page
    assert "Something private" not in page
    assert "320 h" not in page


def test_whatever_opens_nothing_gives_the_same_page(db, client):
    pages = [client.get(f"/verify/{token}/") for token in ("a", "x" * 500, "%00")]
    assert {page.status_code for page in pages} == {404}
    assert len({re.sub(r"csrf\w+|value=\"\w+\"", "", page.content.decode()) for page in pages}) == 1


def test_tokens_cannot_be_guessed():
    assert re.fullmatch(r"[\w-]{32}", Certificate().token)
    assert len({Certificate().token for _ in range(9)}) == 9


def test_after_sixty_looks_in_a_minute_an_address_has_to_wait(certified, client):
    made = certified.certificate
    url = reverse("certificate_verify", args=[made.token])
    for _ in range(59):
        assert within(RequestFactory().get(url), "certificate_look", tries=60)
    assert [client.get(url).status_code for _ in range(2)] == [200, 429]
    assert client.get(url, REMOTE_ADDR="10.1.1.1").status_code == 200


# --- checking a file ---


def uploaded(client, content: bytes, name="certificate.pdf"):
    file = io.BytesIO(content)
    file.name = name
    response = client.post(reverse("certificate_check"), {"file": file})
    return response.status_code, re.sub(r"\s+", " ", response.content.decode())


def test_the_file_as_issued_is_genuine(certified, client):
    status, page = uploaded(client, bytes(certified.certificate.file.content))
    assert status == 200
    assert "Genuine, and not changed" in page
    assert "320 h" in page
    assert "Student Reed" not in page


def test_one_changed_byte_shows(certified, client):
    content = bytes(certified.certificate.file.content)
    for place in (len(content) // 4, len(content) // 2, 40):
        altered = bytearray(content)
        altered[place] ^= 1
        assert check(bytes(altered)).kind == "changed", place
    assert check(content + b"\n% more").kind == "changed"
    assert "Changed after it was issued" in uploaded(client, content[:-60])[1]


def test_whatever_is_broken_in_a_file_it_gets_an_answer(certified):
    """Copies with bytes changed at any place, or with digits of the signature, on which asn1crypto stumbles."""
    content, rng, kinds = bytes(certified.certificate.file.content), random.Random(1), set()
    start, end = re.search(rb"/Contents\s*<([0-9A-Fa-f]+)>", content).span(1)
    for number in (3, 30, 300) * 5:
        anywhere, signature = bytearray(content), bytearray(content)
        for _ in range(number):
            anywhere[rng.randrange(len(content))] ^= rng.randrange(1, 256)
            signature[rng.randrange(start, end)] = rng.choice(b"0123456789abcdef")
        kinds |= {check(bytes(anywhere)).kind, check(bytes(signature)).kind}
    assert "unchanged" not in kinds
    assert "changed" in kinds


def test_an_added_revision_shows(certified):
    from pyhanko.pdf_utils.generic import pdf_string
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(bytes(certified.certificate.file.content)))
    writer.root["/Lang"] = pdf_string("en-US")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    assert check(out.getvalue()).kind == "changed"


def test_a_revoked_file_is_not_handed_out_any_more_and_whoever_has_it_hears_that_it_is_not_valid(certified, client):
    made = certified.certificate
    content = bytes(made.file.content)
    made.revoke(by=certified.coordinator, reason="Private")
    assert signed_in(certified.student).get(reverse("certificate_pdf", args=[made.pk])).status_code == 404
    page = uploaded(client, content)[1]
    assert "Not valid any more" in page
    assert "Private" not in page


def test_one_changed_byte_breaks_the_signature_for_others_as_well(certified):
    content = bytearray(certified.certificate.file.content)
    assert [intact for _, intact in signed_by(bytes(content))] == [True]
    content[len(content) // 3] ^= 1
    assert [intact for _, intact in signed_by(bytes(content))] == [False]


def test_other_files_are_not_ours(db, client):
    assert check(b"%PDF-1.7\nnothing much").kind == "unknown"
    status, page = uploaded(client, b"hello", "hello.pdf")
    assert status == 422
    assert "is not a PDF that can be read" in page
    assert "file" in CheckForm({}, {}).errors


def test_a_file_signed_by_somebody_else_in_our_words_is_not_ours(certified):
    made = certified.certificate
    key = SigningKey.objects.get()
    [(fingerprint, intact)] = signed_by(bytes(made.file.content))
    assert signers_in(bytes(made.file.content)) == {key.fingerprint}
    assert (fingerprint, intact) == (key.fingerprint, True)
    Certificate.objects.all().delete()
    SigningKey.objects.all().delete()
    assert check(bytes(made.file.content)).kind == "unknown"


def test_after_ten_files_in_a_minute_an_address_has_to_wait(db, client):
    url = reverse("certificate_check")
    for _ in range(9):
        assert within(RequestFactory().post(url), "certificate_file", tries=10)
    status, page = uploaded(client, b"%PDF-1.7 x")
    assert status == 200
    assert "Not issued here" in page
    assert uploaded(client, b"%PDF-1.7 x")[0] == 429
    assert client.get(url).status_code == 200


# --- queries ---


def test_pages_take_the_same_queries_for_one_and_for_many(certified, client, django_assert_num_queries):
    made = certified.certificate
    office = signed_in(certified.coordinator)
    with django_assert_num_queries(5):
        office.get(reverse("certificate_list"))
    with django_assert_num_queries(6):
        office.get(reverse("certificate_detail", args=[certified.student_record.pk]))
    with django_assert_num_queries(1):
        client.get(reverse("certificate_verify", args=[made.token]))
    reopen(made.signoff, certified)
    noted(signed_off(certified), by=certified.tutor)
    with django_assert_num_queries(5):
        office.get(reverse("certificate_list"))
