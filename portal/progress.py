"""How far the work on a record is, kept in its row so that every process can show it.

The record is a `Workflow` with `done`, `steps` and `touched_at`: an import, a parcel.
"""

import time

from django.db import connection, connections
from django.utils import timezone

from portal.workflow import Workflow

EVERY = 0.4  # seconds between two writes


class Overtaken(Exception):
    """The record was put away, or taken up by somebody else, while a worker was at it."""


class Progress:
    """Call it with the number of steps done. Raises Overtaken when the record has left its status meanwhile.

    Within the transaction that writes the rows nobody would see it. PostgreSQL is told through a second connection;
    SQLite has one writer at a time, so there the bar waits.
    """

    def __init__(self, made: Workflow, steps: int = 0):
        self.made = made
        self.done = 0
        self.steps = steps
        self.next = 0.0
        self.beside = None

    def __call__(self, steps: float = 1):
        self.done += steps
        if time.monotonic() >= self.next:
            self.next = time.monotonic() + EVERY
            self.say()

    def say(self):
        if connection.in_atomic_block:
            if connection.vendor == "postgresql":
                self.say_beside()
            return
        rows = type(self.made)._base_manager.filter(pk=self.made.pk, status=self.made.status, version=self.made.version)
        if not rows.update(done=int(self.done), steps=self.steps, touched_at=timezone.now()):
            raise Overtaken

    def say_beside(self):
        if self.beside is None:
            self.beside = connections.create_connection("default")
        with self.beside.cursor() as cursor:
            cursor.execute(
                f"UPDATE {self.made._meta.db_table} SET done = %s, steps = %s, touched_at = %s WHERE id = %s",  # noqa: S608
                [int(self.done), self.steps, timezone.now(), self.made.pk],
            )

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        if self.beside is not None:
            self.beside.close()
