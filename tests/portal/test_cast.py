"""The cast of the tests is the same on whatever day it is made, and signed in as if it had come by the door."""

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from placements.induction.models import Induction
from placements.models import Placement
from portal.people.models import User
from tests.conftest import built_cast, signed_in

pytestmark = pytest.mark.django_db


def test_what_follows_from_making_the_cast_does_not_depend_on_the_day():
    """Within two weeks of its first day a placement gets an induction: the cast has none, though it is that time."""
    with time_machine.travel("2026-03-05"):
        built_cast()
    assert Placement.objects.count() == 3
    assert Induction.objects.count() == 0


def test_signed_in_leaves_what_signing_in_leaves(cast):
    with time_machine.travel("2026-11-23 10:00", tick=False):
        short, long = signed_in(cast.student), Client()
        last = User.objects.get(pk=cast.student.pk).last_login
        User.objects.filter(pk=cast.student.pk).update(last_login=None)
        long.force_login(cast.student)
    assert dict(short.session) == dict(long.session)
    assert last == User.objects.get(pk=cast.student.pk).last_login
    rows = [Session.objects.get(pk=client.session.session_key) for client in (short, long)]
    assert rows[0].expire_date == rows[1].expire_date
    assert short.get("/me/").status_code == long.get("/me/").status_code == 200
