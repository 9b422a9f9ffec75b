"""What pages say around the sign-off: before it is opened again, with special consideration, on the student's home."""

import re
from datetime import date

import pytest
from django.utils import timezone

from reviews.signoff import signing
from students.models import Student
from tests.conftest import signed_in
from tests.reviews.certificates_ready import noted
from tests.reviews.signoffs import WORDS, again, completed, considered, ended, frozen
from tests.steps import steps_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_summer(time_machine):
    time_machine.move_to("2026-08-12 12:00")


def got(user, path) -> str:
    """The words of a page, without its tags."""
    return words_in(signed_in(user).get(path))


def words_in(response) -> str:
    text = response.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", text.split("<main")[1]).split())


def steps(cast):
    student = Student.objects.get(pk=cast.student_record.pk)
    placements = list(student.placements.all())
    return [step.says for step in steps_of(student, placements, timezone.localdate())]


# --- opening it again ---


def test_the_form_says_first_that_the_certificate_goes():
    cast = frozen()
    signoff = cast.signoff
    path = f"/signoffs/{signoff.pk}/"
    assert "The certificate of hours is revoked by that" not in got(cast.coordinator, path)
    noted(signoff, by=cast.tutor)
    text = got(cast.coordinator, path)
    assert text.index("The certificate of hours is revoked by that") < text.index("Open it again")


def test_a_record_that_is_open_again_leads_to_its_completion():
    cast = frozen()
    signoff = cast.signoff
    noted(signoff, by=cast.tutor)
    completion = f'href="/students/{cast.student_record.pk}/complete/"'
    text = got(cast.tutor, f"/signoffs/{signoff.pk}/")
    assert "How it stands now" not in text
    assert "is revoked by that" not in text
    signoff.reopen(by=cast.coordinator, reason="A week was left out.")
    page = signed_in(cast.tutor).get(f"/signoffs/{signoff.pk}/").content.decode()
    assert completion in page
    assert "How it stands now" in page
    assert 'href="/complete/"' in signed_in(cast.student).get(f"/signoffs/{signoff.pk}/").content.decode()


# --- special consideration ---


def test_what_special_consideration_stands_in_for_is_said():
    cast = considered()
    cast.consideration.confirm(by=cast.coordinator)
    path = f"/students/{cast.student_record.pk}/complete/"
    ended(cast.placement)
    text = got(cast.tutor, path)
    stands_in = "pecial consideration stands in for hours and the employer's final review"
    assert f"S{stands_in}. The rest has to hold." in text.replace("&#x27;", "'")
    assert "All of it." not in text
    assert "Sign off" not in text
    signing.judge(cast.student_record, is_sufficient=True, words=WORDS, by=cast.tutor)
    text = got(cast.tutor, path).replace("&#x27;", "'")
    assert f"Everything that is needed is there: s{stands_in}." in text
    assert "Sign off" in text


def test_while_the_placement_runs_no_button_is_shown():
    cast = completed()
    path = f"/students/{cast.student_record.pk}/complete/"
    assert "Everything is there. Sign off" in got(cast.tutor, path)
    cast.placement.status = "active"
    cast.placement.save()
    response = signed_in(cast.tutor).get(path)
    says = "One thing is left before the record can be signed off. The placement at Employer runs until"
    assert says in words_in(response)
    assert f'href="/students/{cast.student_record.pk}/signoffs/new/"' not in response.text


def test_the_second_person_sees_where_the_hours_lead_in_a_fixed_number_of_queries(django_assert_num_queries):
    cast = considered()
    path = f"/considerations/{cast.consideration.pk}/"
    client = signed_in(cast.coordinator)
    client.get(path)
    with django_assert_num_queries(10):  # three are the projection, one writes the look
        text = words_in(client.get(path))
    assert "You are the second person" in text
    assert "Hours that count now 175 h of 315 h" in text
    assert "If it goes on as now" in text
    assert "Last weeks:" in text
    assert "If it goes on as now" not in got(cast.tutor, path)


# --- the student's home ---


def test_after_a_second_sign_off_the_home_opens_with_it():
    cast = frozen()
    signoff = cast.signoff
    noted(signoff, by=cast.tutor)
    assert steps(cast)[:2] == ["Your placement is signed off", "Download your certificate of hours"]
    signoff.reopen(by=cast.coordinator, reason="A week was left out.")
    assert "Your certificate was revoked" in steps(cast)
    second = signing.sign_off(again(cast.student_record), by=cast.tutor)
    found = steps(cast)
    assert found[:2] == ["Your placement is signed off", "Your college issues a new certificate of hours next"]
    assert "Find a place" not in found
    noted(second, by=cast.tutor)
    found = steps(cast)
    assert found[:2] == ["Your placement is signed off", "Download your certificate of hours"]
    assert "Your certificate was revoked" not in found


def test_before_the_sign_off_a_place_is_still_to_be_found(cast):
    ended(cast.placement, date(2026, 5, 8))
    assert "Find a place" in steps(cast)


def test_a_certificate_is_promised_before_it_is_issued():
    cast = frozen()
    text = got(cast.tutor, f"/students/{cast.student_record.pk}/certificate/")
    assert "Student Reed will get a mail." in text


# --- the office's pages ---


def test_pages_of_the_office_lead_back_to_our_college(cast):
    client = signed_in(cast.coordinator)
    for path in ("/meetings/pattern/", "/review-forms/questions/", "/support/shared/", "/signoffs/"):
        assert '<a href="/college/">Our college</a>' in client.get(path).text, path


def test_a_tutor_is_not_led_to_a_page_of_the_office(cast):
    assert "Our college" not in signed_in(cast.tutor).get("/support/shared/").content.decode()
