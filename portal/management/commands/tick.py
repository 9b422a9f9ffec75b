from django.core.management.base import BaseCommand, CommandError

from portal.clock import tick


class Command(BaseCommand):
    help = "Does what is due by the clock. Safe to call at any time and from several machines."

    def handle(self, **options):
        failed = tick()
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)} (see the log)")
