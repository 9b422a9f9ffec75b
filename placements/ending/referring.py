"""Asking for a reference and what follows an answer. Raises Refused in sentences for the person who tried."""

from django.db import IntegrityError, transaction
from django.urls import reverse

from placements.ending.models import Reference
from placements.models import Placement
from portal.asks.asking import answered, answered_otherwise, ask, withdraw_all
from portal.history.models import record
from portal.notices import mail
from portal.workflow import Refused

KIND = "reference"


@transaction.atomic
def ask_for_reference(placement: Placement, *, message: str, by) -> Reference:
    """Ask the line manager for a reference by a mailed link. Raises Refused where there is nobody to ask."""
    if placement.manager is None or not placement.manager.is_active:
        raise Refused("No line manager can be asked: the tutor or the placement office names one on the placement.")
    if placement.references.filter(manager=placement.manager, status=Reference.Status.DECLINED).exists():
        raise Refused(f"{placement.manager.name} would rather give none. The tutor can open that answer again.")
    reference = Reference(placement=placement, manager=placement.manager, message=message, asked_by=by)
    try:
        with transaction.atomic():
            reference.save()
    except IntegrityError as error:
        raise Refused("A reference was asked for already.") from error
    put_to_manager(reference, by=by)
    record(placement, f"asked {reference.manager.name} for a reference", by=by)
    return reference


def put_to_manager(reference: Reference, *, by):
    """Mail the link."""
    more = {"student": reference.placement.student, "employer": reference.placement.employer}
    ask(KIND, reference, provider=reference.placement.provider, by=by, to=reference.manager, **more)


@transaction.atomic
def take_back(reference: Reference, *, by):
    """Ask no longer: the link ends."""
    reference.take_back(by=by)
    withdraw_all(KIND, reference)
    record(reference.placement, "does not need the reference any more", by=by)


@transaction.atomic
def reopen(reference: Reference, *, by):
    """Open an answer to the manager again, by a new link."""
    reference.reopen(by=by)
    put_to_manager(reference, by=by)
    record(reference.placement, f"opened the reference to {reference.manager.name} again", by=by)


@transaction.atomic
def give(reference: Reference, found, *, by, seen: int, **words):
    """The manager gives it, or corrects it (`found` is the Ask); the student has a mail the first time."""
    is_first = reference.status != Reference.Status.GIVEN
    reference.give(by=by, seen=seen, **words)
    settle(reference, found, "gave the reference" if is_first else "corrected the reference", is_first, by=by)


@transaction.atomic
def decline(reference: Reference, found, *, by, because: str, seen: int | None = None):
    """The manager would rather give none."""
    is_first = reference.status != Reference.Status.DECLINED
    reference.decline(by=by, because=because, seen=seen)
    settle(reference, found, "would rather give no reference", is_first, by=by)


def settle(reference, found, says, is_first, *, by):
    """Close what was asked, tell it on the placement, and mail the student."""
    answered(found)
    answered_otherwise(KIND, reference, by=by)
    record(reference.placement, says, by=by)
    if is_first:
        student = reference.placement.student.user
        link = mail.absolute(reverse("reference_ask", args=[reference.placement_id]))
        mail.send("reference_answered", to=student, about=reference, context={"reference": reference, "link": link})
