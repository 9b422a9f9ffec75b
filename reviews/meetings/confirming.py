"""Agreeing with the notes, or not: each once a round. The last answer settles the meeting."""

from django.db import transaction

from portal.asks.asking import withdraw_all
from portal.history.models import record
from portal.workflow import Refused, SomebodyWasQuicker
from reviews.meetings.asking import NOTES
from reviews.meetings.models import Confirmation, Meeting, Party
from reviews.meetings.telling import tell
from students.frozen import refuse_if_frozen


@transaction.atomic
def confirm(meeting: Meeting, party: str, *, agrees: bool, name: str, by, words: str = "", recorded_by=None):
    """Write down what `party` says of the notes. `recorded_by`: the tutor, for what was said at the table.

    Raises SomebodyWasQuicker where the notes are open again, Refused for a second answer or silence about a difference.
    """
    refuse_if_frozen(meeting.placement.student_id)
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if row.status != Meeting.Status.HELD or row.round != meeting.round:
        raise SomebodyWasQuicker(meeting)
    words = words.strip()
    if not agrees and not words:
        raise Refused("Say what you see differently.")
    said, is_new = Confirmation.objects.get_or_create(
        meeting=meeting, round=meeting.round, party=party,
        defaults={"agrees": agrees, "words": words, "name": name, "recorded_by": recorded_by},
    )  # fmt: skip
    if not is_new:
        raise Refused(f"{said.name} has answered already.")
    says = "agrees with the notes" if agrees else f"does not agree with all of the notes: {words}"
    record(meeting, f"recorded that {name} {says}" if recorded_by else says, by=by)
    if party == Party.MANAGER and recorded_by:
        withdraw_all(NOTES, meeting)
    if not agrees and meeting.placement.tutor and meeting.placement.tutor != by:
        tell(meeting, meeting.placement.tutor, "disagreed")
    row.placement = meeting.placement
    if set(row.parties()) <= set(parties_heard(meeting)):
        row.settle(by=by)
        meeting.status, meeting.version = row.status, row.version


def parties_heard(meeting: Meeting) -> list[str]:
    """Who has answered in this round."""
    rows = Confirmation.objects.filter(meeting=meeting.pk, round=meeting.round)
    return list(rows.values_list("party", flat=True))
