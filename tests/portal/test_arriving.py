"""The browser is told which press arrived: only then it forgets the words (tests/browser/test_kept_words.py)."""

import re

import pytest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.test import Client

from employers.models import Employer
from portal.arriving import say_so
from portal.asks.models import Ask
from portal.workflow import SomebodyWasQuicker
from tests.conftest import signed_in
from tests.pages import text_of
from tests.portal.access import trial_of

pytestmark = pytest.mark.django_db
ADD = "/employers/add/"
WORDS = {"name": "Harbour Works", "press": "1795420800000"}


def arrived(response) -> str:
    """The press of which the answer says that it arrived; '' for none."""
    return response.cookies["arrived"].value if "arrived" in response.cookies else ""


def at_the_end(response) -> str:
    """The same for a page, which has arrived once its last line has; '' for none."""
    return (re.findall(r'<p data-arrived="(\d+)" hidden></p>\s*</body>\s*</html>\s*$', response.text) or [""])[0]


def test_what_is_stored_has_arrived(cast):
    response = signed_in(cast.coordinator).post(ADD, WORDS)
    assert Employer.objects.filter(name="Harbour Works").exists()
    assert (response.status_code, arrived(response)) == (302, "1795420800000")
    cookie = response.cookies["arrived"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == ("", "Strict", "")


def test_what_comes_back_with_a_mistake_has_arrived_with_the_end_of_the_page(cast):
    response = signed_in(cast.coordinator).post(ADD, WORDS | {"name": "", "website": "no address"})
    assert (arrived(response), at_the_end(response)) == ("", "1795420800000")


def brought_back(press, known="") -> str:
    response = redirect("/")
    say_so(response, press, known=known)
    return arrived(response)


def test_the_cookie_has_the_last_few_presses_for_whichever_tab_asks(cast):
    coordinator = signed_in(cast.coordinator)
    pressed = [arrived(coordinator.post(ADD, {"name": f"Works {press}", "press": press})) for press in "12"]
    assert pressed == ["1", "1.2"]
    assert brought_back("2", known="1.2") == "1.2"
    assert brought_back("5", known="1.2.3.4") == "1.2.3.4.5"
    assert brought_back("6", known="1.2.3.4.5") == "2.3.4.5.6"
    assert brought_back("8", known=f"soon.7.{'9' * 17}..") == "7.8"


def test_signing_out_leaves_no_number_behind(cast):
    coordinator = signed_in(cast.coordinator)
    coordinator.post(ADD, WORDS)
    cookie = coordinator.post("/accounts/logout/").cookies["arrived"]
    assert (cookie.value, cookie["max-age"]) == ("", 0)


def test_the_page_that_is_only_looked_at_says_nothing(cast):
    coordinator = signed_in(cast.coordinator)
    assert arrived(coordinator.get(ADD, WORDS)) == ""
    assert arrived(coordinator.post(ADD, {"name": "Harbour Works"})) == ""


@pytest.mark.parametrize("press", ["", "soon", "1; Path=/", "٣", "-1", "9" * 17])
def test_what_is_no_press_is_not_repeated(press):
    page = HttpResponse("<html><body></body></html>")
    say_so(page, press, known="")
    assert (brought_back(press), page.content) == ("", b"<html><body></body></html>")


def test_what_the_door_turns_away_has_not_arrived(cast, client):
    assert arrived(client.post(ADD, WORDS)) == ""
    assert arrived(signed_in(cast.student).post(ADD, WORDS)) == ""


def test_what_a_page_sends_that_was_open_for_too_long_has_not_arrived(cast):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(cast.coordinator)
    assert arrived(careful.post(ADD, WORDS)) == ""


@pytest.mark.parametrize("fault", [SomebodyWasQuicker("Somebody was quicker."), ValueError("Broken.")])
def test_what_ends_in_an_error_has_not_arrived(cast, monkeypatch, fault):
    def break_down(*args, **kwargs):
        raise fault

    monkeypatch.setattr("employers.models.Employer.save", break_down)
    coordinator = signed_in(cast.coordinator)
    coordinator.raise_request_exception = False
    response = coordinator.post(ADD, WORDS)
    assert response.status_code in (409, 500)
    assert arrived(response) == ""


def test_what_is_held_up_at_somebody_else_s_link_has_not_arrived(cast):
    student = signed_in(cast.student)
    ask = trial_of(cast)
    sent = {"words": "Good work", "press": "1795420800000"}
    held_up = student.post(ask.path(), sent)
    assert (arrived(held_up), at_the_end(held_up)) == ("", "")
    assert arrived(student.post(ask.path(), sent | {"sign_out": "send"})) == "1795420800000"


def test_behind_a_link_words_are_kept_as_well(cast):
    ask = Ask.objects.create(
        kind="goals", provider=cast.provider, to=cast.manager, name="Manager Reed",
        about="placements.placement", about_id=cast.placement.pk,
    )  # fmt: skip
    for way, person in ((Client(), "link"), (signed_in(cast.manager), str(cast.manager.pk))):
        page = text_of(way.get(ask.path()))
        assert f'data-person="{person}"' in page
        assert "data-words-kept" in page


def test_the_number_of_a_press_is_no_word_that_is_shown_again(cast, client):
    signed_out = text_of(client.post("/review-forms/1/respond/", {"words": "Thank you.", "press": "1795420800000"}))
    ask = trial_of(cast)
    Ask.objects.update(withdrawn_at=ask.made_at)
    ended = text_of(client.post(ask.path(), {"words": "Thank you.", "press": "1795420800000"}))
    for page in (signed_out, ended):
        assert "Thank you." in page
        assert "1795420800000" not in page
