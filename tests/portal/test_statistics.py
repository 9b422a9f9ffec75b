from datetime import UTC, datetime

import pytest
from django.db import connection

from portal.clock import refresh_statistics_of_sqlite
from portal.statistics import refresh_statistics

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def tables_counted() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(DISTINCT tbl) FROM sqlite_stat1")
        else:
            cursor.execute("SELECT count(DISTINCT tablename) FROM pg_stats WHERE schemaname = 'public'")
        return cursor.fetchone()[0]


def test_the_database_counts_its_tables():
    refresh_statistics()
    assert tables_counted() > 3


KNOWN = {
    "sqlite": "SELECT stat FROM sqlite_stat1 WHERE tbl = 'history_look'",
    "postgresql": "SELECT greatest(reltuples, 1)::int::text FROM pg_class WHERE relname = 'history_look'",
}


def test_a_table_without_rows_is_known_to_be_small():
    refresh_statistics()
    refresh_statistics()  # what was said of it before does not stay beside what is said now
    with connection.cursor() as cursor:
        cursor.execute(KNOWN[connection.vendor])
        assert cursor.fetchall() == [("1",)]


@pytest.mark.parametrize("minute", [0, 30, 31])
def test_the_clock_does_so_twice_an_hour_on_sqlite_only(monkeypatch, minute):
    calls = []
    monkeypatch.setattr("portal.clock.refresh_statistics", lambda: calls.append(1))
    refresh_statistics_of_sqlite(datetime(2026, 11, 23, 9, minute, tzinfo=UTC))
    assert len(calls) == (1 if connection.vendor == "sqlite" and minute in (0, 30) else 0)
