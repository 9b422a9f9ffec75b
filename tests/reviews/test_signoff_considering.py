"""Special consideration: proposed by one, decided by another, and what it does for the sign-off."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.history.models import Look, looks_at
from portal.needs import needs_of_staff
from portal.notices.models import Notice
from portal.people.models import Membership, Role
from portal.workflow import Refused, SomebodyWasQuicker
from reviews.risk.keeping import reckon
from reviews.risk.models import Standing
from reviews.signoff import considering, signing
from reviews.signoff.completion import completion_of
from reviews.signoff.forms import ConsiderationForm
from reviews.signoff.models import Reason, SpecialConsideration
from reviews.signoff.standing import standing_of
from tests.conftest import signed_in
from tests.pages import given_back, said
from tests.reviews.signoffs import (
    WORDS,
    again,
    approved_weeks,
    completed,
    considered,
    ended,
    final_review,
    proposed_with_evidence,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_summer(time_machine):
    time_machine.move_to("2026-08-12 12:00")


def page(response) -> str:
    return response.content.decode()


def of(cast) -> str:
    return f"/students/{cast.student_record.pk}/considerations/new/"


def needs(cast, who):
    desk = Membership.objects.get(user=who)
    return [need.kind.name for need in needs_of_staff(desk, timezone.now())]


def test_the_eight_reasons_ship_with_the_portal():
    codes = list(Reason.objects.values_list("code", flat=True))
    assert codes == ["ML", "MF", "B", "D", "T", "A", "U", "W"]


def test_the_tutor_proposes_it_with_evidence(cast):
    approved_weeks(cast.placement, 5)
    reasons = list(Reason.objects.filter(code__in=["ML", "B"]).values_list("pk", flat=True))
    letter = SimpleUploadedFile("letter.pdf", b"%PDF-1.4 a letter")
    data = {"reasons": reasons, "words": "Long illness.", "files": [letter]}
    response = signed_in(cast.tutor).post(of(cast), data)
    consideration = SpecialConsideration.objects.get()
    assert response.url == f"/considerations/{consideration.pk}/"
    assert (consideration.codes, consideration.hours) == (["ML", "B"], 175)
    assert consideration.reasons[0]["wording"] == "Health of the student"
    assert consideration.sentence() == "Proposed by Tutor Reed on 12 August 2026, waits for a second person"
    assert [one.file.name for one in consideration.evidence.all()] == ["letter.pdf"]
    asked = {notice.to for notice in Notice.objects.filter(kind="consideration_waiting")}
    assert asked == {cast.coordinator, cast.coordinator2}
    assert Notice.objects.get(kind="consideration_news").to == cast.student


def test_nonsense_is_refused_beside_its_field():
    sent = {"reasons": ["ML"], "words": "Ill"}
    for wrong in ({"reasons": []}, {"reasons": ["nonsense"]}, {"reasons": [99999]}, {"words": ""}, {"words": "a\0b"}):
        assert set(wrong) <= set(ConsiderationForm(sent | wrong).errors), wrong


def test_without_evidence_the_form_asks_once(cast):
    approved_weeks(cast.placement, 5)
    data = {"reasons": [Reason.objects.get(code="ML").pk], "words": "Ill"}
    tutor = signed_in(cast.tutor)
    tick = 'type="checkbox" name="without_evidence"'
    assert ConsiderationForm().fields["without_evidence"].widget.is_hidden
    asked = tutor.post(of(cast), data)
    assert asked.status_code == 422
    assert "Nothing is attached. Add the evidence, or say below that there is none." in page(asked)
    assert tick in page(asked)
    assert not SpecialConsideration.objects.exists()
    tutor.post(of(cast), data | {"without_evidence": "on"})
    assert SpecialConsideration.objects.get().evidence.count() == 0


def test_with_evidence_or_a_file_that_will_not_do_nothing_is_asked():
    data = {"reasons": [Reason.objects.get(code="ML").pk], "words": "Ill"}
    for name, content, errors in [("letter.pdf", b"%PDF-1.4 a letter", []), ("letter.exe", b"MZ", ["files"])]:
        form = ConsiderationForm(data, {"files": [SimpleUploadedFile(name, content)]})
        assert list(form.errors) == errors
        assert form.fields["without_evidence"].widget.is_hidden


def test_a_reason_given_twice_is_kept_once():
    reason = Reason.objects.get(code="ML")
    form = ConsiderationForm({"reasons": [reason.pk, reason.pk], "words": "Ill", "without_evidence": "on"})
    assert form.is_valid()
    assert list(form.cleaned_data["reasons"]) == [reason]


def test_what_is_proposed_twice_is_kept_once():
    cast = considered()
    data = {"reasons": [Reason.objects.get(code="ML").pk], "words": "Ill since May.", "without_evidence": "on"}
    assert signed_in(cast.tutor).post(of(cast), data).url == f"/considerations/{cast.consideration.pk}/"
    other = signed_in(cast.coordinator).post(of(cast), data)
    assert given_back(other) == ["Ill since May."]
    assert "Somebody was quicker: Proposed by Tutor Reed" in page(other)
    with pytest.raises(SomebodyWasQuicker):
        considering.propose(cast.student_record, reasons=[], words="x", by=cast.coordinator)


def test_with_all_hours_or_none_there_is_nothing_to_consider():
    cast = completed()
    assert "The hours are reached" in page(signed_in(cast.tutor).get(of(cast)))
    with pytest.raises(Refused, match="The hours are reached"):
        considering.propose(cast.student_record, reasons=[], words="x", by=cast.tutor)
    assert considering.why_not_now(again(cast.student_record2)).startswith("At least one whole hour has to count")


def test_others_propose_nothing(cast):
    for who in ("student", "manager", "tutor2", "other_coordinator"):
        with pytest.raises(PermissionDenied):
            considering.propose(cast.student_record, reasons=[], words="x", by=getattr(cast, who))


# --- the second person ---


def test_a_second_person_confirms_it():
    cast = considered()
    consideration = cast.consideration
    coordinator = signed_in(cast.coordinator)
    coordinator.post(f"/considerations/{consideration.pk}/confirm/", {"seen": 0, "words": "The letter says it all."})
    consideration.refresh_from_db()
    assert consideration.sentence() == "Proposed by Tutor Reed, confirmed by Coordinator Reed on 12 August 2026"
    assert {notice.to for notice in Notice.objects.filter(kind="consideration_news")} == {cast.student, cast.tutor}


def test_whoever_proposed_it_does_not_decide():
    cast = considered()
    consideration = cast.consideration
    tutor = signed_in(cast.tutor)
    assert "You proposed it, so somebody else" in page(tutor.get(f"/considerations/{consideration.pk}/"))
    response = tutor.post(f"/considerations/{consideration.pk}/confirm/", {"seen": 0})
    assert "You proposed it yourself" in said(response)[0]
    assert SpecialConsideration.objects.get().status == "proposed"
    consideration.status, consideration.decided_at, consideration.decided_by = "confirmed", timezone.now(), cast.tutor
    with pytest.raises(IntegrityError), transaction.atomic():
        consideration.save()


def test_it_is_refused_with_a_reason():
    cast = considered()
    consideration = cast.consideration
    path = f"/considerations/{consideration.pk}/refuse/"
    coordinator = signed_in(cast.coordinator)
    assert coordinator.post(path, {"seen": 0, "reason": ""}).status_code == 422
    coordinator.post(path, {"seen": 0, "reason": "There is time until October."})
    consideration.refresh_from_db()
    assert consideration.sentence() == "Refused by Coordinator Reed on 12 August 2026"
    assert consideration.decided_words == "There is time until October."
    assert again(cast.student_record).consideration is None


def test_the_proposer_or_the_office_withdraws_it():
    cast = considered()
    consideration = cast.consideration
    path = f"/considerations/{consideration.pk}/withdraw/"
    assert signed_in(cast.tutor).post(path, {"seen": 0, "reason": ""}).status_code == 422
    signed_in(cast.tutor).post(path, {"seen": 0, "reason": "The hours will be reached after all."})
    consideration.refresh_from_db()
    assert consideration.sentence() == "Withdrawn by Tutor Reed on 12 August 2026"


def test_the_second_of_two_is_told_that_somebody_was_quicker():
    cast = considered()
    consideration = cast.consideration
    SpecialConsideration.objects.get().confirm(by=cast.coordinator)
    path = f"/considerations/{consideration.pk}/refuse/"
    response = signed_in(cast.coordinator2).post(path, {"seen": 0, "reason": "The hours can still be reached."})
    assert "Something has changed since you opened the page" in page(response)
    assert given_back(response) == ["The hours can still be reached."]
    assert SpecialConsideration.objects.get().status == "confirmed"


# --- what it does ---


def test_confirmed_and_judged_it_completes_without_the_hours():
    cast = considered()
    consideration = cast.consideration
    ended(cast.placement)
    consideration.confirm(by=cast.coordinator)
    with pytest.raises(Refused, match="Not judged yet"):
        signing.sign_off(cast.student_record, by=cast.tutor)
    signing.judge(cast.student_record, is_sufficient=True, words=WORDS, by=cast.tutor)
    text = page(signed_in(cast.tutor).get(f"/students/{cast.student_record.pk}/signoffs/new/"))
    assert "With special consideration: Health of the student, Bereavement" in text
    signoff = signing.sign_off(cast.student_record, by=cast.tutor)
    assert (signoff.kind, signoff.minutes, signoff.consideration) == ("special", 175 * 60, consideration)
    assert signoff.sentence().endswith("with special consideration")
    assert again(cast.student_record).hours.stage == "signed"
    reckon([cast.student_record.pk])
    assert (
        Standing.objects.get(student=cast.student_record).sentence()
        == "On track: Completed with special consideration. The placement is signed off."
    )
    with pytest.raises(Refused, match="signed off on 12 August 2026"):
        SpecialConsideration.objects.get().withdraw(by=cast.tutor, reason="A mistake.")


def test_signed_off_with_fewer_hours_no_page_asks_for_the_rest():
    cast = considered()
    student = cast.student_record
    ended(cast.placement)
    cast.consideration.confirm(by=cast.coordinator)
    signing.judge(student, is_sufficient=True, words=WORDS, by=cast.tutor)
    signing.sign_off(student, by=cast.tutor)
    reckon([student.pk])
    own, here = "Completed with special consideration", f"/students/{student.pk}/"
    office = signed_in(cast.coordinator)
    pages = [page(office.get(here)), page(signed_in(cast.student).get("/hours/"))]
    [row] = office.get("/students/?finish=on_course&q=Student+Reed").context["page"]
    assert (row.stage, row.to_go, row.projection.sentence()) == (own, 0, own)
    files = ("/students/?download=csv", "/cohort/students/?status=signed&download=csv")
    pages += [office.get(path).getvalue().decode() for path in files]
    for text in pages:
        assert own.lower() in text.lower()
        for wrong in ("Hours reached", "Hours complete", "140 h to go", "140 h short", "behind the pace"):
            assert wrong not in text


def test_hours_that_are_reached_after_all_need_the_final_review_again():
    cast = considered()
    cast.consideration.confirm(by=cast.coordinator)
    signing.judge(cast.student_record, is_sufficient=True, words=WORDS, by=cast.tutor)
    assert completion_of(again(cast.student_record), timezone.localdate()).is_complete
    assert "The special consideration stands in for this." in page(signed_in(cast.student).get("/complete/"))
    cast.placement.first_on = date(2026, 4, 6)
    approved_weeks(cast.placement, 4)
    ended(cast.placement, date(2026, 7, 31))
    student = again(cast.student_record)
    assert standing_of(student) == ("waiting", "Missing: the employer's final review")
    with pytest.raises(Refused, match="Employer's final review"):
        signing.sign_off(student, by=cast.tutor)
    final_review(cast.placement)
    signoff = signing.sign_off(student, by=cast.tutor)
    assert (signoff.kind, signoff.consideration) == ("completed", None)


def test_while_it_waits_the_record_cannot_be_signed_off():
    cast = considered()
    ended(cast.placement)
    signing.judge(cast.student_record, is_sufficient=True, words=WORDS, by=cast.tutor)
    with pytest.raises(Refused, match="140 h to go"):
        signing.sign_off(cast.student_record, by=cast.tutor)


# --- who sees it ---


def test_looks_of_staff_are_noted_and_the_student_sees_them(cast):
    consideration = proposed_with_evidence(cast)
    evidence = consideration.evidence.get()
    coordinator = signed_in(cast.coordinator)
    assert coordinator.get(f"/considerations/evidence/{evidence.pk}/").content == b"%PDF-1.4 a letter"
    assert [look.by for look in looks_at(consideration)] == [cast.coordinator]
    text = page(signed_in(cast.student).get(f"/considerations/{consideration.pk}/"))
    assert "Coordinator Reed, on 12 August 2026" in text
    assert "If it goes on as now" not in text
    assert Look.objects.count() == 1
    text = page(coordinator.get(f"/considerations/{consideration.pk}/"))
    assert "Coordinator Reed, 2 times, the last time on 12 August 2026" in text


def test_it_waits_on_the_dashboards_of_those_who_may_decide():
    cast = considered()
    assert "consideration_waits" in needs(cast, cast.coordinator)
    assert "consideration_waits" not in needs(cast, cast.tutor)


def test_mails_say_nothing_of_it():
    considered()
    for notice in Notice.objects.filter(kind__startswith="consideration"):
        assert "illness" not in notice.text + notice.subject
        assert "Student" not in notice.subject


def test_the_page_takes_six_queries(django_assert_num_queries):
    cast = considered()
    path = f"/considerations/{cast.consideration.pk}/"
    client = signed_in(cast.student)
    with django_assert_num_queries(6):
        client.get(path)
    for _ in range(3):
        cast.consideration.evidence.create(file=proposed_file(cast))
    with django_assert_num_queries(6):
        client.get(path)


def proposed_file(cast):
    from portal.files.models import store
    from portal.uploads import Accepted

    return store(Accepted("a.pdf", "application/pdf", b"%PDF-"), provider=cast.provider, by=cast.tutor)


def test_the_role_is_the_office_and_not_the_name():
    """A coordinator of another provider has no part in it."""
    cast = considered()
    consideration = cast.consideration
    assert Role.COORDINATOR in {m.role for m in Membership.objects.filter(user=cast.other_coordinator)}
    with pytest.raises(PermissionDenied):
        consideration.confirm(by=cast.other_coordinator)
