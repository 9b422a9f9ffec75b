"""Review history, behaviours over the reviews and the list of students: pages first, the same as PDF."""

import re

import pytest
from django.urls import reverse

from placements.goals.models import LearningGoal
from reviews.forms.models import Occasion
from reviews.meetings.models import GoalWord, Preparation
from reviews.reports.views import caseload
from tests.conftest import signed_in
from tests.factories import PlacementFactory, many_placements, many_students
from tests.reviews.forms_ready import asked_form, cast_with_form, handed_in_form
from tests.reviews.meetings_ready import agreed_meeting, held_meeting

pytestmark = pytest.mark.django_db


def words_of(user, name, *args, query="") -> str:
    html = signed_in(user).get(reverse(name, args=args) + query).text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.partition("<main")[2]))


@pytest.fixture
def _not_laid_out(monkeypatch):
    """A PDF is the page that it is made from. Laid out they are in test_reports_for_many.py, each, and in the house."""
    monkeypatch.setattr("portal.pdf.pdf", lambda html: html.encode())


# --- review history ---


@pytest.mark.usefixtures("_not_laid_out")
def test_the_history_tells_every_review_goals_and_actions_on_the_page_and_as_a_pdf():
    cast = cast_with_form()
    meeting = held_meeting(cast)
    agreed_meeting(cast)
    Preparation.objects.create(meeting=meeting, went_well="A secret")
    goal = LearningGoal.objects.create(placement=cast.placement, number=1, wording="Take calls")
    said = {"goal": goal, "number": 1, "wording": "Take calls", "progress": "met", "words": "Calm on the phone."}
    GoalWord.objects.create(meeting=meeting, side=GoalWord.Side.TOGETHER, **said)
    pk = cast.student_record.pk
    page = words_of(cast.tutor, "review_history", pk)
    for sentence in [
        "Review history",
        "Midway review form",
        "Handed in by Manager Reed on 12 May 2026",
        "not confirmed by everybody yet",
        "1. Take calls",
        "Met. Calm on the phone.",
        "Ask for the rota",
    ]:
        assert sentence in page
    assert "A secret" not in page  # what a student prepared for themselves
    response = signed_in(cast.student).get(reverse("review_history_pdf", args=[pk]))
    assert "<title>Review history: Student Reed</title>" in response.text
    assert 'filename="Review history - Student Reed - ' in response["Content-Disposition"]


def test_a_student_does_not_read_of_a_form_that_is_not_handed_in(cast):
    asked_form(cast)
    pk = cast.student_record.pk
    assert "waits for Manager Reed" in words_of(cast.tutor, "review_history", pk)
    assert "No review has been planned so far." in words_of(cast.student, "review_history", pk)


# --- behaviours ---


def test_the_behaviours_stand_form_beside_form_with_a_chart():
    cast = cast_with_form()
    handed_in_form(cast, Occasion.FINAL, points="5")
    pk = cast.student_record.pk
    page = words_of(cast.student, "behaviour_report", pk)
    assert "4.0 (10 of 10 seen)" in page
    assert "5.0 (10 of 10 seen)" in page
    assert page.count("4, better than we expect 5, a model for others") == 27
    assert "Behaviours of Student by group" in page


def test_without_a_form_the_behaviours_say_when_there_will_be_one(cast):
    assert "No review form has been handed in so far." in words_of(
        cast.tutor, "behaviour_report", cast.student_record.pk
    )


def test_two_placements_have_two_charts_with_ids_of_their_own():
    cast = cast_with_form()
    first, cast.placement = cast.placement, PlacementFactory(student=cast.student_record, manager=cast.manager)
    handed_in_form(cast)
    html = signed_in(cast.tutor).get(reverse("behaviour_report", args=[cast.student_record.pk])).text
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert f"behaviours-{first.pk}-title" in ids


# --- the list of students ---


@pytest.mark.usefixtures("_not_laid_out")
def test_a_tutor_prints_their_caseload(cast):
    for words in (words_of(cast.tutor, "caseload_print"), words_of(cast.tutor, "caseload_pdf")):
        assert "Caseload" in words
        assert "Tutor Reed" in words
        assert "Student Reed" in words
        assert "315:00" in words
        assert "Student2 Reed" not in words


def test_the_office_prints_what_the_filters_leave(cast):
    page = words_of(cast.coordinator, "caseload_print", query="?q=Student2")
    assert "1 student: those who were chosen, not all." in page
    assert "Student2 Reed" in page
    assert "Student Reed" not in page


def test_a_list_that_is_long_is_made_by_the_worker(cast, monkeypatch):
    monkeypatch.setattr(caseload, "AT_ONCE", 1)
    client = signed_in(cast.coordinator)
    assert 'href="/reports/?q=Student"' in client.get(reverse("caseload_print") + "?q=Student").text
    response = client.get(reverse("caseload_pdf") + "?q=Student")
    assert (response.status_code, response.url) == (302, "/reports/?q=Student")


def test_a_list_that_is_cut_says_so_and_one_that_nobody_is_in(cast, monkeypatch):
    monkeypatch.setattr(caseload, "MOST", 1)
    assert "These are the first 1 only" in words_of(cast.coordinator, "caseload_print")
    assert "No student matches." in words_of(cast.coordinator, "caseload_print", query="?q=nobody+at+all")


def test_the_list_takes_the_same_queries_for_any_number(cast, django_assert_num_queries):
    client = signed_in(cast.tutor)
    for more in (1, 2):
        students = many_students(more, provider=cast.provider, tutor=cast.tutor)
        many_placements(students, employer=cast.employer, manager=cast.manager)
        with django_assert_num_queries(7):
            client.get(reverse("caseload_print"))
