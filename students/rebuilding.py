"""Commands that write afresh what is kept of each student, and say of how many it differed."""

from django.core.management.base import BaseCommand, CommandError

from portal.batches import batches
from portal.people.models import Provider
from students.models import Student


class RebuildCommand(BaseCommand):
    """`manage.py rebuild_... [--ukprn UKPRN]`: walks over all students, or one provider's, some hundred at a time.

    A command names the `model` with one row per student, `rebuild`, which writes the rows of some students afresh, and
    in `says` what came of it, with {students} and {differed}. Fields that are `passed_over` may differ.
    """

    model = None
    rebuild = None
    says = ""
    passed_over = ()

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
        """Rebuild some; returns of how many the row differed or was missing."""
        before = self.rows(ids)
        self.rebuild(ids)
        return sum(row != before.get(pk) for pk, row in self.rows(ids).items())

    def rows(self, ids: list[int]) -> dict[int, tuple]:
        """What is stored of these students, by primary key."""
        fields = [field.attname for field in self.model._meta.concrete_fields if field.name not in self.passed_over]
        return {row[0]: row for row in self.model.objects.filter(pk__in=ids).values_list("pk", *fields)}
