"""Shared entries of the logbook in a student's timeline."""

from django.db.models.functions import Substr

from placements.logbook.models import Entry
from portal.timeline import Happening, happens, quoted


@happens("logbook")
def entries(student, user):
    """Entries that were shared; to the student their drafts as well."""
    rows = Entry.objects.visible_to(user).written().filter(placement__student=student)
    return Happening(
        rows, "day", lambda row: f"Wrote in the logbook: {quoted(row.words)}" if row.words else "Wrote in the logbook",
        "logbook_entry", words=Substr("did", 1, 200),
    )  # fmt: skip
