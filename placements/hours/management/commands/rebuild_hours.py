"""manage.py rebuild_hours: write the kept totals afresh from the rows, and say which differed."""

from django.core.management.base import BaseCommand, CommandError

from placements.hours.models import StudentHours
from placements.hours.totals import CHUNK, rebuild
from portal.people.models import Provider
from students.models import Student

KEPT = [field.attname for field in StudentHours._meta.concrete_fields]


class Command(BaseCommand):
    help = (
        "Writes the kept totals of hours afresh, of all students or of one provider's. They follow every change by "
        "themselves, so that this should find nothing to correct; it is safe at any time."
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
        corrected = 0
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            before = set(StudentHours.objects.filter(pk__in=chunk).values_list(*KEPT))
            rebuild(chunk)
            corrected += len(set(StudentHours.objects.filter(pk__in=chunk).values_list(*KEPT)) - before)
        self.stdout.write(f"{len(ids)} students looked at, the totals of {corrected} corrected.")
