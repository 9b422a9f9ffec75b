"""A review form that the employer filled in on paper: recorded whole, or not at all."""

from datetime import date

import pytest
from django.db import transaction

from portal.workflow import Refused
from reviews.forms.forms import PaperForm
from reviews.forms.models import Occasion, Question, ReviewForm
from reviews.forms.models.lines import lines_of
from tests.conftest import signed_in
from tests.pages import given_back, text_of
from tests.reviews.forms_ready import answered_form, asked_form, data_of
from tests.reviews.meetings_ready import agreed_goals

pytestmark = pytest.mark.django_db
SIGNED = {"signed_by": "Tom Reid", "signed_on": "2026-05-11"}


@pytest.fixture(autouse=True)
def _in_spring(time_machine):
    time_machine.move_to("2026-05-12 12:00")


def path_of(cast, occasion="final") -> str:
    return f"/placements/{cast.placement.pk}/review-forms/{occasion}/paper/"


def whole(cast, occasion=Occasion.FINAL) -> dict:
    """The whole paper, as a browser sends it."""
    return data_of(lines_of(ReviewForm(placement=cast.placement, occasion=occasion))) | SIGNED


def refused(cast, data) -> str:
    """The page that answers to a paper that is refused whole."""
    response = signed_in(cast.tutor).post(path_of(cast), data)
    assert response.status_code == 422
    assert not ReviewForm.objects.exists()
    return response.content.decode()


def test_a_form_is_recorded_from_paper_and_one_typed_meanwhile_comes_back(cast):
    tutor, data = signed_in(cast.tutor), whole(cast)
    tutor.post(path_of(cast), data)
    form = ReviewForm.objects.get()
    assert form.sentence() == "Signed on paper by Tom Reid on 11 May 2026"
    assert {answer.by_name for answer in form.answers.all()} == {"Tom Reid"}
    assert form.answers.get(code="calm").value == "4"
    assert tutor.get(path_of(cast)).status_code == 404
    late = tutor.post(path_of(cast), data | {"question-strengths": "Sam is calm with customers."})
    assert late.status_code == 404
    assert {"Sam is calm with customers.", "Tom Reid"} <= set(given_back(late))
    assert f'href="/placements/{cast.placement.pk}/review-forms/">Go on</a>' in text_of(late)


def test_an_empty_paper_is_refused_with_an_error_at_each_line_that_is_needed(cast):
    agreed_goals(cast.placement)
    page = refused(cast, SIGNED)
    goal = cast.placement.goals.current().first()
    needed = [line.name for line in lines_of(ReviewForm(placement=cast.placement, occasion="final")) if line.is_needed]
    assert {"behaviour-calm", f"goal-{goal.pk}", "question-strengths"} <= set(needed)
    assert f"{len(needed)} things to put right" in page
    assert page.count('class="error-summary"') == 1
    assert 'href="#id_behaviour-calm_0"' in page
    assert f'href="#id_goal-{goal.pk}_0"' in page
    assert 'href="#id_question-strengths"' in page
    assert "Choose what the paper says." in page
    assert "Write what the paper says." in page


def test_what_is_not_needed_may_stay_empty(cast):
    Question.objects.filter(code="develop").update(is_required=False)
    form = ReviewForm(placement=cast.placement, occasion=Occasion.FINAL)
    assert PaperForm(form, lines_of(form), whole(cast) | {"question-develop": ""}).errors == {}


def test_a_day_that_cannot_be_and_a_missing_answer_are_named_and_nothing_typed_is_lost(cast):
    says = "The paper was signed between 2 March 2026, the first day, and today."
    form = ReviewForm(placement=cast.placement, occasion=Occasion.FINAL)
    for day in (date(2026, 5, 13), date(9999, 12, 31), date(2026, 3, 1)):
        assert form.why_not_signed_on(day) == says
    assert form.why_not_signed_on(date(2026, 3, 2)) == form.why_not_signed_on(date(2026, 5, 12)) == ""
    wrong = {"behaviour-calm": "", "signed_on": "2026-05-13"}
    page = refused(cast, whole(cast) | {"question-strengths": "Good with callers."} | wrong)
    assert "2 things to put right" in page
    assert 'href="#id_behaviour-calm_0"' in page
    assert "Good with callers." in page
    assert f'<a href="#id_signed_on">Signed on: {says}</a>' in page


def test_the_verb_refuses_an_unfinished_paper_as_well(cast):
    form = asked_form(cast)
    with pytest.raises(Refused, match=r"“Being professional” is not finished yet\."), transaction.atomic():
        form.record_paper(by=cast.tutor, signed_by="Tom Reid", signed_on=date(2026, 5, 11))
    form.refresh_from_db()
    assert form.is_open


def test_what_the_manager_answered_online_stands_in_the_form(cast):
    answered_form(cast, points="3")
    page = signed_in(cast.tutor).get(path_of(cast, "midway")).content.decode()
    assert "Asks too late." in page
    assert signed_in(cast.tutor).post(path_of(cast, "midway"), whole(cast, "midway")).status_code == 302
    assert ReviewForm.objects.get().is_handed_in
