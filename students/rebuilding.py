"""Commands that write afresh what is kept of each student, and say of how many it differed."""

from collections.abc import Iterable

from django.core.management.base import BaseCommand, CommandError

from portal.batches import batches
from portal.people.models import Provider
from students.models import Student


class RebuildCommand(BaseCommand):
    """`manage.py rebuild_... [--ukprn UKPRN]`: walks over all students, or one provider's, some hundred at a time."""

    says = ""  # what came of it, with {students} and {differed}

    def kept(self, ids: list[int]) -> Iterable[tuple]:
        """What is stored of these students: a tuple each, first the primary key, then all that may differ."""
        raise NotImplementedError

    def rebuild(self, ids: list[int]):
        """Write it afresh."""
        raise NotImplementedError

    def add_arguments(self, parser):
        parser.add_argument("--ukprn", help="only the students of this provider")

    def handle(self, *, ukprn, **options):
        students = Student.objects.order_by("pk")
        if ukprn:
            if not Provider.objects.filter(ukprn=ukprn).exists():
                raise CommandError(f"There is no provider with the UKPRN {ukprn}.")
            students = students.filter(provider__ukprn=ukprn)
        ids = list(students.values_list("pk", flat=True))
        differed = sum(self.rebuilt(some) for some in batches(ids))
        self.stdout.write(self.says.format(students=len(ids), differed=differed))

    def rebuilt(self, ids: list[int]) -> int:
        """Rebuild some; returns of how many what is kept differed or was missing."""
        before = {row[0]: row for row in self.kept(ids)}
        self.rebuild(ids)
        return sum(row != before.get(row[0]) for row in self.kept(ids))
