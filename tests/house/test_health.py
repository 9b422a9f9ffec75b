"""GET /health/ tells monitors and load balancers whether this process can do its work."""

import pytest
from django.db import OperationalError, connections
from django.db.migrations.recorder import MigrationRecorder


@pytest.mark.database
@pytest.mark.django_db
def test_health_is_200_when_database_and_migrations_are_in_order(client):
    response = client.get("/health/")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "migrations": "ok"}


@pytest.mark.postgresql  # where the tables come from the migrations
@pytest.mark.django_db
def test_health_is_503_and_says_so_when_a_migration_is_missing(client):
    MigrationRecorder(connections["default"]).record_unapplied("notices", "0001_initial")
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
