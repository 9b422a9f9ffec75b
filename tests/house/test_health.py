"""GET /health/ tells monitors and load balancers whether this process can do its work."""

import pytest
from django.db import OperationalError, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext

from portal.health import worker_is_there


@pytest.mark.database
@pytest.mark.django_db
def test_health_is_200_when_database_and_migrations_are_in_order(client):
    response = client.get("/health/")
    assert response.status_code == 200
    found = {"status": "ok", "database": "ok", "migrations": "ok"}
    assert response.json() == found | {"worker": "not seen for five minutes"}
    worker_is_there()
    assert client.get("/health/").json() == found | {"worker": "ok"}


@pytest.mark.postgresql  # SQLite makes no table in the middle of a test
@pytest.mark.django_db
def test_health_is_503_and_says_so_when_a_migration_is_missing(client, settings):
    settings.MIGRATION_MODULES = {}  # as outside the tests, whose tables come from the models
    recorder = MigrationRecorder(connections["default"])
    for migration in MigrationLoader(None).graph.nodes:
        recorder.record_applied(*migration)
    assert client.get("/health/").status_code == 200
    recorder.record_unapplied("notices", "0002_further_tries")
    response = client.get("/health/")
    assert response.status_code == 503
    assert response.json() == {"status": "failing", "database": "ok", "migrations": "not all applied"}


@pytest.mark.django_db
def test_health_is_503_and_says_so_when_the_database_does_not_answer(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(connections["default"], "cursor", refuse)
    response = client.get("/health/")
    assert response.status_code == 503
    assert response.json() == {"status": "failing", "database": "no answer", "migrations": "unknown"}


@pytest.mark.django_db
def test_health_answers_over_http_where_everything_else_is_sent_to_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/health/").status_code == 200
    assert client.get("/").status_code == 301


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["localhost:8000", "10.0.3.17:8000", "[::1]:8000", "elsewhere.test", "not a host"])
def test_health_answers_whoever_asks_by_whatever_name_and_nothing_else_does(client, settings, host):
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["placements.example.ac.uk"]
    response = client.get("/health/", headers={"Host": host})
    assert (response.status_code, response.json()["status"]) == (200, "ok")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert client.get("/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("path", ["/accounts/login/", "/health", "/health/more/", "/static/css/app.css"])
def test_nothing_that_looks_like_it_is_health(client, settings, path):
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["placements.example.ac.uk"]
    assert client.get(path, headers={"Host": "elsewhere.test"}).status_code == 400


@pytest.mark.django_db
def test_health_only_reads_and_remembers_nobody(client, cast):
    client.force_login(cast.student)
    client.cookies["messages"] = "anything"
    with CaptureQueriesContext(connections["default"]) as queries:
        response = client.get("/health/")
    assert [query["sql"] for query in queries if not query["sql"].strip().startswith("SELECT")] == []
    assert (response.status_code, len(response.cookies)) == (200, 0)
