"""A provider's own questions on the review forms, kept by its coordinators."""

import pytest

from reviews.forms.forms import QuestionForm, WordingForm
from reviews.forms.models import Question
from reviews.forms.models.lines import screens_of
from reviews.forms.models.questions import retire
from reviews.forms.views.questions import ask_so, initial_of
from tests.conftest import signed_in
from tests.pages import said
from tests.reviews.forms_ready import answered_form, asked_form, line_of

pytestmark = pytest.mark.django_db
PREPARED = "How well was {name} prepared?"


@pytest.fixture(autouse=True)
def _in_spring(time_machine):
    time_machine.move_to("2026-05-12 12:00")


def added(cast, **more) -> Question:
    """A question of the provider's own."""
    options = [["1", "Well"], ["2", "Not well"]]
    fields = {"wording": PREPARED, "options": options, "is_required": True} | more
    return Question.objects.create(provider=cast.provider, code="own-1", **fields)


def said_otherwise(cast, question, wording, **more):
    fields = {"wording": wording, "hint": "", "occasion": "", "is_required": True} | more
    ask_so(question, fields, provider=cast.provider, by=cast.coordinator)


def add(cast, **more):
    data = {"wording": PREPARED, "options": "Well\nNot well", "is_required": "on"} | more
    return signed_in(cast.coordinator).post("/review-forms/questions/new/", data)


def test_a_question_of_the_providers_own_stands_on_its_own_screen(cast):
    add(cast)
    form = asked_form(cast)
    assert [screen.title for screen in screens_of(form)][-2:] == ["Asked by the college", "Looking ahead"]
    line = line_of(form, Question.objects.get(provider=cast.provider).code)
    assert (line.wording, line.options) == ("How well was Student prepared?", [["1", "Well"], ["2", "Not well"]])


def test_other_providers_are_not_asked_it(cast):
    added(cast)
    assert [one.code for one in Question.objects.asked_by(cast.other_provider, "midway")] == [
        "strengths",
        "develop",
        "overall",
        "host_again",
    ]


def test_only_midway_means_not_at_the_end(cast):
    added(cast, occasion="midway")
    asked = [one.wording for one in Question.objects.asked_by(cast.provider, "final")]
    assert PREPARED not in asked
    assert len(asked) == 6


def test_what_cannot_be_asked_is_refused_beside_the_field(cast):
    for field, value, words in (
        ("wording", "", "This is missing."),
        ("options", "Yes", "Give two to 8 answers, one a line, or none."),
        ("options", "Yes\nyes", "Two answers say the same."),
        ("options", f"{'x' * 101}\nNo", "An answer has at most 100 characters."),
        ("wording", "a\0b", "Null characters are not allowed."),
    ):
        assert QuestionForm({"wording": PREPARED, field: value}).errors == {field: [words]}
    response = add(cast, **{field: value})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Question.objects.filter(provider=cast.provider).exists()


def test_a_shipped_question_in_the_providers_own_words_and_back(cast):
    coordinator = signed_in(cast.coordinator)
    shipped = Question.objects.get(provider=None, code="host_again")
    coordinator.post(f"/review-forms/questions/{shipped.pk}/", {"wording": "Shall we come again?"})
    form = asked_form(cast)
    assert line_of(form, "host_again").wording == "Shall we come again?"
    assert [value for value, _ in line_of(form, "host_again").options] == ["yes", "perhaps", "no"]
    own = Question.objects.get(provider=cast.provider)
    retire(own)
    assert line_of(form, "host_again").wording == "Would you host a T Level student again?"
    coordinator.post(f"/review-forms/questions/{shipped.pk}/", {"wording": "Once more with us?"})
    assert line_of(form, "host_again").wording == "Once more with us?"


def test_another_wording_is_a_new_version_and_answers_keep_theirs(cast):
    question = added(cast)
    form = answered_form(cast)
    coordinator = signed_in(cast.coordinator)
    coordinator.post(f"/review-forms/questions/{question.pk}/", {"wording": "Was it a good start?", "options": ""})
    rows = Question.objects.filter(provider=cast.provider).order_by("version").values_list("version", "wording")
    assert list(rows) == [(1, PREPARED), (2, "Was it a good start?")]
    assert line_of(form, question.code).wording == "How well was Student prepared?"
    now = Question.objects.current().get(provider=cast.provider)
    assert PREPARED in coordinator.get(f"/review-forms/questions/{now.pk}/").content.decode()


def test_a_question_is_taken_off_and_put_back(cast):
    question = added(cast)
    coordinator = signed_in(cast.coordinator)
    coordinator.post(f"/review-forms/questions/{question.pk}/retire/")
    assert "Asked no more" in coordinator.get("/review-forms/questions/").content.decode()
    assert len(Question.objects.asked_by(cast.provider, "midway")) == 4
    coordinator.post(f"/review-forms/questions/{question.pk}/restore/")
    assert len(Question.objects.asked_by(cast.provider, "midway")) == 5


def test_what_is_asked_in_newer_words_is_not_put_back(cast):
    question = added(cast)
    said_otherwise(cast, question, "Was it a good start?")
    response = signed_in(cast.coordinator).post(f"/review-forms/questions/{question.pk}/restore/")
    assert said(response)[-1] == "It is asked already, in newer words."
    assert Question.objects.current().filter(provider=cast.provider).count() == 1


# --- Two at one question ---

TOLD = "Somebody changed this to “{}” meanwhile. Put in what is right, and save again."


def opened(cast, question, **typed):
    """What a second tab would send of a question that it shows."""
    path = f"/review-forms/questions/{question.pk}/"
    form = (QuestionForm if question.provider else WordingForm)(initial=initial_of(question))
    return path, {"wording": question.wording, "seen": form["seen"].value()} | typed


def test_words_for_a_question_that_somebody_changed_meanwhile_come_back(cast):
    first = added(cast, options=[])
    path, typed = opened(cast, first, wording="A long wording of mine", is_required="on")
    said_otherwise(cast, first, "Was it a good start?")
    client = signed_in(cast.coordinator)
    response = client.post(path, typed)
    form = response.context["form"]
    assert (response.status_code, dict(form.errors)) == (422, {"wording": [TOLD.format("Was it a good start?")]})
    assert form["wording"].value() == "A long wording of mine"
    assert client.post(path, typed | {"seen": form["seen"].value()}).status_code == 302
    rows = Question.objects.filter(provider=cast.provider).order_by("version").values_list("wording", "retired_at")
    assert [wording for wording, _ in rows] == [PREPARED, "Was it a good start?", "A long wording of mine"]
    assert [retired is None for _, retired in rows] == [False, False, True]


def test_own_words_for_a_shipped_question_are_not_written_over(cast):
    shipped = Question.objects.get(provider=None, code="host_again")
    path, typed = opened(cast, shipped, wording="Once more with us?")
    ask_so(shipped, {"wording": "Shall we come again?"}, provider=cast.provider, by=cast.coordinator)
    client = signed_in(cast.coordinator)
    assert dict(client.post(path, typed).context["form"].errors) == {"wording": [TOLD.format("Shall we come again?")]}
    assert Question.objects.current().get(provider=cast.provider).wording == "Shall we come again?"


def test_words_for_a_question_that_was_taken_off_meanwhile_come_back(cast):
    question = added(cast, options=[])
    path, typed = opened(cast, question, wording="A long wording of mine")
    retire(question)
    client = signed_in(cast.coordinator)
    assert client.get(path).status_code == 404
    form = client.post(path, typed).context["form"]
    assert form.non_field_errors() == [
        "Somebody took this question off meanwhile. Put it back on the list, then save again."
    ]
    assert form["wording"].value() == "A long wording of mine"
    Question.objects.update(retired_at=None)
    assert client.post(path, typed).status_code == 302
    assert Question.objects.current().get(provider=cast.provider).wording == "A long wording of mine"


def test_answers_to_choose_from_that_are_the_same_by_now_are_no_quarrel(cast):
    question = added(cast)
    path, typed = opened(cast, question, options="Yes\r\nNo", is_required="on")
    said_otherwise(cast, question, PREPARED, options=[["1", "Yes"], ["2", "No"]])
    assert signed_in(cast.coordinator).post(path, typed).status_code == 302
