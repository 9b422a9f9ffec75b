"""The background worker: it outlives a database that is away for a while."""

import pytest
from django.db import OperationalError

from portal.management.commands import worker


def test_a_database_that_is_away_is_waited_for(monkeypatch):
    answers = [OperationalError("the server closed the connection"), OperationalError("starting up"), None]
    asked, pauses = [], []

    def call_command(name, **options):
        asked.append((name, options["queue_name"]))
        if answer := answers.pop(0):
            raise answer

    monkeypatch.setattr(worker, "call_command", call_command)
    monkeypatch.setattr(worker.time, "sleep", pauses.append)
    worker.keep_working(queue_name="parcels")
    assert asked == [("db_worker", "parcels")] * 3
    assert pauses == [5, 5]


def test_any_other_fault_ends_the_worker(monkeypatch):
    def call_command(name, **options):
        raise ValueError("a fault of ours")

    monkeypatch.setattr(worker, "call_command", call_command)
    with pytest.raises(ValueError, match="a fault of ours"):
        worker.keep_working(queue_name="parcels")
