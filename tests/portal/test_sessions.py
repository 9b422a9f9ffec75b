"""How a session is fetched: as Django does, in one query."""

from datetime import timedelta

import pytest

from portal.sessions import SessionStore
from tests.conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def stored(**data) -> str:
    """The key of a session that holds this."""
    session = SessionStore()
    session.update(data)
    session.save()
    return session.session_key


def test_a_session_holds_what_was_put_in(django_assert_num_queries):
    key = stored(desk=7)
    stored(desk=8)
    with django_assert_num_queries(1):
        session = SessionStore(key)
        assert (session["desk"], session.session_key) == (7, key)


def test_one_that_is_over_or_never_was_holds_nothing_and_keeps_no_key(time_machine):
    key = stored(desk=7)
    time_machine.move_to(TODAY + timedelta(hours=11, minutes=59))
    assert SessionStore(key).get("desk") == 7
    time_machine.move_to(TODAY + timedelta(hours=12, minutes=1))
    for unknown in (key, "a" * 32):
        session = SessionStore(unknown)
        assert (session.get("desk"), session.session_key) == (None, None)


def test_data_that_somebody_changed_counts_for_nothing():
    key = stored(desk=7)
    SessionStore.get_model_class().objects.filter(pk=key).update(session_data="forged")
    assert SessionStore(key).get("desk") is None
