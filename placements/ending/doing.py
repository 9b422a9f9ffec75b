"""What student and staff do at the end of a placement, each with its history. Views and the demo call these."""

from django.db import transaction
from django.utils import timezone

from placements.ending.models import (
    Feedback,
    FeedbackAnswer,
    FeedbackStatement,
    Handover,
    Letter,
    Presentation,
    Reflection,
)
from placements.models import Placement
from portal.files.models import store
from portal.history.models import record
from portal.workflow import SomebodyWasQuicker
from students.contacts.keeping import add_contact
from students.contacts.models import Contact

# --- Reflection -----------------------------------------------------------------------------------------------------


@transaction.atomic
def keep_reflection(placement: Placement, words: dict[str, str], *, seen: int, share: bool, by) -> Reflection:
    """Keep the words; `share` shows them to the tutor from now on. Raises SomebodyWasQuicker (another window)."""
    found, _ = Reflection.objects.select_for_update().get_or_create(placement=placement)
    if found.version != seen:
        raise SomebodyWasQuicker(found)
    for name in Reflection.PROMPTS:
        setattr(found, name, words[name])
    found.version += 1
    found.changed_at = timezone.now()
    if share and not found.shared_at:
        found.shared_at = timezone.now()
        record(placement, "shared the reflection with the tutor", by=by)
    found.save()
    return found


@transaction.atomic
def unshare_reflection(reflection: Reflection, *, by):
    """Make the reflection the student's alone again."""
    if Reflection.objects.filter(pk=reflection.pk, shared_at__isnull=False).update(shared_at=None):
        record(reflection.placement, "took back sharing the reflection", by=by)


# --- Presentation ---------------------------------------------------------------------------------------------------


@transaction.atomic
def keep_presentation(presentation: Presentation, accepted, *, drop_file: bool, by) -> Presentation:
    """Store the presentation with a new file (`accepted` may be None), or without the one that it had."""
    old = presentation.file if accepted or drop_file else None
    if accepted:
        presentation.file = store(accepted, provider=presentation.placement.provider, by=by)
    elif drop_file:
        presentation.file = None
    is_new = presentation.pk is None or presentation.removed_at is not None
    presentation.removed_at = None
    presentation.save()
    if old:
        old.delete()
    record(presentation.placement, f"{'added' if is_new else 'changed'} the presentation", by=by)
    return presentation


@transaction.atomic
def remove_presentation(presentation: Presentation, *, by):
    """Take the presentation away; it can be put back."""
    if Presentation.objects.filter(pk=presentation.pk, removed_at=None).update(removed_at=timezone.now()):
        record(presentation.placement, "removed the presentation", by=by)


@transaction.atomic
def restore_presentation(presentation: Presentation, *, by):
    """Put a removed presentation back."""
    if Presentation.objects.filter(pk=presentation.pk, removed_at__isnull=False).update(removed_at=None):
        record(presentation.placement, "put the presentation back", by=by)


# --- Handover -------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_handover(handover: Handover, *, by) -> bool:
    """Put a piece of work on the list; False where the very same stands there (a second press)."""
    same = Handover.objects.kept().filter(
        placement=handover.placement, what=handover.what, to_whom=handover.to_whom, done_at=None
    )
    if same.exists():
        return False
    handover.save()
    record(handover.placement, f"put on the handover list: {handover.what}", by=by)
    return True


@transaction.atomic
def change_handover(handover: Handover, *, by):
    """Store another wording, or another person."""
    handover.save()
    record(handover.placement, f"changed on the handover list: {handover.what}", by=by)


@transaction.atomic
def hand_over(handover: Handover, *, done: bool, by):
    """It is handed over, or not after all."""
    moment = timezone.now() if done else None
    if Handover.objects.filter(pk=handover.pk, done_at__isnull=done).update(done_at=moment):
        said = "handed over" if done else "has not handed over after all"
        record(handover.placement, f"{said}: {handover.what}", by=by)


@transaction.atomic
def remove_handover(handover: Handover, *, by):
    """Take it off the list; it can be put back."""
    if Handover.objects.filter(pk=handover.pk, removed_at=None).update(removed_at=timezone.now()):
        record(handover.placement, f"took off the handover list: {handover.what}", by=by)


@transaction.atomic
def restore_handover(handover: Handover, *, by):
    """Put it back on the list."""
    if Handover.objects.filter(pk=handover.pk, removed_at__isnull=False).update(removed_at=None):
        record(handover.placement, f"put back on the handover list: {handover.what}", by=by)


# --- Letter ---------------------------------------------------------------------------------------------------------


def keep_letter(placement: Placement, text: str) -> Letter:
    """Keep the student's wording. Nobody else reads it, so that it leaves no history."""
    return Letter.objects.update_or_create(placement=placement, defaults={"text": text, "changed_at": timezone.now()})[
        0
    ]


@transaction.atomic
def letter_sent(letter: Letter, *, sent: bool, by):
    """Note that the letter went, or that it did not after all."""
    day = timezone.localdate() if sent else None
    if Letter.objects.filter(pk=letter.pk, sent_on__isnull=sent).update(sent_on=day):
        said = "thanked the line manager in writing" if sent else "has not sent the letter of thanks after all"
        record(letter.placement, said, by=by)


def forget_letter(letter: Letter):
    """Begin anew from the draft."""
    letter.delete()


# --- Feedback -------------------------------------------------------------------------------------------------------


@transaction.atomic
def give_feedback(feedback: Feedback, values: dict[FeedbackStatement, int], *, by):
    """Store the feedback with an answer to each statement; given before, it is changed."""
    is_new = feedback.pk is None
    if not is_new:
        feedback.changed_at = timezone.now()
    feedback.save()
    answers = [
        FeedbackAnswer(feedback=feedback, statement=statement, value=value, wording=statement.wording)
        for statement, value in values.items()
    ]
    FeedbackAnswer.objects.bulk_create(
        answers, update_conflicts=True, unique_fields=["feedback", "statement"], update_fields=["value", "wording"]
    )
    said = "gave feedback on the employer to the college" if is_new else "changed the feedback on the employer"
    record(feedback.placement, said, by=by)


@transaction.atomic
def take_back_feedback(feedback: Feedback, *, by):
    """Delete the feedback: it is as if it had not been given."""
    record(feedback.placement, "took back the feedback on the employer", by=by)
    feedback.delete()


# --- The first point: note the contacts to keep ---------------------------------------------------------------------


def manager_as_contact(placement: Placement) -> Contact | None:
    """Put the line manager on the student's own list, if they are not there; None where there is no manager."""
    manager = placement.manager
    if manager is None:
        return None
    job = manager.line_manager_at.filter(employer=placement.employer_id).values_list("job_title", flat=True).first()
    contact = Contact(
        student=placement.student,
        name=manager.name,
        role=job or "",
        organisation=placement.employer.name,
        met=f"My line manager on placement, {placement.role}",
        email=manager.email,
        phone=manager.phone,
    )
    known = Contact.objects.kept().filter(student=placement.student, email__iexact=manager.email).first()
    if known is None:
        add_contact(contact)
    return known or contact
