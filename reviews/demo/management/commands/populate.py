import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from placements.hours.totals import rebuild
from portal.batches import SIZE, batches
from portal.demo.people import PASSWORD
from portal.identifiers import is_ukprn
from portal.people.models import Provider, Role
from portal.statistics import refresh_statistics
from reviews.cohort.counting import count
from reviews.demo.crowd import Crowd
from reviews.risk.keeping import reckon

UKPRN, DOMAIN = "10999100", "populate.test"
PER_TUTOR = 40
DAYS = (38, 88)


class Command(BaseCommand):
    help = "Adds one provider with very many placements to the database, for benchmarks."

    def add_arguments(self, parser):
        parser.add_argument("--placements", type=int, default=100_000, help="How many placements, one per student.")
        parser.add_argument("--ukprn", default=UKPRN, help="The UKPRN of the provider that is made.")

    def handle(self, *, placements, ukprn, **options):
        if settings.PRODUCTION:
            raise CommandError("Not in production mode: everybody who is made here has the same, published password.")
        if not is_ukprn(ukprn) or placements < 1:
            raise CommandError("Give a UKPRN of 8 digits and at least one placement.")
        if Provider.objects.filter(ukprn=ukprn).exists():
            raise CommandError(f"There is a provider with the UKPRN {ukprn} already. Give another one with --ukprn.")
        domain = DOMAIN if ukprn == UKPRN else f"{ukprn}.{DOMAIN}"
        self.started, self.total = time.monotonic(), placements
        provider = Provider.objects.create(
            name="Populated College",
            address="Long Lane\nMarlow Green\nMG1 1AA",
            ukprn=ukprn,
            safeguarding_name="Grace Bell",
            safeguarding_phone="01632 960333",
            safeguarding_email=f"safeguarding@{domain}",
        )
        crowd = Crowd(provider, domain=domain, days=DAYS, per_tutor=PER_TUTOR, history=False)
        crowd.person(Role.COORDINATOR, "coordinator")
        students = crowd.make(placements, tell=self.tell)
        refresh_statistics()
        self.say(f"{crowd.weeks.spells.poured:,} day rows. Now the totals.")
        done = 0
        for some in batches(students, 10 * SIZE):
            rebuild(some)
            reckon(some)
            done += len(some)
            self.say(f"totals and standings of {done:,} students")
        count(provider.pk)
        refresh_statistics()
        self.stdout.write(f"Sign in as coordinator@{domain} or tutor@{domain} with the password {PASSWORD}.")

    def tell(self, students: int, rows: int):
        if students % 5000 == 0 or students == self.total:
            seconds = time.monotonic() - self.started
            self.say(f"{students:,} of {self.total:,} placements, {rows:,} rows, {rows / seconds:,.0f} rows/s")

    def say(self, what: str):
        self.stdout.write(f"{time.monotonic() - self.started:6.0f} s  {what}")
        self.stdout.flush()
