"""One table: every URL name, and what each person gets from it. A URL that is missing here fails.

Columns: nobody | student manager tutor coordinator of the placement | student manager tutor of the same provider who
have nothing to do with it | student manager tutor coordinator of another provider. 'in': sent to the sign-in page.
A GET may only SELECT. Rooms add their rows in tests/<app>/access.py as ROWS: name -> (arguments, columns).
"""

import importlib
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.conftest import make_cast, signed_in

ROOMS = ["portal", "employers", "students", "placements", "reviews"]
OWN = ["student", "manager", "tutor", "coordinator"]
STRANGERS = ["student2", "manager2", "tutor2"]
PEOPLE = ["nobody", *OWN, *STRANGERS, *(f"other_{role}" for role in OWN)]
ROWS = {}
THINGS = {}
for room in ROOMS:
    module = importlib.import_module(f"tests.{room}.access")
    ROWS |= module.ROWS
    THINGS |= getattr(module, "THINGS", {})


def names(resolver=None, prefix="") -> set[str]:
    """All URL names but those of the operator's admin and of allauth (which has its own tests)."""
    found = set()
    for pattern in (resolver or get_resolver("portal.urls")).url_patterns:
        if hasattr(pattern, "url_patterns"):
            if pattern.namespace != "admin" and "accounts/" not in str(pattern.pattern):
                found |= names(pattern)
        elif pattern.name:
            found.add(pattern.name)
    return found


def test_every_address_stands_in_the_table():
    assert names() - set(ROWS) == set()


def test_the_table_names_no_address_that_is_gone():
    assert set(ROWS) - names() == set()


@pytest.mark.parametrize("name", sorted(ROWS))
@pytest.mark.django_db
def test_who_gets_what(name):
    arguments, columns = ROWS[name]
    expected = dict(zip(PEOPLE, columns.replace("|", " ").split(), strict=True))
    cast = make_cast()
    kwargs = {key: THINGS[thing](cast) for key, thing in (pair.split("=") for pair in arguments.split())}
    path = reverse(name, kwargs=kwargs)
    got = {}
    for who in PEOPLE:
        client = Client() if who == "nobody" else signed_in(getattr(cast, who))
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
        moved_in = response.status_code == 302 and response.url.startswith("/accounts/login/")
        got[who] = "in" if moved_in else str(response.status_code)
        writes = [q["sql"] for q in queries if re.match(r"\s*(INSERT|UPDATE|DELETE|REPLACE)", q["sql"], re.I)]
        assert writes == [], f"A GET of {path} by {who} wrote"
    assert got == expected


def test_arguments_are_known():
    wanted = {pair.split("=")[1] for arguments, _ in ROWS.values() for pair in arguments.split()}
    assert wanted - set(THINGS) == set()
    with pytest.raises(NoReverseMatch):
        reverse("no_such_address")
