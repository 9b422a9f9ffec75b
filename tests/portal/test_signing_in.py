"""Signing in with a password or a code by mail, a new password, signing out; nobody registers by themselves."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from portal.limiting import within
from portal.notices.models import Notice
from portal.people.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "three-unrelated-words"
CODE = r"^[A-Z0-9]{4}-[A-Z0-9]{4}$"


@pytest.fixture
def maya():
    return User.objects.create_user("maya@college.test", PASSWORD, first_name="Maya", last_name="Patel")


@pytest.fixture
def post(client, django_capture_on_commit_callbacks):
    """POST as it is in real life: with the commit, and with what happens on it."""

    def post(name, data, **more):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse(name), data, **more)

    return post


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def sign_in(client, **changed):
    return client.post(reverse("account_login"), {"login": "maya@college.test", "password": PASSWORD} | changed)


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_the_password_opens_the_door_until_the_browser_is_closed(client, maya):
    assert sign_in(client).url == reverse("home")
    assert client.session["_auth_user_id"] == str(maya.pk)
    assert client.session.get_expire_at_browser_close()
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert cookie["httponly"] is True, "out of reach for scripts"
    assert cookie["samesite"] == "Lax"


def test_a_wrong_password_is_told_in_plain_words_that_do_not_say_who_exists(client, maya):
    for login in ("maya@college.test", "nobody@college.test"):
        page = text(sign_in(client, login=login, password="nonsense"))
        assert "One thing to put right" in page
        assert "This address and this password do not belong together." in page
        assert f'value="{login}"' in page
        assert not is_signed_in(client)


def test_nothing_typed_is_told_beside_each_field(client):
    page = text(client.post(reverse("account_login"), {}))
    assert '<a href="#id_login">E-mail address: Enter your e-mail address.</a>' in page
    assert '<a href="#id_password">Password: Enter your password.</a>' in page


def test_a_code_by_mail_opens_the_door_without_a_password(client, post, maya):
    maya.set_unusable_password()
    maya.save()
    asked = post("account_request_login_code", {"email": "maya@college.test"})
    assert asked.url == reverse("account_confirm_login_code")
    [sent] = mail.outbox
    assert sent.subject == "Your code to sign in"
    code = re.search(CODE, sent.body, re.M).group()
    assert code in sent.alternatives[0].content
    page = text(client.get(reverse("account_confirm_login_code")))
    assert "If maya@college.test is known here, a code is on its way to it." in page
    wrong = text(client.post(reverse("account_confirm_login_code"), {"code": "AAAA"}))
    assert "That is not the code in our last mail to you." in wrong
    assert not is_signed_in(client)
    client.post(reverse("account_confirm_login_code"), {"code": code.lower()})
    assert client.session["_auth_user_id"] == str(maya.pk)


def test_an_unknown_address_hears_so_by_mail_and_the_page_does_not_tell(post):
    page = post("account_request_login_code", {"email": "who@nowhere.test"}, follow=True)
    assert "If who@nowhere.test is known here" in text(page)
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["who@nowhere.test"], "This address is not known here")
    assert "We do not know this address." in sent.body
    assert not re.search(CODE, sent.body, re.M)


def test_so_many_mails_a_minute_to_unknown_addresses_and_the_page_stays_the_same(post, rf):
    for _ in range(9):
        assert within(rf.post("/"), "unknown_account", tries=10)
    for who in ("tenth", "eleventh"):
        page = text(post("account_reset_password", {"email": f"{who}@nowhere.test"}, follow=True))
        assert "If we know the address, the link is on its way to it." in page
    assert [sent.to for sent in mail.outbox] == [["tenth@nowhere.test"]]


def test_a_password_of_both_names_is_refused():
    nora = UserFactory(email="n.quill@college.test", first_name="Nora", last_name="Quill")
    with pytest.raises(ValidationError, match="too similar to the name"):
        validate_password("noraquill1", nora)
    validate_password("plum wagon tiptoe", nora)


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(client, post, maya):
    page = post("account_reset_password", {"email": "maya@college.test"}, follow=True)
    assert "If we know the address, the link is on its way to it." in text(page)
    [sent] = mail.outbox
    assert sent.subject == "Choose a new password"
    link = re.search(r"^https?://\S+$", sent.body, re.M).group()
    form = client.get(link, follow=True)
    assert "At least 10 characters." in text(form)
    action = form.request["PATH_INFO"]
    done = client.post(action, {"password1": "quite another one", "password2": "quite another one"}, follow=True)
    assert "Your password is changed" in text(done)
    fresh = Client()
    sign_in(fresh, password="quite another one")
    assert is_signed_in(fresh)
    assert "This link no longer works" in text(client.get(link, follow=True))


def test_a_changed_password_is_told_by_mail(client, post, maya):
    sign_in(client)
    post(
        "account_change_password",
        {"oldpassword": PASSWORD, "password1": "quite another one", "password2": "quite another one"},
    )
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["maya@college.test"], "Your password was changed")
    assert Notice.objects.get().kind == "account/password_changed"


def test_who_has_no_password_yet_chooses_one(client):
    max_ = User.objects.create_user("max@college.test", first_name="Max", last_name="Weber")
    client.force_login(max_)
    page = client.get(reverse("account_change_password"), follow=True)
    assert "You sign in with a code by mail so far." in text(page)
    client.post(reverse("account_set_password"), {"password1": PASSWORD, "password2": PASSWORD})
    max_.refresh_from_db()
    assert max_.check_password(PASSWORD)


def test_signing_out_asks_first_and_takes_a_press(client, maya):
    client.force_login(maya)
    assert "Sign out?" in text(client.get(reverse("account_logout")))
    assert is_signed_in(client)
    assert client.post(reverse("account_logout")).url == reverse("account_login")
    assert not is_signed_in(client)


def test_nobody_registers_by_themselves(client):
    assert "You come in by invitation" in text(client.get(reverse("account_signup")))
    client.post(reverse("account_signup"), {"email": "new@nowhere.test", "password1": PASSWORD})
    assert not User.objects.exists()
    assert not is_signed_in(client)


def test_somebody_closed_out_is_told(client, maya):
    User.objects.update(is_active=False)
    assert sign_in(client).url == reverse("account_inactive")
    assert "You can no longer sign in" in text(client.get(reverse("account_inactive")))
    assert not is_signed_in(client)


def test_pages_of_the_library_that_the_portal_does_not_use_are_closed():
    for name in ("account_email", "account_reauthenticate", "account_email_verification_sent"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    for path in ("/accounts/email/", "/accounts/confirm-email/", "/accounts/social/signup/"):
        with pytest.raises(Resolver404):
            resolve(path)


def test_whoever_sent_a_form_after_the_session_ended_is_led_back_to_its_page(client):
    page = "http://testserver/concerns/5/?page=2"
    assert client.post("/concerns/5/write/", headers={"Referer": page}).url == (
        "/accounts/login/?next=/concerns/5/%3Fpage%3D2"
    )
    for elsewhere in (
        "",
        "https://elsewhere.test/concerns/5/",
        "nonsense",
        "http://[",
        "http://testserver//evil.test/",
    ):
        response = client.post("/concerns/5/write/", headers={"Referer": elsewhere})
        assert response.url == "/accounts/login/?next=/concerns/5/write/"
    assert client.get("/concerns/5/", headers={"Referer": page}).url == "/accounts/login/?next=/concerns/5/"
