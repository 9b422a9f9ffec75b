"""manage.py rebuild_standings: look at every student afresh, and say whose standing differed."""

from django.core.management.base import BaseCommand, CommandError

from portal.people.models import Provider
from reviews.risk.keeping import CHUNK, reckon
from reviews.risk.models import Standing
from students.models import Student

KEPT = [
    field.attname
    for field in Standing._meta.concrete_fields
    if field.name not in ("reckoned_at", "reckoned_on", "is_stale")
]


class Command(BaseCommand):
    help = (
        "Writes afresh how students stand, of all or of one provider's. The worker does so within a minute of every "
        "change and every night; this is for the first time, and safe at any time."
    )

    def add_arguments(self, parser):
        parser.add_argument("--ukprn", help="only the students of this provider")

    def handle(self, *, ukprn, **options):
        students = Student.objects.order_by("pk")
        if ukprn:
            if not Provider.objects.filter(ukprn=ukprn).exists():
                raise CommandError(f"There is no provider with the UKPRN {ukprn}.")
            students = students.filter(provider__ukprn=ukprn)
        ids = list(students.values_list("pk", flat=True))
        changed = 0
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            before = rows(chunk)
            reckon(chunk)
            changed += sum(1 for row in rows(chunk) if row not in before)
        self.stdout.write(f"{len(ids)} students looked at, {changed} stood otherwise than was kept.")


def rows(ids: list[int]) -> list[tuple]:
    return list(Standing.objects.filter(pk__in=ids).order_by("pk").values_list(*KEPT))
