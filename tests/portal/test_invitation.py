"""The invitation: a link that brings somebody in once, and changes nothing by being opened."""

import re

import pytest
from django.core import mail
from django.test import Client
from sesame.tokens import create_token

from portal.notices.models import Notice
from portal.people import invitations
from portal.people.forms import WelcomeForm
from portal.people.models import Role
from portal.workflow import Refused
from tests.conftest import signed_in
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer(cast):
    """A tutor of the cast's provider who has never been here."""
    person = UserFactory(email="new@college.test", first_name="Zoë", last_name="O'Brien", password=None)
    MembershipFactory(user=person, provider=cast.provider, role=Role.TUTOR)
    return person


def token_of(person) -> str:
    return invitations.path_for(person).split("/")[2]


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_the_mail_brings_the_newcomer_in(cast, newcomer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(cast.coordinator).post(f"/people/{newcomer.pk}/invite/")
    sent = mail.outbox[0]
    assert sent.to == ["new@college.test"]
    assert sent.subject == "Your invitation to the Placement Portal"
    assert "Coordinator Reed of Northfield College invites you to the Placement Portal as a tutor." in sent.body
    link = re.search(r"http://\S+(/welcome/\S+/)", sent.body)[1]
    assert link in sent.alternatives[0].content
    client = Client()
    assert "Welcome, Zoë" in client.get(link).content.decode()
    response = client.post(link, {"with_password": "1", "password": "three calm herons"})
    assert response.url == "/"
    assert is_signed_in(client)
    assert Client().login(email="new@college.test", password="three calm herons")


def test_opening_the_link_changes_nothing_and_the_page_is_kept_and_found_by_nobody(newcomer):
    path = invitations.path_for(newcomer)
    for _ in range(2):
        client = Client()
        response = client.get(path)
        assert response.status_code == 200
        assert not is_signed_in(client)
    newcomer.refresh_from_db()
    assert newcomer.last_login is None
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]


def test_one_can_go_in_without_a_password(newcomer):
    client = Client()
    client.post(invitations.path_for(newcomer), {"without_password": "1", "password": ""})
    newcomer.refresh_from_db()
    assert is_signed_in(client)
    assert newcomer.has_usable_password() is False


def test_a_bad_password_is_refused_next_to_the_field(newcomer):
    client = Client()
    response = client.post(invitations.path_for(newcomer), {"with_password": "1", "password": ""})
    assert response.context["form"].errors["password"] == ["Choose a password, or go on without one."]
    assert not is_signed_in(client)
    for password, says in {
        "short": "This password is too short. It must contain at least 10 characters.",
        "new@college.test": "The password is too similar to the e-mail address.",
    }.items():
        assert says in WelcomeForm({"password": password}, user=newcomer).errors["password"]


def test_the_link_ends_with_the_first_visit(newcomer):
    path = invitations.path_for(newcomer)
    Client().post(path, {"without_password": "1"})
    late = Client()
    assert "You have been here before" in late.get(path).content.decode()
    late.post(path, {"without_password": "1"})
    assert not is_signed_in(late)


def test_the_link_ends_with_a_password_set_otherwise(newcomer):
    token = token_of(newcomer)
    newcomer.set_password("three calm herons")
    newcomer.save()
    assert invitations.read(token) == (newcomer, "used")


def test_after_fourteen_days_a_new_one_is_mailed(newcomer, time_machine):
    time_machine.move_to("2026-03-02 09:00", tick=False)
    path = invitations.path_for(newcomer)
    time_machine.move_to("2026-03-16 08:59", tick=False)
    assert "Welcome" in Client().get(path).content.decode()
    time_machine.move_to("2026-03-16 09:01", tick=False)
    client = Client()
    assert "This invitation is too old" in client.get(path).content.decode()
    client.post(path, {"without_password": "1"})
    assert not is_signed_in(client)
    assert "A new invitation is on its way" in client.post(f"{path}again/").content.decode()
    notice = Notice.objects.get()
    assert (notice.kind, notice.address) == ("invitation", "new@college.test")


def test_asking_again_and_again_mails_once(newcomer, time_machine):
    time_machine.move_to("2026-03-02 09:00")
    path = invitations.path_for(newcomer)
    time_machine.move_to("2026-04-02 09:00")
    for _ in range(3):
        Client().post(f"{path}again/")
    assert Notice.objects.count() == 1


def test_a_link_that_still_holds_is_not_mailed_again_by_a_stranger(newcomer):
    Client().post(f"{invitations.path_for(newcomer)}again/")
    assert Notice.objects.count() == 0


def test_what_is_no_link_of_ours_opens_nothing(db):
    response = Client().get("/welcome/not-a-token/")
    assert response.status_code == 404
    assert "This link is not complete" in response.content.decode()
    assert Client().post("/welcome/not-a-token/again/").status_code == 404


def test_a_made_up_link_one_for_approving_and_one_of_somebody_shut_out_are_none_of_ours(newcomer):
    invites = token_of(newcomer)
    for token in ("AAAA", "AAAAAAAAAEAM9qIceABz3i4h8sYK2g", create_token(newcomer, "decide:1")):
        assert invitations.read(token) == (None, "unknown")
    assert invitations.read(invites) == (newcomer, "alive")
    newcomer.is_active = False
    newcomer.save()
    assert invitations.read(invites) == (None, "unknown")


def test_going_in_signs_somebody_else_out(cast, newcomer):
    client = signed_in(cast.coordinator)
    path = invitations.path_for(newcomer)
    assert "You are signed in as Coordinator Reed." in client.get(path).content.decode()
    client.post(path, {"without_password": "1"})
    assert client.session["_auth_user_id"] == str(newcomer.pk)


def test_who_has_been_here_is_not_invited(cast):
    signed_in(cast.tutor)
    cast.tutor.refresh_from_db()
    with pytest.raises(Refused, match="Tutor Reed has been here before"):
        invitations.invite(cast.tutor, cast.provider, by=cast.coordinator)
