"""What reviews say becomes an action in the student's plan."""

from datetime import date

import pytest

from reviews.forms.models import Answer
from reviews.meetings.models import Action as Agreed
from reviews.meetings.models import Meeting, Party
from students.actions.models import Action
from students.actions.sources import source_of
from tests.conftest import signed_in
from tests.reviews.forms_ready import cast_that_answered, cast_with_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(db):
    """The cast with a `form` that was handed in."""
    return cast_with_form()


def low_points(cast, **codes):
    for code, points in codes.items():
        Answer.objects.filter(form__placement=cast.placement, code=code).update(value=points, label="Needs some help")


def test_what_the_manager_rates_lowest_and_names_is_offered_to_the_student_and_to_nobody_else(answered):
    low_points(answered, calm="2", ideas="1")
    page = signed_in(answered.student).get(f"/review-forms/{answered.form.pk}/")
    assert [answer.code for answer in page.context["to_improve"]] == ["develop", "ideas", "calm"]
    assert "Make one of these an action" in page.text
    assert "Make one of these an action" not in signed_in(answered.tutor).get(f"/review-forms/{answered.form.pk}/").text


def test_nothing_is_offered_where_all_is_well(answered):
    Answer.objects.filter(form=answered.form, code="develop").update(words="")
    assert signed_in(answered.student).get(f"/review-forms/{answered.form.pk}/").context["to_improve"] == []


def test_an_answer_becomes_an_action_that_says_where_it_came_from(answered):
    low_points(answered, calm="2")
    answer, client = Answer.objects.get(code="calm"), signed_in(answered.student)
    path = f"/actions/add/?review_answer={answer.pk}"
    assert "From: Midway review form: Stays calm when there is pressure: Needs some help" in client.get(path).text
    client.post(path, {"improve": "Count to three before I answer", "due_on": "2099-01-01"})
    assert Action.objects.get().about == "Midway review form: Stays calm when there is pressure: Needs some help"


def test_answers_that_are_not_handed_in_or_not_ones_own_stay_secret(db):
    cast = cast_that_answered()
    begun_with = {"review_answer": str(Answer.objects.get(code="calm").pk)}
    assert source_of(cast.student, begun_with) is None
    cast.form.hand_in(by=cast.manager)
    says = "Stays calm when there is pressure: Better than we expect"
    assert source_of(cast.student, begun_with).about.endswith(says)
    assert source_of(cast.student2, begun_with) is None
    assert source_of(cast.other_student, begun_with) is None


def test_nonsense_in_the_address_begins_a_free_action(cast):
    for name in ("statement", "behaviour", "review_answer", "meeting_action"):
        for key in ("0", "-1", "x", "9" * 40, "\0", "²"):
            assert source_of(cast.student, {name: key}) is None, (name, key)
    response = signed_in(cast.student).get("/actions/add/?statement=%00&review_answer=²")
    assert response.status_code == 200
    assert "From:" not in response.text


@pytest.fixture
def agreed(cast) -> Agreed:
    """What the student is to do after a meeting that was held."""
    meeting = Meeting.objects.create(placement=cast.placement, title="Midway review", due_on=date(2026, 5, 1))
    return Agreed.objects.create(
        meeting=meeting, what="Ring three customers back", owner=Party.STUDENT, due_on=date(2099, 5, 1)
    )


def test_what_was_agreed_in_a_meeting_is_filled_in_with_its_day(cast, agreed):
    page = signed_in(cast.student).get(f"/actions/add/?meeting_action={agreed.pk}").content.decode()
    assert "From: Review meeting: Midway review" in page
    assert "Ring three customers back" in page
    assert 'value="2099-05-01"' in page


def test_a_day_that_has_passed_is_not_filled_in(cast, agreed):
    Agreed.objects.update(due_on=date(2026, 3, 9))
    source = source_of(cast.student, {"meeting_action": str(agreed.pk)})
    assert (source.improve, source.due_on) == ("Ring three customers back", None)


def test_what_others_are_to_do_or_strangers_agreed_is_not_offered(cast, agreed):
    begun_with = {"meeting_action": str(agreed.pk)}
    assert source_of(cast.student2, begun_with) is None
    Agreed.objects.update(owner=Party.TUTOR)
    assert source_of(cast.student, begun_with) is None
