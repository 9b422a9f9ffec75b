"""What is due by the clock. `manage.py tick` does it all, as often as one likes; the worker ticks every minute.

A room with something due has a `clock.py` with functions marked `@due`. Each takes the present moment, does what is
due by then and not done yet, and finds nothing to do when it is called again.
"""

import logging

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from portal.discovering import discover
from portal.statistics import refresh_statistics
from portal.workflow import SomebodyWasQuicker

log = logging.getLogger(__name__)
chores = []


def due(chore):
    """Mark a function of one argument (now, an aware datetime) as a chore of the clock."""
    chores.append(chore)
    return chore


@due
def refresh_statistics_of_sqlite(now):
    """Every half an hour; once more does no harm."""
    if connection.vendor == "sqlite" and now.minute % 30 == 0:
        refresh_statistics()


@due
def delete_what_is_over(now):
    """Once a night: sessions that have ended, and what background tasks left two weeks ago."""
    local = timezone.localtime(now)
    if (local.hour, local.minute) == (3, 10):
        call_command("clearsessions")
        call_command("prune_db_task_results", queue_name="*", verbosity=0)


def quietly(verb, **details):
    """Let the clock do a verb of a record, unless somebody was quicker."""
    try:
        verb(by=None, **details)
    except SomebodyWasQuicker:
        return


def tick(now=None) -> list[str]:
    """Do all that is due. A chore that fails is logged and does not stop the others; returns the names of failures."""
    discover("clock")
    now = now or timezone.now()
    failed = []
    for chore in chores:
        try:
            chore(now)
        except Exception:
            log.exception("The chore %s failed", chore.__name__)
            failed.append(chore.__name__)
    return failed
