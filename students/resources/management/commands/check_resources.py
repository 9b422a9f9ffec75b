from django.core.management.base import BaseCommand

from students.resources.checking import check_links


class Command(BaseCommand):
    help = "Looks whether the useful links of all providers still open. Call it once a week, from cron or a timer."

    def handle(self, **options):
        found = check_links()
        broken = {url: trouble for url, trouble in found.items() if trouble}
        for url, trouble in sorted(broken.items()):
            self.stdout.write(f"{url}: {trouble}")
        self.stdout.write(f"{len(found)} addresses looked at, {len(broken)} do not open.")
