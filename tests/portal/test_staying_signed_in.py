"""Staying signed in: students on a device of their own for 30 days, if they tick it; everybody else as long as ever."""

import re

import pytest
from django.core import mail
from django.test import Client

from portal.people.models import Role
from portal.people.staying import is_only_student
from tests.factories import PASSWORD, MembershipFactory

pytestmark = pytest.mark.django_db
DAY = 24 * 60 * 60


def with_a_password(user, **ticked):
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD} | ticked)
    return client.session


def with_a_code(user, capture, **ticked):
    client = Client()
    with capture(execute=True):
        client.post("/accounts/login/code/", {"email": user.email})
    code = re.search(r"^[A-Z]{4}-[A-Z]{4}$", mail.outbox[-1].body, re.M).group()
    client.post("/accounts/login/code/confirm/", {"code": code} | ticked)
    return client.session


def test_whoever_ticks_it_stays_as_long_as_their_role_may(cast, django_capture_on_commit_callbacks):
    people, capture = [cast.student, cast.manager], django_capture_on_commit_callbacks
    sessions = [with_a_password(user, remember="on") for user in people]
    sessions += [with_a_code(user, capture, remember="on") for user in people]
    assert [session["_auth_user_id"] for session in sessions] == [str(user.pk) for user in [*people, *people]]
    assert not any(session.get_expire_at_browser_close() for session in sessions)
    assert [session.get_expiry_age() for session in sessions] == [30 * DAY, DAY // 2, 30 * DAY, DAY // 2]


def test_without_the_tick_it_ends_with_the_browser(cast, django_capture_on_commit_callbacks):
    for session in (with_a_password(cast.student), with_a_code(cast.student, django_capture_on_commit_callbacks)):
        assert session["_auth_user_id"] == str(cast.student.pk)
        assert session.get_expire_at_browser_close()
        assert session.get_expiry_age() == DAY // 2


def test_only_who_is_nothing_but_a_student_stays_for_so_long(cast):
    people = [cast.student, cast.manager, cast.tutor, cast.coordinator, cast.student2]
    MembershipFactory(user=cast.student2, provider=cast.provider, role=Role.TUTOR)
    assert [is_only_student(person) for person in people] == [True, False, False, False, False]


def test_both_pages_offer_it_unticked(cast, client):
    pages = [client.get("/accounts/login/").content.decode()]
    client.post("/accounts/login/code/", {"email": cast.student.email})
    pages.append(client.get("/accounts/login/code/confirm/").content.decode())
    for page in pages:
        assert "Keep me signed in on this device" in page
        assert not re.search(r'<input[^>]*name="remember"[^>]*checked', page)
