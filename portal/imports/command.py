"""The imports for whoever sits at a terminal: the same reading, comparing and writing, without waiting for a worker."""

from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.imports import tasks
from portal.imports.columns import Unreadable
from portal.imports.models import Import
from portal.imports.reading import MOST_BYTES, read_table, too_large
from portal.imports.rows import State, reasons
from portal.people.models import Provider
from portal.workflow import Refused

SHOWN = 50  # wrong rows


class ImportCommand(BaseCommand):
    """`manage.py import_students FILE [--provider UKPRN] [--dry-run]`."""

    importer = None

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="the CSV file")
        parser.add_argument(
            "--provider", metavar="UKPRN", help="whose rows these are, where there are several providers"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def handle(self, *, file, provider, dry_run, **options):
        provider = self.provider_of(provider)
        content = self.content_of(file)
        if dry_run:
            return self.look(provider, content)
        with transaction.atomic():
            made = Import.start(provider, self.importer.kind, file.name, content, by=None)
        tasks.read.call(made.pk)
        made.refresh_from_db()
        self.stdout.write(f"{made.read_as}: {made.in_words()}")
        try:
            made.apply(by=None)
        except Refused as refused:
            self.say_wrong(made.preview.filter(state=State.WRONG).values_list("number", "details"))
            made.discard(by=None)
            if made.wrong:
                raise CommandError(str(refused)) from None
            return self.stdout.write(str(refused))
        tasks.apply.call(made.pk)
        made.refresh_from_db()
        if made.status != Import.Status.APPLIED:
            raise CommandError(f"Nothing was applied. {made.problem}")
        self.stdout.write(self.style.SUCCESS("Applied."))

    def provider_of(self, ukprn: str | None) -> Provider:
        """The provider with this UKPRN; without one the only provider that there is."""
        found = Provider.objects.filter(ukprn=ukprn) if ukprn else Provider.objects.order_by("name")
        match list(found):
            case [provider]:
                return provider
            case []:
                raise CommandError(
                    f"No provider has the UKPRN {ukprn}."
                    if ukprn
                    else "There is no provider yet: add_provider makes one."
                )
            case several:
                named = ", ".join(f"{provider.ukprn} ({provider.name})" for provider in several)
                raise CommandError(f"Say with --provider whose rows these are: {named}.")

    def content_of(self, file: Path) -> bytes:
        """The bytes of a file that can be read as a table; a larger one is not even opened."""
        try:
            if file.stat().st_size > MOST_BYTES:
                raise CommandError(too_large())
            content = file.read_bytes()
            read_table(content, self.importer.columns.values())
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
        except Unreadable as unreadable:
            raise CommandError(str(unreadable)) from None
        return content

    def look(self, provider, content: bytes):
        """Say what would happen, writing nothing."""
        table = read_table(content, self.importer.columns.values())
        rows = self.importer.read(table)
        self.importer(provider).plan(rows)
        counts = Counter(row.state for row in rows)
        self.stdout.write(f"{table.read_as}: {', '.join(f'{count:,} {state}' for state, count in counts.items())}")
        wrong = [(row.number, row.details) for row in rows if row.state == State.WRONG]
        self.say_wrong(wrong)
        if wrong:
            raise CommandError("Mend these rows first: a file is applied as a whole or not at all.")

    def say_wrong(self, rows):
        for number, details in rows[:SHOWN]:
            self.stdout.write(f"Row {number}: {reasons(details)}")
        if len(rows) > SHOWN:
            self.stdout.write(f"... and {len(rows) - SHOWN:,} more")
