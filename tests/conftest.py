"""The cast: a student, a manager, a tutor and a coordinator who belong together, and a stranger of each."""

import atexit
import gc
import logging
import os
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import timezone
from django.utils.crypto import get_random_string
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis.internal.conjecture import providers

from placements.hours import totals
from portal.people.models import Role, User
from students.tlevels import rules
from tests import factories, poured
from tests.reference import load_reference_data

# What a test makes is gone with the test: looking for circles of it ten times a second takes a tenth of the time.
gc.set_threshold(100_000, 50, 100)

# Many tests ask for what is refused or not there: a line of log (and a traceback) for each is read by nobody.
logging.getLogger("django.request").setLevel(logging.ERROR)

# A busy machine is no counterexample, and a landing tries the same examples each time: every other run tries new ones.
hypothesis_settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=os.environ.get("CI") == "true"
)
hypothesis_settings.load_profile("house")

# Nor do they hang on which modules are loaded: Hypothesis would read all of ours for literals, for three seconds.
providers._get_local_constants = lambda: providers._local_constants


# A Monday in the middle of a term, and no test ends otherwise because of the day on which it is run.
TODAY = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/London"))


def pytest_configure(config):
    """A worker that has told all is gone at once: to take its half million objects apart takes it two seconds."""
    if hasattr(config, "workerinput"):
        atexit.register(os._exit, 0)


def pytest_sessionfinish():
    """Nor are they looked through for circles before that."""
    gc.freeze()


@pytest.fixture(autouse=True)
def _today(request):
    """Time goes on from TODAY, but where a browser or another process has a clock of its own."""
    if request.node.get_closest_marker("browser") or request.node.get_closest_marker("system"):
        yield
        return
    with time_machine.travel(TODAY):
        yield


@pytest.fixture(autouse=True)
def _fresh_rules():
    """No test sees the rule sets or rate limits that another one left in memory."""
    rules.forget()
    cache.clear()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, request, tmp_path_factory):
    """A browser asks for several things at once: each gets a connection of its own to a file, as in earnest. All would
    share the one to a database in memory, and break into each other's transactions."""
    test = settings.DATABASES["default"].setdefault("TEST", {})
    if connection.vendor == "sqlite" and any(item.get_closest_marker("browser") for item in request.session.items):
        test["NAME"] = tmp_path_factory.mktemp("database") / "portal.sqlite3"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_use_migrations, django_db_blocker):
    """With --no-migrations (as always on SQLite) the tables come from the models; what migrations load is added.

    A test with real transactions leaves the database as it is now. Django would empty it, on PostgreSQL by TRUNCATE of
    every table, and work out each permission anew: half a second every time.
    """
    with django_db_blocker.unblock():
        if not django_db_use_migrations:
            load_reference_data()
        rows = poured.everything()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: poured.put_back(rows))
        yield


@pytest.fixture
def cast(db):
    """Two people of each role at 'Northfield College' and one of each at 'Other College', with one active placement.

    student, manager, tutor, coordinator belong to `placement`; student2, manager2, tutor2 are strangers to it at the
    same provider; other_student, other_manager, other_tutor, other_coordinator belong to `other_placement`.
    """
    return make_cast()


def make_cast() -> SimpleNamespace:
    """The cast, in any test's database."""
    return poured.scene(built_cast)()


@time_machine.travel(TODAY)
@totals.gathered()
def built_cast() -> SimpleNamespace:
    """The cast, made by the factories: some hundred and fifty queries. What follows from making it depends on the day,
    so it is always made on the same one, whichever test of this process asks first."""
    cast = SimpleNamespace()
    cast.provider = factories.ProviderFactory(name="Northfield College", ukprn="10012345")
    cast.other_provider = factories.ProviderFactory(name="Other College", ukprn="10054321")
    for prefix, suffix, provider in [
        ("", "", cast.provider),
        ("", "2", cast.provider),
        ("other_", "", cast.other_provider),
    ]:
        for role in ("tutor", "coordinator"):
            user = person(f"{prefix}{role}{suffix}")
            factories.MembershipFactory(user=user, provider=provider, role=Role(role))
            setattr(cast, f"{prefix}{role}{suffix}", user)
        employer = factories.EmployerFactory(provider=provider, name=f"{prefix}Employer{suffix}".replace("_", " "))
        manager = person(f"{prefix}manager{suffix}")
        factories.LineManagerFactory(employer=employer, user=manager)
        student = factories.StudentFactory(
            provider=provider, user=person(f"{prefix}student{suffix}"), tutor=getattr(cast, f"{prefix}tutor{suffix}")
        )
        placement = factories.PlacementFactory(
            student=student,
            employer=employer,
            site=factories.SiteFactory(employer=employer),
            manager=manager,
            first_on=date(2026, 3, 2),
            last_on=date(2026, 7, 31),
        )
        setattr(cast, f"{prefix}employer{suffix}", employer)
        setattr(cast, f"{prefix}manager{suffix}", manager)
        setattr(cast, f"{prefix}student_record{suffix}", student)
        setattr(cast, f"{prefix}student{suffix}", student.user)
        setattr(cast, f"{prefix}placement{suffix}", placement)
    return cast


def person(name: str):
    first = name.replace("_", " ").title()
    return factories.UserFactory(email=f"{name}@cast.test", first_name=first, last_name="Reed")


def signed_in(user) -> Client:
    """A test client with `user` signed in: the rows that signing in leaves, without the way there."""
    user.last_login = timezone.now()
    User.objects.filter(pk=user.pk).update(last_login=user.last_login)
    who = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
    key, until = get_random_string(32), timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    Session(session_key=key, session_data=SessionStore().encode(who), expire_date=until).save(force_insert=True)
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    return client


@pytest.fixture
def week(cast):
    """A draft of the placement's first week with seven hours on Monday."""
    timesheet = factories.TimesheetFactory(placement=cast.placement, monday=date(2026, 3, 2))
    factories.SpellFactory(timesheet=timesheet)
    return timesheet
