"""What the clock does for imports: files and rows are not kept for longer than needed, and none hangs for ever."""

from datetime import timedelta

from portal.clock import due, quietly
from portal.imports.models import Import, ImportRow

SILENT_FOR = timedelta(hours=1)


@due
def stop_what_hangs(now):
    """An import whose worker was stopped halfway has written nothing; say so."""
    working = [Import.Status.READING, Import.Status.APPLYING]
    for made in Import.objects.filter(status__in=working, touched_at__lt=now - SILENT_FOR):
        quietly(made.stop, problem="The work was interrupted.")


@due
def forget_files(now):
    """Files that nobody applied, and the rows of applied ones, go after a week; the import itself stays in the list."""
    before = now - timedelta(days=Import.KEPT_DAYS)
    left = [Import.Status.READY, Import.Status.STOPPED]
    for made in Import.objects.filter(status__in=left, created_at__lt=before):
        quietly(made.discard)
    ImportRow.objects.filter(of__applied_at__lt=before).delete()
