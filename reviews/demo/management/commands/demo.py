import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.demo.people import ADDRESSES, PASSWORD
from portal.people.models import Provider
from portal.statistics import refresh_statistics
from reviews.demo.making import TOLD, make_demo


class Command(BaseCommand):
    help = "Fills an empty database with two invented colleges in the middle of their year."

    def add_arguments(self, parser):
        parser.add_argument(
            "--students", type=int, default=TOLD, help=f"How many students altogether (at least {TOLD}, the default)."
        )
        parser.add_argument("--if-empty", action="store_true", help="Do nothing where there is a provider already.")

    def handle(self, *, students, if_empty, **options):
        if Provider.objects.exists():
            if if_empty:
                return
            raise CommandError("There are providers in this database already. The demo only goes into an empty one.")
        if settings.PRODUCTION:
            raise CommandError("Not in production mode: everybody in the demo has the same, published password.")
        if students < TOLD:
            raise CommandError(f"The demo has at least {TOLD} students.")
        started = time.monotonic()
        make_demo(students=students)
        refresh_statistics()
        self.stdout.write(f"Made the demo with {students} students in {time.monotonic() - started:.1f} s.")
        self.stdout.write(f"Sign in with the password {PASSWORD} as {', '.join(ADDRESSES)}.")
