import logging
import threading
import time
from contextlib import suppress

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, OperationalError, connections

from portal.clock import tick
from portal.health import worker_is_there

log = logging.getLogger(__name__)
MINUTE = 60
PAUSE = 5  # seconds until a database that is away is asked again
QUEUES = {
    None: {"queue_name": "*"},
    "quick": {"queue_name": "*", "exclude_queues": "parcels"},
    "parcels": {"queue_name": "parcels"},
}


class Command(BaseCommand):
    help = "Runs background tasks and, every minute, what is due by the clock. Several may run side by side."

    def add_arguments(self, parser):
        parser.add_argument(
            "--only",
            choices=["quick", "parcels"],
            help="quick: mails, imports and the like; parcels: what takes minutes to make. Without it, everything.",
        )

    def handle(self, **options):
        stopped = threading.Event()
        clock = threading.Thread(target=keep_ticking, args=[stopped], name="clock", daemon=True)
        clock.start()
        try:
            keep_working(verbosity=options["verbosity"], **QUEUES[options["only"]])
        finally:
            stopped.set()


def keep_working(**options):
    """Run tasks until told to stop. A database that is away for a while, for an upgrade say, is waited for."""
    while True:
        try:
            return call_command("db_worker", interval=1, **options)
        except (InterfaceError, OperationalError) as error:
            log.warning("The database is away, the worker asks again in %s s: %s", PAUSE, str(error).strip())
            connections.close_all()
            time.sleep(PAUSE)


def keep_ticking(stopped: threading.Event):
    """Tick now and then every minute until `stopped` is set."""
    while not stopped.is_set():
        tick()
        with suppress(DatabaseError):
            worker_is_there()
        connections.close_all()
        stopped.wait(MINUTE)
