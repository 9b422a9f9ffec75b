"""Who comes in where: homes, codes, resets, sessions, desks. The pages of signing in are in test_signing_in."""

import re

import pytest
from django.core import mail
from django.test import Client

from portal.people.backends import DeskBackend
from portal.people.invitations import path_for
from portal.people.models import Role, User
from tests.conftest import signed_in
from tests.factories import PASSWORD, MembershipFactory, UserFactory
from tests.pages import undrawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(django_capture_on_commit_callbacks):
    """Send a form as the browser would, mails included."""

    def send(client, path, **data):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(path, data)

    return send


def sign_in(client, email, password=PASSWORD):
    return client.post("/accounts/login/", {"login": email, "password": password})


def is_signed_in(client):
    return "_auth_user_id" in client.session


# --- With a password ---


def test_an_address_signs_in_whatever_its_capitals(cast):
    client = Client()
    assert sign_in(client, "STUDENT@Cast.Test").url == "/"
    assert client.get("/").url == "/home/"


def test_everybody_lands_at_home(cast):
    homes = {"student": "/home/", "manager": "/approvals/", "tutor": "/caseload/", "coordinator": "/students/"}
    assert {role: signed_in(getattr(cast, role)).get("/").url for role in homes} == homes


def test_an_old_address_in_the_bar_leads_there_after_signing_in(cast):
    client = Client()
    assert client.get("/me/").url == "/accounts/login/?next=/me/"
    response = client.post("/accounts/login/?next=/me/", {"login": "student@cast.test", "password": PASSWORD})
    assert response.url == "/me/"


def test_no_other_site_is_sent_to_after_signing_in(cast):
    data = {"login": "student@cast.test", "password": PASSWORD, "next": "https://evil.test/"}
    assert Client().post("/accounts/login/", data).url == "/"


# --- With a code ---


def code_in(message) -> str:
    return re.search(r"^([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})$", message.body, re.M)[1]


def test_a_code_is_of_no_use_in_another_browser(cast, post):
    post(Client(), "/accounts/login/code/", email="student@cast.test")
    other = Client()
    post(other, "/accounts/login/code/confirm/", code=code_in(mail.outbox[0]))
    assert not is_signed_in(other)


def test_an_old_code_no_longer_holds(cast, post, time_machine):
    time_machine.move_to("2026-03-02 09:00")
    client = Client()
    post(client, "/accounts/login/code/", email="student@cast.test")
    time_machine.move_to("2026-03-02 09:16")
    post(client, "/accounts/login/code/confirm/", code=code_in(mail.outbox[0]))
    assert not is_signed_in(client)


# --- Forgotten ---


def test_an_address_that_was_corrected_no_longer_signs_in(cast, post):
    newcomer = UserFactory(email="typo@cast.test", password=None)
    MembershipFactory(user=newcomer, provider=cast.provider, role=Role.TUTOR)
    post(Client(), "/accounts/password/reset/", email="typo@cast.test")
    link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", mail.outbox[0].body)[1]
    invitation = path_for(newcomer)
    details = {"first_name": "Alex", "last_name": "Reed", "email": "right@cast.test", "phone": ""}
    signed_in(cast.coordinator).post(f"/people/{newcomer.pk}/edit/", details)
    assert "no longer works" in Client().get(link).content.decode()
    assert Client().get(invitation).status_code == 404
    mail.outbox.clear()
    post(Client(), "/accounts/login/code/", email="typo@cast.test")
    assert [message for message in mail.outbox if re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", message.body, re.M)] == []


def test_a_weak_new_password_is_refused(cast, post):
    client = signed_in(cast.student)
    response = post(
        client, "/accounts/password/change/", oldpassword=PASSWORD, password1="password", password2="password"
    )
    assert response.status_code == 200
    assert Client().login(email="student@cast.test", password=PASSWORD)


# --- Shared computers ---


def test_the_session_ends_after_twelve_hours(cast, time_machine):
    time_machine.move_to("2026-03-02 08:00")
    client = signed_in(cast.student)
    time_machine.move_to("2026-03-02 19:59")
    assert client.get("/me/").status_code == 200
    time_machine.move_to("2026-03-02 20:01")
    assert client.get("/me/").status_code == 302


def test_pages_are_not_kept_by_the_browser(cast):
    assert "no-store" in signed_in(cast.student).get("/me/").headers["Cache-Control"]


# --- Desks ---


@pytest.fixture
def both(cast):
    """A tutor who is a coordinator as well."""
    MembershipFactory(user=cast.tutor, provider=cast.provider, role=Role.COORDINATOR)
    return cast.tutor


def test_whoever_has_two_roles_changes_between_them(both):
    client = signed_in(both)
    assert client.get("/").url == "/caseload/"
    desk = both.memberships.get(role="coordinator")
    assert client.post("/desk/", {"desk": desk.pk}).url == "/"
    assert client.get("/").url == "/students/"


def test_a_link_opens_at_the_desk_that_fits(both):
    client = signed_in(both)
    with undrawn():
        assert client.get("/people/").status_code == 200
    assert client.get("/").url == "/caseload/"


def test_nobody_sits_down_at_somebody_elses_desk(cast):
    client = signed_in(cast.student)
    assert client.post("/desk/", {"desk": cast.coordinator.memberships.get().pk}).status_code == 404
    assert client.get("/").url == "/home/"


def test_whoever_has_no_desk_is_told_so(db):
    page = signed_in(UserFactory(email="lost@college.test")).get("/").content.decode()
    assert "You are signed in as lost@college.test" in page


def test_the_operator_lands_in_the_admin(db):
    assert signed_in(UserFactory(is_staff=True)).get("/").url == "/operator/"


def test_the_admin_has_no_sign_in_of_its_own(cast):
    client = Client()
    page = client.get("/operator/login/?next=/operator/", follow=True)
    assert page.redirect_chain[-1][0].startswith("/accounts/login/")
    client.post("/operator/login/", {"username": "student@cast.test", "password": PASSWORD})
    assert not is_signed_in(client)


def test_two_desks_do_not_lend_each_other_rights(cast):
    """A coordinator elsewhere, a tutor here: what only coordinators do here stays shut."""
    MembershipFactory(user=cast.tutor, provider=cast.other_provider, role=Role.COORDINATOR)
    client = signed_in(cast.tutor)
    student = cast.student_record
    with undrawn():
        assert client.get(f"/students/{student.pk}/").status_code == 200
    for path in (f"/students/{student.pk}/edit/", f"/students/{student.pk}/move/", f"/people/{cast.student.pk}/"):
        assert client.get(path).status_code == 404


@pytest.mark.database
def test_a_person_is_fetched_with_all_that_is_stored_and_their_desks_in_order(cast):
    MembershipFactory(user=cast.tutor, provider=cast.other_provider, role=Role.COORDINATOR)
    found = DeskBackend().get_user(cast.tutor.pk)
    stored = User.objects.get(pk=cast.tutor.pk)
    names = [field.attname for field in User._meta.concrete_fields]
    assert [getattr(found, name) for name in names] == [getattr(stored, name) for name in names]
    assert [(desk.provider, desk.role) for desk in found.desks] == [
        (cast.provider, "tutor"),
        (cast.other_provider, "coordinator"),
    ]
    assert [desk.provider.name for desk in found.desks] == ["Northfield College", "Other College"]
    assert all(desk.user is found for desk in found.desks)


def test_a_signed_in_page_costs_two_queries_for_the_person(cast, django_assert_num_queries):
    client = signed_in(cast.student)
    with django_assert_num_queries(2):
        client.get("/accounts/password/change/")
