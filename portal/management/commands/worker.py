import threading

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections

from portal.clock import tick

MINUTE = 60
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
            call_command("db_worker", interval=1, verbosity=options["verbosity"], **QUEUES[options["only"]])
        finally:
            stopped.set()


def keep_ticking(stopped: threading.Event):
    """Tick now and then every minute until `stopped` is set."""
    while not stopped.is_set():
        tick()
        connections.close_all()
        stopped.wait(MINUTE)
