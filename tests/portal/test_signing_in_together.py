"""Two classes behind one address of a college sign in within a minute; whoever guesses there is stopped."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
CLASSES = 80  # students who sit down at the same time
REFUSED = "That was tried too often. Wait five minutes and start again."


@pytest.fixture(autouse=True)
def _the_same_minute(time_machine):
    time_machine.move_to("2026-03-10 09:00", tick=False)
    cache.clear()


def sign_in(email: str, password: str = PASSWORD, address: str = "192.0.2.7"):
    return Client(REMOTE_ADDR=address).post("/accounts/login/", {"login": email, "password": password})


def test_two_classes_sign_in_at_once_although_some_mistype(cast):
    for number in range(CLASSES // 4):
        assert REFUSED not in sign_in(f"mistyped{number}@cast.test").content.decode()
    assert {sign_in("student@cast.test").url for _ in range(CLASSES)} == {"/"}


def test_two_classes_ask_for_codes_and_for_new_passwords_at_once(cast, mailoutbox):
    for page, leads_to in (
        ("/accounts/login/code/", "/accounts/login/code/confirm/"),
        ("/accounts/password/reset/", "/accounts/password/reset/done/"),
    ):
        answers = [
            Client(REMOTE_ADDR="192.0.2.7").post(page, {"email": f"student{number}@cast.test"})
            for number in range(CLASSES)
        ]
        assert {(answer.status_code, answer.get("Location")) for answer in answers} == {(302, leads_to)}


def test_an_address_that_guesses_at_many_accounts_is_stopped_and_others_are_not(cast):
    for number in range(60):
        assert REFUSED not in sign_in(f"guessed{number}@cast.test", "wrong").content.decode()
    assert REFUSED in sign_in("student@cast.test").content.decode()
    assert sign_in("student@cast.test", address="192.0.2.8").url == "/"


def test_an_account_is_tried_five_times_in_five_minutes_from_wherever(cast, time_machine):
    for number in range(5):
        assert REFUSED not in sign_in("student@cast.test", "wrong", f"192.0.2.{number}").content.decode()
    assert REFUSED in sign_in("student@cast.test", address="192.0.2.9").content.decode()
    time_machine.move_to("2026-03-10 09:05:01", tick=False)
    assert sign_in("student@cast.test").url == "/"


def test_whoever_goes_on_guessing_at_one_account_does_not_shut_out_the_class(cast):
    for _ in range(70):
        sign_in("somebody@cast.test", "wrong")
    assert sign_in("student@cast.test").url == "/"


def test_codes_for_one_account_are_mailed_three_times_a_minute(cast, mailoutbox):
    pages = [
        Client(REMOTE_ADDR=f"192.0.2.{number}").post("/accounts/login/code/", {"email": "student@cast.test"})
        for number in range(4)
    ]
    assert [page.status_code for page in pages] == [302, 302, 302, 200]
    assert REFUSED in pages[3].content.decode()
