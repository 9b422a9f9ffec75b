"""So many tries a minute from one address, counted in the shared cache."""

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from portal.limiting import within


@pytest.fixture(autouse=True)
def _nothing_counted(time_machine):
    time_machine.move_to("2026-03-10 12:00:00", tick=False)
    cache.clear()


def tried(action="look", address="192.0.2.7", **headers) -> bool:
    return within(RequestFactory().get("/", REMOTE_ADDR=address, headers=headers), action, tries=3)


def test_so_many_and_no_more():
    assert [tried() for _ in range(5)] == [True, True, True, False, False]


def test_each_address_and_each_action_is_counted_by_itself():
    assert [tried() for _ in range(4)] == [True, True, True, False]
    assert tried(address="192.0.2.8")
    assert tried(action="file")


def test_a_minute_after_the_first_try_one_is_free_again_and_refused_ones_do_not_count(time_machine):
    assert tried()
    time_machine.move_to("2026-03-10 12:00:50", tick=False)
    assert [tried() for _ in range(4)] == [True, True, False, False]
    time_machine.move_to("2026-03-10 12:01:00", tick=False)
    assert [tried(), tried()] == [True, False]
    time_machine.move_to("2026-03-10 12:01:49", tick=False)
    assert not tried()
    time_machine.move_to("2026-03-10 12:01:50", tick=False)
    assert tried()


def test_one_network_of_ipv6_counts_as_one_address():
    assert [tried(address=f"2001:db8:1:2::{n}") for n in range(1, 5)] == [True, True, True, False]
    assert tried(address="2001:db8:1:3::1")


def test_behind_a_proxy_it_is_the_visitor_that_counts(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    asked = {"address": "127.0.0.1", "x-forwarded-for": "203.0.113.9, 198.51.100.4"}
    assert [tried(**asked) for _ in range(4)] == [True, True, True, False]
    assert tried(**asked | {"x-forwarded-for": "203.0.113.9, 198.51.100.5"})


def test_without_a_proxy_nobody_can_name_another_address():
    found = [tried(**{"x-forwarded-for": f"203.0.113.{n}"}) for n in range(4)]
    assert found == [True, True, True, False]
