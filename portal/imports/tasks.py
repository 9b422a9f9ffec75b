"""The work of an import, done by a worker: reading and comparing, applying, inviting."""

import logging
import time
from collections import Counter

from django.db import IntegrityError, OperationalError, transaction
from django_tasks import task

from portal.batches import SIZE
from portal.imports.columns import Unreadable
from portal.imports.importer import IMPORTERS
from portal.imports.lacking import Lacking
from portal.imports.models import Import, ImportRow
from portal.imports.reading import read_table
from portal.imports.rows import State
from portal.people.invitations import invite, may_be_invited
from portal.people.models import Provider, User
from portal.progress import Overtaken, Progress
from portal.workflow import Refused, SomebodyWasQuicker

log = logging.getLogger(__name__)
OUR_FAULT = "Something went wrong on our side; it was written to the log."
BUSY = "The portal was too busy to write all of it in one go. Have the file read again in a few minutes."
CLASH = "Something in the file clashes with what was entered meanwhile. Have the file read again to see it."


class Moved(Exception):
    """What the file would do is no longer what was shown."""


@task()
def read(pk: int):
    """Read and compare the file of an import; nothing but the preview is written."""
    made = Import.objects.get(pk=pk)
    if made.status == Import.Status.READING:
        guarded(made, read_file)


@task()
def apply(pk: int):
    """Write what the file of an import says, all of it or nothing."""
    made = Import.objects.select_related("provider", "applied_by").get(pk=pk)
    if made.status == Import.Status.APPLYING:
        guarded(made, apply_file)


def guarded(made: Import, work):
    """Do the work; whatever keeps it from ending well is said on the page of the import."""
    try:
        work(made)
    except (Overtaken, SomebodyWasQuicker):
        return
    except (Unreadable, Moved) as error:
        problem = str(error)
    except IntegrityError:
        problem = CLASH
    except OperationalError:
        log.exception("Import %s could not be written", made.pk)
        problem = BUSY
    except Exception:
        log.exception("Import %s failed", made.pk)
        problem = OUR_FAULT
    else:
        return
    try:
        Import.objects.get(pk=made.pk).stop(by=None, problem=problem)
    except SomebodyWasQuicker:
        return


def read_file(made: Import):
    began = time.monotonic()
    importer = IMPORTERS[made.kind](made.provider)
    table = read_table(bytes(made.file.content), importer.columns.values())
    with Progress(made, 2 * len(table.rows)) as progress:
        rows = importer.read(table, progress)
        importer.plan(rows, progress)
    with transaction.atomic():
        made.preview.all().delete()
        ImportRow.objects.bulk_create(
            [
                ImportRow(
                    of=made,
                    number=row.number,
                    state=row.state,
                    title=row.title[:300],
                    details=row.details,
                    cells=row.cells if row.state == State.WRONG else [],
                )
                for row in rows
            ],
            batch_size=SIZE,
        )
        counts = Counter(row.state for row in rows)
        seconds = time.monotonic() - began
        made.show(by=None, table=table, counts=counts, lacking=Lacking.of(rows), seconds=seconds)


def apply_file(made: Import):
    """Compare afresh, in the transaction that writes and with the rows locked: what was shown is what is written."""
    kind = IMPORTERS[made.kind]
    table = read_table(bytes(made.file.content), kind.columns.values())
    with Progress(made, 3 * len(table.rows)) as progress:
        rows = kind.read(table, progress)
        with transaction.atomic():
            provider = Provider.objects.select_for_update(no_key=True).get(pk=made.provider_id)
            importer = kind(provider, locked=True)
            importer.plan(rows, progress)
            refuse_if_moved(made, rows)
            share = len(rows) / max(len(importer.drafts), 1)
            importer.write(by=made.applied_by, source=made.file_name, step=lambda written: progress(written * share))
            made.settle(by=None, new_people=importer.new_people())


def refuse_if_moved(made: Import, rows):
    shown = {
        number: (state, details) for number, state, details in made.preview.values_list("number", "state", "details")
    }
    moved = [row for row in rows if shown.get(row.number) != (row.state, row.details)]
    if moved:
        row = moved[0]
        was = shown[row.number][0]
        now = row.state if row.state != was else f"{row.state} in another way"
        more = f" {len(moved):,} rows are different in all." if len(moved) > 1 else ""
        raise Moved(
            f"Since you looked at it, the portal has changed: row {row.number} ({row.title}) was {was} and is now "
            f"{now}.{more} Have the file read again, and look before you apply it."
        )


@task()
def invite_people(pk: int, by: int):
    """Invite everybody whom an import has brought; who has come in meanwhile needs no invitation."""
    made = Import.objects.select_related("provider").get(pk=pk)
    sender = User.objects.get(pk=by)
    people = User.objects.in_bulk(made.new_people)
    for user in people.values():
        if may_be_invited(user):
            try:
                invite(user, made.provider, by=sender)
            except Refused:
                continue
