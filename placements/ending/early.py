"""Ending a placement before its time, beside the placement's own verb: what is kept, what comes next, who is told."""

from django.db import transaction
from django.utils import timezone

from placements.ending.models import EarlyEnd
from placements.hours.receipt import receipt_for
from placements.models import Placement
from portal.history.models import record
from portal.notices import mail
from portal.words import long_date
from portal.workflow import Refused


@transaction.atomic
def end_early(early: EarlyEnd, *, tell: bool, by) -> EarlyEnd:
    """End the placement on `early.last_on` (today or before), keep why and how it goes on; `tell` mails the manager.

    `early` has all that a person decides; the hours are read here. Raises what the verb `end` raises.
    """
    placement = early.placement
    early.reason_wording, early.made_by = early.reason.wording, by
    placement.last_on = early.last_on
    placement.end(by=by, reason=early.because)
    receipt = receipt_for(placement.student, timezone.localdate())
    early.counted, early.waiting = receipt.counted, receipt.waiting
    early.save()
    asked = early.get_asked_by_display().lower()
    says = f"noted: {asked} wanted the end; next for the student: {early.get_next_step_display().lower()}"
    record(placement, says, by=by)
    if tell:
        tell_employer(early, by=by)
    return early


def first_words(placement: Placement, *, by) -> str:
    """What the employer could be told, to be changed as wanted. It holds nothing of the reason."""
    manager = placement.manager
    return "\n".join(
        [
            f"Dear {manager.first_name}," if manager else "Dear all,",
            "",
            f"The placement of {placement.student.name} with you has come to an end earlier than we had planned.",
            "",
            "Thank you, and please thank your colleagues too, for the time and the patience that you have given. All "
            "hours that you have confirmed stay valid. If a week still waits for your answer, we would be glad if you "
            "looked at it.",
            "",
            "If you would like to talk about how it went, or if there is anything to be handed back, please write "
            "or ring. We would be happy to work with you again.",
            "",
            "Kind regards,",
            by.name,
            placement.provider.name,
        ]
    )


@transaction.atomic
def tell_employer(early: EarlyEnd, *, by):
    """Mail the words to the line manager, once. Raises Refused where there is nobody or they were told already."""
    manager = early.placement.manager
    if manager is None or not manager.is_active:
        raise Refused("No line manager can be written to.")
    changed = EarlyEnd.objects.filter(pk=early.pk, told_at=None).update(told_at=timezone.now(), told_name=manager.name)
    if not changed:
        raise Refused("The employer has been told already.")
    mail.send("early_end_told", to=manager, about=early.placement, context={"text": early.told_text})
    record(early.placement, f"told {manager.name} by mail that the placement has ended", by=by)
    early.refresh_from_db()


@transaction.atomic
def change_next(early: EarlyEnd, *, by):
    """Store another next step; it is open again."""
    early.next_done_at = None
    early.save(update_fields=["next_step", "next_words", "next_on", "next_done_at"])
    by_when = f", by {long_date(early.next_on)}" if early.next_on else ""
    record(early.placement, f"agreed the next step: {early.get_next_step_display().lower()}{by_when}", by=by)


def keep_words(early: EarlyEnd):
    """Keep the words to the employer; once they are told they stay."""
    if early.told_at is None:
        early.save(update_fields=["told_text"])


@transaction.atomic
def settle_next(early: EarlyEnd, *, done: bool, by):
    """The next step is settled, or is not after all."""
    moment = timezone.now() if done else None
    if EarlyEnd.objects.filter(pk=early.pk, next_done_at__isnull=done).update(next_done_at=moment):
        says = "settled the next step" if done else "opened the next step again"
        record(early.placement, f"{says}: {early.get_next_step_display().lower()}", by=by)
