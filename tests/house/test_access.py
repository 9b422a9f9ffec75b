"""One table: every URL name, and what each person gets from it. A URL that is missing here fails.

Columns: nobody | student manager tutor coordinator of the placement | student manager tutor of the same provider who
have nothing to do with it | student manager tutor coordinator of another provider. 'in': sent to the sign-in page;
'no' and 'yes': what an empty POST gets (tests/posts.py).
A GET may only SELECT, the markup of a page must be sound (tests/house/markup.py), and a PDF tagged, titled and in
English, with words for each figure (tests/tagged.py). Rooms add their rows in tests/<app>/access_<room>.py as ROWS:
name -> (arguments, columns).
"""

import importlib
import re
from contextlib import contextmanager, nullcontext
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.template.backends.django import Template
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from pypdf import PdfReader

from portal.pdf import pdf
from portal.people.backends import DeskBackend
from tests.conftest import make_cast, signed_in
from tests.house.markup import problems
from tests.tagged import problems_of

TABLES = sorted(f"tests.{path.parent.name}.{path.stem}" for path in Path(__file__).parents[1].glob("*/access*.py"))
OWN = ["student", "manager", "tutor", "coordinator"]
STRANGERS = ["student2", "manager2", "tutor2"]
PEOPLE = ["nobody", *OWN, *STRANGERS, *(f"other_{role}" for role in OWN)]
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)", re.I)
A_LOOK = 'INSERT INTO "history_look"'  # who saw something sensitive (portal.history.models.Look)
ROWS = {}
THINGS = {}
for table in TABLES:
    module = importlib.import_module(table)
    ROWS |= module.ROWS
    THINGS |= getattr(module, "THINGS", {})

# The pages of the table, for everybody of the placement who may see them: (name, who).
PAGES = [
    (name, who)
    for name, (_, columns) in sorted(ROWS.items())
    for who, status in zip(PEOPLE, columns.replace("|", " ").split(), strict=True)
    if who in OWN and status == "200"
]


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


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.django_db
def test_who_gets_what(table, subtests, monkeypatch, settings):
    """One cast for a table; what a row makes for itself is undone before the next.

    A PDF that several people get from the very same page is laid out once; people and their sessions are remembered
    between requests (what changes them is still written to the database).
    """
    monkeypatch.setattr("portal.pdf.pdf", cache(pdf))
    monkeypatch.setattr(DeskBackend, "get_user", staticmethod(cache(DeskBackend().get_user)))
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
    cast = make_cast()
    clients = {who: Client() if who == "nobody" else signed_in(getattr(cast, who)) for who in PEOPLE}
    for name in sorted(importlib.import_module(table).ROWS):
        with subtests.test(name), undone():
            path = path_of(name, cast)
            expected = expected_of(name)
            assert {who: ask(client, path, who, expected[who]) for who, client in clients.items()} == expected


@contextmanager
def undone():
    """Everything written within is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def written():
    """The statements that write, of all that are run within."""
    statements = []

    def watch(execute, sql, *rest):
        if WRITES.match(sql):
            statements.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        yield statements


def path_of(name: str, cast) -> str:
    """The address of a row, with the things of the cast that it wants; one without a key is only made for its page."""
    pairs = (pair.split("=") for pair in ROWS[name][0].split())
    made = {key: THINGS[thing](cast) for key, thing in pairs}
    made.pop("", None)
    return reverse(name, kwargs=made)


def expected_of(name: str) -> dict[str, str]:
    return dict(zip(PEOPLE, ROWS[name][1].replace("|", " ").split(), strict=True))


def ask(client, path: str, who: str, expected: str) -> str:
    """What the person gets. Only what is looked at is drawn, and what a POST does that is let through: of all else the
    table says how it is decided."""
    is_looked_at = who in OWN and expected == "200"
    with nullcontext() if is_looked_at or expected == "yes" else undrawn():
        if expected in ("no", "yes"):
            return post_of(client, path, who)
        return answer_of(client, path, who, is_looked_at)


@contextmanager
def undrawn():
    """Pages and PDFs come back empty."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "render", lambda *args: "")
        patch.setattr("portal.pdf.pdf", lambda *args, **kwargs: b"")
        yield


def answer_of(client, path: str, who: str, is_looked_at: bool) -> str:
    """A status, or 'in' for being sent to the sign-in page. Nothing but a look may be written.

    The markup of a page and the tags of a PDF are looked at on the way.
    """
    with written() as statements:
        response = client.get(path)
    if is_looked_at and response.status_code == 200:
        assert problems_in(response, path) == []
    response.close()
    assert [sql for sql in statements if not sql.startswith(A_LOOK)] == [], f"A GET of {path} by {who} wrote"
    moved_in = response.status_code == 302 and response.url.startswith("/accounts/login/")
    return "in" if moved_in else str(response.status_code)


def post_of(client, path: str, who: str) -> str:
    """Whether an empty POST of the person is let through. Whoever is refused has written nothing."""
    with undone(), written() as statements:
        refused = client.post(path).status_code in (403, 404)
    assert not (refused and statements), f"A refused POST to {path} by {who} wrote"
    return "no" if refused else "yes"


def problems_in(response, path: str) -> list[str]:
    """What is wrong with the markup of a page, or with the tags of a PDF that the portal makes."""
    if path.endswith(".pdf"):
        assert response.headers["Content-Type"] == "application/pdf"
        return problems_of_pdf(response.getvalue())
    return problems(response) if response.headers["Content-Type"].startswith("text/html") else []


@cache
def problems_of_pdf(content: bytes) -> list[str]:
    return problems_of(PdfReader(BytesIO(content)))


def test_arguments_are_known():
    wanted = {pair.split("=")[1] for arguments, _ in ROWS.values() for pair in arguments.split()}
    assert wanted - set(THINGS) == set()
    with pytest.raises(NoReverseMatch):
        reverse("no_such_address")
