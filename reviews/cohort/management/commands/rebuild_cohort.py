"""manage.py rebuild_cohort: add up the figures of the cohort page afresh; with --past also the weeks of years ago."""

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.people.models import Provider
from reviews.cohort.counting import count
from reviews.cohort.past import work_out_past
from reviews.cohort.quality import add_up_quality


class Command(BaseCommand):
    help = (
        "Looks at every student afresh and adds up the figures of the cohort page, of all providers or of one. The "
        "worker does so by itself; this is for the first time, and safe at any time."
    )

    def add_arguments(self, parser):
        parser.add_argument("--ukprn", help="only this provider")
        parser.add_argument(
            "--past", action="store_true", help="work out the weeks that nobody took down, from the approved hours"
        )

    def handle(self, *, ukprn, past, **options):
        providers = Provider.objects.filter(ukprn=ukprn) if ukprn else Provider.objects.order_by("pk")
        if ukprn and not providers:
            raise CommandError(f"There is no provider with the UKPRN {ukprn}.")
        call_command("rebuild_standings", ukprn=ukprn, stdout=self.stdout)
        for provider in providers:
            today, weeks = timezone.localdate(), 0
            count(provider.pk)
            add_up_quality(provider.pk, today)
            if past:
                weeks = work_out_past(provider.pk, today)
            self.stdout.write(f"{provider}: added up{f', {weeks} weeks of the past worked out' if past else ''}.")
