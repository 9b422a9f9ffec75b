"""Completion and sign-off: what has to hold, judging, signing off, the frozen record, opening it again."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from placements.hours.totals import rebuild
from portal.history.models import Event
from portal.notices.models import Notice
from portal.workflow import Refused, SomebodyWasQuicker
from reviews.signoff import signing
from reviews.signoff.completion import completion_of
from reviews.signoff.forms import JudgementForm
from reviews.signoff.models import Judgement, SignOff
from students.models import Student
from tests import factories
from tests.conftest import signed_in
from tests.pages import said
from tests.reviews.signoffs import (
    WORDS,
    again,
    approved_weeks,
    completed,
    ended,
    final_review,
    frozen,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_summer(time_machine):
    time_machine.move_to("2026-08-12 12:00")


def page(response) -> str:
    return response.content.decode()


def completion(cast):
    return completion_of(again(cast.student_record), timezone.localdate())


def missing(cast) -> list[str]:
    return [condition.title for condition in completion(cast).missing]


# --- what has to hold ---


def test_without_anything_everything_is_missing(cast):
    assert missing(cast) == [
        "Hours",
        "One or two employers",
        "Employer's final review",
        "Progress with the learning goals",
    ]
    assert completion(cast).sentence() == (
        "Not complete yet. Missing: hours, hours with an employer, the employer's final review and the judgement of "
        "progress"
    )


def test_with_everything_the_student_is_complete():
    cast = completed()
    assert completion(cast).why_not() == []
    assert completion(cast).sentence() == "Complete, not signed off yet"


def test_one_hour_short_is_not_complete():
    cast = completed()
    spell = cast.placement.timesheets.first().spells.first()
    spell.finishes = spell.finishes.replace(hour=16)
    spell.save()
    rebuild([cast.student_record.pk])
    assert missing(cast) == ["Hours"]
    assert completion(cast).conditions[0].says == "314 h of 315 h count, 1 h to go."


def test_work_tasters_alone_are_no_employer(cast):
    approved_weeks(cast.placement, 1, approach="taster")
    assert "One or two employers" in missing(cast)


def test_the_final_review_of_the_last_placement_is_the_one():
    cast = completed()
    later = factories.PlacementFactory(
        student=cast.student_record, employer=cast.employer2, first_on=date(2026, 6, 1), last_on=date(2026, 7, 3)
    )
    approved_weeks(later, 1)
    assert missing(cast) == ["Employer's final review"]
    final_review(later)
    assert missing(cast) == []


def test_not_sufficient_yet_is_not_complete():
    cast = completed()
    signing.judge(cast.student_record, is_sufficient=False, words="Two goals are open.", by=cast.tutor)
    assert missing(cast) == ["Progress with the learning goals"]


def test_a_running_placement_keeps_from_signing_off():
    cast = completed()
    ended(cast.placement, date(2026, 7, 31))
    cast.placement.resume(by=cast.tutor, last_on=date(2026, 8, 31))
    assert completion(cast).is_complete
    with pytest.raises(Refused, match="runs until 31 August 2026"):
        signing.sign_off(cast.student_record, by=cast.tutor)


def test_the_student_sees_what_is_missing_and_how_to_get_it_in_eight_queries(cast, django_assert_num_queries):
    client = signed_in(cast.student)
    with django_assert_num_queries(8):
        text = page(client.get("/complete/"))
    assert "0 h of 315 h count" in text
    assert "Hand in each week" in text
    assert "No learning goals are agreed yet" in text
    assert "Ask a question" in text
    approved_weeks(cast.placement, 3)
    with django_assert_num_queries(8):
        client.get("/complete/")


# --- judging ---


def test_the_tutor_judges_by_the_form(cast):
    path = f"/students/{cast.student_record.pk}/judgement/"
    signed_in(cast.tutor).post(path, {"is_sufficient": "yes", "words": WORDS})
    judgement = Judgement.objects.get()
    assert judgement.sentence() == "Sufficient progress, judged by Tutor Reed on 12 August 2026"
    assert Notice.objects.get(kind="judgement_made").to == cast.student


def test_a_judgement_without_reasons_is_refused(cast):
    for data in ({}, {"is_sufficient": "perhaps", "words": "x"}, {"is_sufficient": "no", "words": " "}):
        assert not JudgementForm(data).is_valid(), data
    response = signed_in(cast.tutor).post(f"/students/{cast.student_record.pk}/judgement/", data)
    assert response.status_code == 422
    assert not Judgement.objects.exists()


def test_another_judgement_keeps_the_first(cast):
    for is_sufficient in (False, True, True):
        signing.judge(cast.student_record, is_sufficient=is_sufficient, words=WORDS, by=cast.tutor)
    assert Judgement.objects.count() == 2
    assert Judgement.objects.current().get().is_sufficient
    text = page(signed_in(cast.tutor).get(f"/students/{cast.student_record.pk}/judgement/"))
    assert "Replaced on 12 August 2026" in text


def test_only_who_may_judge_is_led_to_it(cast):
    path = f"/students/{cast.student_record.pk}/complete/"
    link = "Look at the goals, then judge, with reasons. <a href="
    whose_it_is = "It is for Tutor Reed to look at the goals and judge, with reasons."
    text = page(signed_in(cast.tutor).get(path))
    assert link in text
    assert f"/students/{cast.student_record.pk}/judgement/" in text
    assert f"/students/{cast.student_record.pk}/considerations/new/" in text
    text = page(signed_in(cast.coordinator).get(path))
    assert whose_it_is in text
    assert "/judgement/" not in text
    Student.objects.update(tutor=None)
    text = page(signed_in(cast.coordinator).get(path))
    assert link in text
    assert "It is for" not in text


def test_the_office_judges_only_where_there_is_no_tutor(cast):
    path = f"/students/{cast.student_record.pk}/judgement/"
    with pytest.raises(PermissionDenied):
        signing.judge(cast.student_record, is_sufficient=True, words=WORDS, by=cast.coordinator)
    Student.objects.update(tutor=None)
    assert signed_in(cast.coordinator).get(path).status_code == 200


# --- signing off ---


def test_the_tutor_signs_off_and_the_figures_are_kept():
    cast = completed()
    student = cast.complete_student
    tutor = signed_in(cast.tutor)
    text = page(tutor.get(f"/students/{student.pk}/signoffs/new/"))
    assert "315 h of 315 h" in text
    response = tutor.post(f"/students/{student.pk}/signoffs/new/", {"minutes": 315 * 60})
    signoff = SignOff.objects.get()
    assert response.url == f"/signoffs/{signoff.pk}/"
    assert (signoff.minutes, signoff.required_minutes, signoff.kind) == (18900, 18900, "completed")
    assert (signoff.first_on, signoff.last_on) == (date(2026, 3, 2), date(2026, 5, 1))
    assert signoff.employers == ["Employer"]
    assert (signoff.tlevel_title, signoff.rule_set) == ("Digital Software Development", "2024/25")
    assert signoff.receipt["by_employer"][0]["counts"] == 18900
    assert signoff.judgement == WORDS
    assert signoff.sentence() == "Signed off by Tutor Reed on 12 August 2026"
    assert Student.objects.get(pk=student.pk).signed_off_at == signoff.signed_off_at
    assert Notice.objects.filter(kind="signed_off").get().to == cast.student
    assert Event.objects.about(student).filter(says__startswith="signed the placement off as completed").get().says == (
        "signed the placement off as completed: 315 h under 2024/25 rules"
    )


def test_the_history_says_hours_and_minutes_as_the_page_does():
    signoff = SignOff(kind="completed", minutes=364 * 60 + 30, rule_set="2024/25")
    assert signing.signed_off_words(signoff) == (
        "signed the placement off as completed: 364 h 30 min under 2024/25 rules"
    )


def test_the_coordinator_signs_off_and_the_tutor_hears_of_it_and_does_it_no_second_time():
    cast = completed()
    signing.sign_off(cast.complete_student, by=cast.coordinator)
    assert Notice.objects.get(kind="signed_off_staff").to == cast.tutor
    with pytest.raises(SomebodyWasQuicker):
        signing.sign_off(cast.complete_student, by=cast.tutor)


def test_what_is_missing_is_said_and_nothing_is_signed(cast):
    response = signed_in(cast.tutor).post(f"/students/{cast.student_record.pk}/signoffs/new/")
    assert "Not judged yet by Tutor Reed." in said(response)[0]
    assert not SignOff.objects.exists()


def test_a_figure_that_changed_meanwhile_stops_the_sign_off():
    cast = completed()
    student = cast.complete_student
    path = f"/students/{student.pk}/signoffs/new/"
    response = signed_in(cast.tutor).post(path, {"minutes": 19000})
    assert response.url == path
    assert "Something has changed since you opened the page" in said(response)[0]
    assert not SignOff.objects.exists()


def test_others_sign_nothing_off():
    cast = completed()
    for who in ("student", "manager", "tutor2", "other_coordinator"):
        with pytest.raises(PermissionDenied):
            signing.sign_off(cast.complete_student, by=getattr(cast, who))


# --- the frozen record ---


def test_the_kept_totals_and_the_receipt_are_frozen():
    cast = frozen()
    cast.placement.timesheets.first().spells.all().delete()
    rebuild([cast.student_record.pk])
    assert again(cast.student_record).hours.counted == 18900
    text = page(signed_in(cast.student).get("/complete/"))
    assert "All figures are kept as they were on 12 August 2026, under the rules for 2024/25" in text


def test_the_sign_off_page_shows_what_was_kept():
    cast = frozen()
    signoff = cast.signoff
    text = page(signed_in(cast.student).get(f"/signoffs/{signoff.pk}/"))
    assert "315 h" in text
    assert WORDS in text
    assert "Counted by the rules for 2024/25" in text
    for who, number in (("tutor", 1), ("coordinator", 1), ("manager", 0)):
        assert SignOff.objects.visible_to(getattr(cast, who)).count() == number, who


def test_the_coordinator_opens_the_record_again():
    cast = frozen()
    signoff = cast.signoff
    coordinator = signed_in(cast.coordinator)
    path = f"/signoffs/{signoff.pk}/reopen/"
    assert coordinator.post(path, {"seen": 0, "reason": ""}).status_code == 422
    coordinator.post(path, {"seen": 0, "reason": "A week was counted twice."})
    signoff.refresh_from_db()
    assert signoff.sentence() == "Opened again on 12 August 2026: A week was counted twice."
    student = again(cast.student_record)
    assert student.signed_off_at is None
    assert {notice.to for notice in Notice.objects.filter(kind="record_reopened")} == {cast.student, cast.tutor}
    assert completion(cast).is_complete
    assert signing.sign_off(student, by=cast.tutor).pk != signoff.pk


def test_the_tutor_cannot_open_it_again():
    cast = frozen()
    signoff = cast.signoff
    with pytest.raises(PermissionDenied):
        signoff.reopen(by=cast.tutor, reason="I want to.")


def test_two_who_open_it_again_do_it_once():
    cast = frozen()
    signoff = cast.signoff
    SignOff.objects.get().reopen(by=cast.coordinator, reason="A mistake.")
    with pytest.raises(SomebodyWasQuicker):
        signoff.reopen(by=cast.coordinator, reason="A mistake, too.", seen=0)
