"""Asking the line manager: to choose a date, or to say whether the notes are right."""

from portal.asks.asking import ask
from portal.asks.models import Ask

DATES, NOTES = "meeting", "meeting_notes"


def ask_manager(meeting, *, by):
    """Mail the line manager what a meeting wants of them now; nothing where they were asked or have answered."""
    manager = meeting.placement.manager
    kind = DATES if meeting.is_offered else NOTES
    if manager is None or not manager.is_active or Ask.objects.about(meeting).open().filter(kind=kind, to=manager):
        return
    if kind == NOTES and meeting.confirmations.filter(round=meeting.round, party="manager").exists():
        return
    ask(kind, meeting, provider=meeting.placement.provider, by=by, to=manager)
