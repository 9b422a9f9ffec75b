"""Whoever is refused reads why, with what they wrote: whatever view it was, and also where its form is gone."""

import pytest

from portal.posted import words_in
from portal.workflow import Refused
from tests.conftest import signed_in
from tests.pages import given_back, said, text_of

pytestmark = pytest.mark.django_db
SENT = {"role": "", "why": "Sam looks after two sites now.\nSince May.", "press": "1795420800000"}


def test_words_that_a_view_refuses_come_back_before_the_page_that_it_leads_to(cast):
    coordinator, person = signed_in(cast.coordinator), f"/people/{cast.tutor.pk}"
    response = coordinator.post(f"{person}/roles/", SENT)
    page = text_of(response)
    assert (response.status_code, given_back(response)) == (409, [SENT["why"]])
    assert "Choose the role first." in page
    assert "Sam looks after two sites now.<br>Since May." in page
    assert f'href="{person}/">Go on</a>' in page
    assert "Location" not in response
    assert "arrived" not in response.cookies
    assert "Choose the role first." not in text_of(coordinator.get(f"{person}/"))


def test_what_was_stored_just_before_hides_no_refusal(cast):
    coordinator, person = signed_in(cast.coordinator), f"/people/{cast.tutor.pk}"
    assert said(coordinator.post(f"{person}/roles/", {"role": "coordinator"})) == ["Tutor Reed is a coordinator now."]
    assert given_back(coordinator.post(f"{person}/roles/", SENT)) == [SENT["why"]]


def test_without_words_a_refusal_is_told_on_the_page_that_it_leads_to(cast):
    response = signed_in(cast.coordinator).post(f"/people/{cast.tutor.pk}/roles/", {"role": ""})
    assert (response.status_code, said(response)) == (302, ["Choose the role first."])


def test_what_is_refused_unexpectedly_comes_back_too(cast, monkeypatch):
    def refuse(*args, **kwargs):
        raise Refused("Not in August.")

    monkeypatch.setattr("employers.models.Employer.save", refuse)
    response = signed_in(cast.coordinator).post("/employers/add/", {"name": "Harbour Works", "press": "1795420800000"})
    assert given_back(response) == ["Harbour Works"]
    assert "arrived" not in response.cookies


def test_a_page_that_saves_itself_hears_the_sentence_and_no_later_page_says_it(cast, monkeypatch):
    coordinator, person = signed_in(cast.coordinator), f"/people/{cast.tutor.pk}"
    assert coordinator.post(f"{person}/roles/", {"role": ""}).status_code == 302
    response = coordinator.post(f"{person}/roles/", SENT, headers={"X-Autosave": "1"})
    assert (response.status_code, response.json()) == (409, {"says": "Choose the role first."})
    assert text_of(coordinator.get(f"{person}/")).count("Choose the role first.") == 1

    def refuse(*args, **kwargs):
        raise Refused("Not in August.")

    monkeypatch.setattr("employers.models.Employer.save", refuse)
    response = coordinator.post("/employers/add/", {"name": "Harbour Works"}, headers={"X-Autosave": "1"})
    assert (response.status_code, response.json()) == (409, {"says": "Not saved: Not in August."})


def test_what_counts_as_written(rf):
    sent = {
        "csrfmiddlewaretoken": "x" * 64, "press": "1795420800000", "seen": "name:0123abcd,town:89ef4567",
        "was": '{"notes": "All goes well."}', "goal": ["1", "2"], "password": "correct horse", "on": "2026-03-02",
        "words": [" Thank you, Sam. ", "And Jo."],
    }  # fmt: skip
    assert words_in(rf.post("/", sent).POST) == ["Thank you, Sam.", "And Jo."]
