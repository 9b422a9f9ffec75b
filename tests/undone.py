"""What several tests of a file read and none of them changes: written to the database once, and gone at once."""

from contextlib import contextmanager

import time_machine
from django.db import transaction

from students.tlevels import rules


@contextmanager
def undone(blocker, moment):
    """For fixtures of a whole file: the database may be used within, at a fixed `moment`; what is written is undone."""
    rules.forget()
    with blocker.unblock(), time_machine.travel(moment, tick=False), transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)
