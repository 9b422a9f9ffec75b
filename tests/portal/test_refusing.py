"""Whoever is refused reads why, with what they wrote: whatever view it was, and also where its form is gone."""

import pytest
from django.apps import apps

from portal.posted import words_in
from portal.workflow import Refused
from tests.conftest import signed_in
from tests.pages import given_back, said, text_of

pytestmark = pytest.mark.django_db
OURS = ("portal.", "employers.", "students.", "placements.", "reviews.")
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


def test_words_for_what_is_gone_come_back_with_the_way_to_the_page_above_it(cast):
    response = signed_in(cast.student).post("/meetings/999/prepare/", {"hard": "To ring people.", "press": "17"})
    assert (response.status_code, given_back(response)) == (404, ["To ring people."])
    assert "has changed since you opened the page, or is no longer yours. Nothing was stored." in text_of(response)
    assert 'href="/meetings/999/">Go on</a>' in text_of(response)
    assert "arrived" not in response.cookies


def test_words_for_what_is_no_longer_theirs_to_do_come_back_too(cast):
    response = signed_in(cast.student).post("/review-forms/999/reopen/", {"reason": "Goal 2 has changed."})
    assert (response.status_code, given_back(response)) == (403, ["Goal 2 has changed."])
    assert "That is not yours to do" in text_of(response)
    assert "arrived" not in response.cookies


def test_whoever_wrote_nothing_and_a_script_get_nothing_back(cast):
    student, address = signed_in(cast.student), "/meetings/999/prepare/"
    pressed = student.post(address, {"share": "1"})
    assert (pressed.status_code, given_back(pressed)) == (404, [])
    assert "has changed since you opened the page" in text_of(pressed)
    by_a_script = student.post(address, {"hard": "To ring people."}, headers={"X-Autosave": "1"})
    for response in (student.get(address), by_a_script):
        assert (response.status_code, given_back(response)) == (404, [])
        assert "There is nothing here" in text_of(response)


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
        "words": [" Thank you, Sam. ", "And Jo."], "urgent": "[Urgent] please ring me", "who": "José",
        "email": "jo@example.org", "back-3": "Sorry", "site": "https://example.org/a",
    }  # fmt: skip
    assert words_in(rf.post("/", sent).POST) == [
        "Thank you, Sam.", "And Jo.", "[Urgent] please ring me", "José", "jo@example.org", "Sorry", "https://example.org/a",
    ]  # fmt: skip


def test_what_was_chosen_and_what_a_page_keeps_for_itself_is_not_written(rf):
    sent = {
        "csrfmiddlewaretoken": "xY" * 32, "press": "1795420800000", "keep": "eyJrZXki:1wX:Yz", "shown": "7:2",
        "seen": "name:0123abcd,town:89ef4567", "head-seen": "name:0123abcd", "was": '{"notes": "All goes well."}',
        "was-research": "Looked at their page.", "still_empty": "2026-11-16 2026-11-17", "asked": "What did you learn?",
        "pattern-others": "2026-09-01 2026-10-05", "goal": ["1", "2"], "kind": "taken_back", "then": "/weeks/3/",
        "on": "2026-03-02", "at": "2026-03-02T09:30", "starts": "09:00", "old_password": "correct horse",
        "code": "KWX7P2", "year": "2025/26", "name": "  ",
    }  # fmt: skip
    assert words_in(rf.post("/", sent).POST) == []


def test_no_choice_of_ours_looks_written(rf):
    fields = (field for model in apps.get_models() if model.__module__.startswith(OURS) for field in model._meta.fields)
    keys = {str(key) for field in fields for key, _ in field.flatchoices}
    assert len(keys) > 100
    assert words_in(rf.post("/", {"choice": sorted(keys)}).POST) == []
