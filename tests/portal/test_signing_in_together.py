"""Two classes behind one address of a college sign in within a minute; whoever guesses there is stopped."""

import pytest
from allauth.core import ratelimit
from django.core.cache import cache
from django.test import Client, RequestFactory

from portal.notices.models import Notice
from tests.factories import PASSWORD
from tests.pages import said

pytestmark = pytest.mark.django_db
CLASSES = 80  # students who sit down at the same time
PAGES_OF_MAILS = [
    ("request_login_code", "/accounts/login/code/", "/accounts/login/code/confirm/", 200),
    ("reset_password", "/accounts/password/reset/", "/accounts/password/reset/done/", 429),
]
REFUSED = "That was tried too often. Wait five minutes, or have a code mailed to you: that works at once."
TOO_MANY_CODES = "That was asked for too often just now. Wait a minute before you ask for another code."


@pytest.fixture(autouse=True)
def _the_same_minute(time_machine):
    time_machine.move_to("2026-03-10 09:00", tick=False)
    cache.clear()


def sign_in(email: str, password: str = PASSWORD, address: str = "192.0.2.7"):
    return Client(REMOTE_ADDR=address).post("/accounts/login/", {"login": email, "password": password})


@pytest.fixture
def others(time_machine):
    """others(action, times): so many others there did it half a minute ago, as signing in counts it, each at another
    account."""

    def did(action: str, times: int):
        for number in range(times):
            request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.7")
            assert ratelimit.consume(request, action=action, key=f"other{number}@cast.test")
        time_machine.move_to("2026-03-10 09:00:30", tick=False)

    return did


def test_two_classes_sign_in_at_once_although_some_mistype(cast, others):
    others("login", CLASSES - 3)
    others("login_failed", CLASSES // 4 - 1)
    assert REFUSED not in sign_in("mistyped@cast.test").content.decode()
    assert [sign_in("student@cast.test").url for _ in range(2)] == ["/", "/"]


def test_a_flood_of_right_passwords_is_held_off(cast, others):
    others("login", 299)
    assert sign_in("student@cast.test").url == "/"
    assert sign_in("student@cast.test").status_code == 429


@pytest.mark.parametrize(("action", "path", "leads_to", "refused"), PAGES_OF_MAILS)
def test_two_classes_ask_for_codes_or_new_passwords_at_once_and_floods_are_held_off(
    cast, others, action, path, leads_to, refused
):
    def ask(number):
        return Client(REMOTE_ADDR="192.0.2.7").post(path, {"email": f"student{number}@cast.test"})

    others(action, 118)  # more than two classes: 120 a minute are possible
    assert [(answer.status_code, answer.get("Location")) for answer in map(ask, (1, 2))] == [(302, leads_to)] * 2
    assert ask(3).status_code == refused


def test_an_address_that_guesses_at_many_accounts_is_stopped_and_others_are_not(cast, others):
    others("login_failed", 59)
    assert [sign_in("student@cast.test").url for _ in range(2)] == ["/", "/"]  # who is right uses up no try
    assert REFUSED not in sign_in("guessed@cast.test", "wrong").content.decode()
    assert REFUSED in sign_in("student@cast.test").content.decode()
    assert sign_in("student@cast.test", address="192.0.2.8").url == "/"


def test_an_account_is_tried_five_times_in_five_minutes_from_wherever_and_then_opened_by_a_code(cast, time_machine):
    for number in range(5):
        assert REFUSED not in sign_in("student@cast.test", "wrong", f"192.0.2.{number}").content.decode()
    assert REFUSED in sign_in("student@cast.test", address="192.0.2.9").content.decode()
    client = Client(REMOTE_ADDR="192.0.2.9")
    assert client.post("/accounts/login/code/", {"email": "student@cast.test"}).status_code == 302
    time_machine.move_to("2026-03-10 09:05:01", tick=False)
    assert sign_in("student@cast.test").url == "/"


def test_whoever_goes_on_guessing_at_one_account_does_not_shut_out_the_class(cast, others):
    others("login_failed", 54)
    for _ in range(7):
        sign_in("somebody@cast.test", "wrong")  # the last two are refused, and take none of the 60 tries of the address
    assert sign_in("student@cast.test").url == "/"


def test_codes_for_one_account_are_mailed_three_times_a_minute(cast, mailoutbox):
    pages = [
        Client(REMOTE_ADDR=f"192.0.2.{number}").post("/accounts/login/code/", {"email": "student@cast.test"})
        for number in range(4)
    ]
    assert [page.status_code for page in pages] == [302, 302, 302, 200]
    assert TOO_MANY_CODES in pages[3].content.decode()


def test_whoever_guesses_at_a_code_asks_for_a_new_one_and_gets_it_at_once(cast):
    client = Client()
    client.post("/accounts/login/code/", {"email": "student@cast.test"})
    for _ in range(3):
        answer = client.post("/accounts/login/code/confirm/", {"code": "AAAA"})
    assert answer.url == "/accounts/login/code/"
    assert "Three times that was not the code, so it holds no longer. Ask for a new one." in said(answer)
    assert client.post("/accounts/login/code/", {"email": "student@cast.test"}).status_code == 302
    assert Notice.objects.filter(address="student@cast.test").count() == 2
