"""A real browser: the system's Chromium, as people in England have it."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from placements.bank_holidays import bank_holidays
from placements.models import PatternDay, Placement
from tests.conftest import make_cast
from tests.factories import PASSWORD

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
CHROMIUM = os.environ.get("CHROMIUM", "/usr/lib/chromium/chromium-headless-shell")
PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    quiet = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    # All pages come from one server: they share a process, else each one starts two (its own and the empty page's).
    one_process = "--renderer-process-limit=1 --disable-site-isolation-trials"
    # A page is open for a moment: compiling its scripts (and axe) to faster code takes longer than it saves.
    no_compiler = "--js-flags=--no-opt --no-maglev"
    return browser_type_launch_args | {
        "executable_path": CHROMIUM,
        "args": [*quiet.split(), *one_process.split(), "--disable-component-update", "--disable-sync", no_compiler],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """A phone in England; whoever wants less motion gets it, so that nothing waits for a colour on its way."""
    england = {"locale": "en-GB", "timezone_id": "Europe/London"}
    return browser_context_args | england | {"viewport": PHONE, "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def live_server(django_db_setup, live_server):
    """The server must not start before the database of the tests is there: it would ask the one of the house."""
    return live_server


@pytest.fixture
def people(transactional_db):
    """The cast, in a database that the live server shares."""
    return make_cast()


@pytest.fixture
def placement(people, monkeypatch):
    """The student's placement, around today, with work agreed on every day of the week and no bank holiday."""
    monkeypatch.setattr("placements.bank_holidays.of_year", lambda year: {})
    bank_holidays.cache_clear()
    today = timezone.localdate()
    begun = today - timedelta(days=10)
    Placement.objects.filter(pk=people.placement.pk).update(first_on=begun, last_on=today + timedelta(days=60))
    days = PatternDay.objects.filter(placement=people.placement)
    days.update(valid_from=begun)
    agreed = days.first()
    for weekday in (5, 6):
        agreed.pk, agreed.weekday = None, weekday
        agreed.save()
    people.placement.refresh_from_db()
    yield people.placement
    bank_holidays.cache_clear()


@pytest.fixture
def sign_in(live_server, client, context):
    """Give the browser the session of a signed-in person."""

    def sign_in(user):
        client.force_login(user)
        context.clear_cookies()
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])

    return sign_in


@pytest.fixture
def type_in(live_server, page):
    """Sign in as a person does, with the password."""

    def type_in(user):
        page.goto(f"{live_server.url}/accounts/login/")
        page.get_by_label("E-mail").fill(user.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()

    return type_in
