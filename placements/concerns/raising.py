"""Telling that something is wrong: the record, the first words, who hears of it."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from placements.concerns import telling
from placements.concerns.models import Accident, Concern, ConcernKind, Contact, Visibility
from placements.models import Placement
from portal.history.models import record
from students.models import Student

DOUBLE = timedelta(minutes=5)


@transaction.atomic
def raise_concern(
    student: Student,
    kind: ConcernKind,
    *,
    text: str = "",
    visibility: str = Visibility.TUTOR,
    contact: str = Contact.HERE,
    reach: str = "",
    rather: str = "",
    placement: Placement | None = None,
    accident: Accident | None = None,
) -> Concern:
    """Store what the student tells, and mail whoever looks after it. The same within five minutes is stored once.

    Without a tutor who can sign in, and for an accident, the placement office may read it whatever was chosen.
    """
    Student.objects.select_for_update().get(pk=student.pk)  # a second click waits here for the first
    if found := same_just_now(student, kind, text, accident):
        return found
    concern = Concern(
        provider_id=student.provider_id,
        student=student,
        placement=placement,
        kind=kind,
        visibility=visibility,
        contact=contact,
        reach=reach,
        rather=rather,
    )
    if concern.tutor is None:
        concern.visibility = Visibility.OFFICE
    concern.owe_answer()
    concern.save()
    if text.strip():
        concern.add_message(text, by=student.user)
    if accident:
        accident.concern = concern
        accident.save()
    record(concern, "told of it", by=student.user)
    telling.raised(concern)
    return concern


def same_just_now(student, kind, text: str, accident) -> Concern | None:
    """What this student told in the same words a moment ago: a button was pressed twice."""
    lately = Concern.objects.filter(student=student, kind=kind, raised_at__gt=timezone.now() - DOUBLE)
    for concern in lately.select_related("accident").prefetch_related("messages"):
        words = [message.text for message in concern.messages.all()]
        same_accident = not accident or (hasattr(concern, "accident") and concern.accident.what == accident.what)
        if words == ([text.strip()] if text.strip() else []) and same_accident:
            return concern
    return None


@transaction.atomic
def add_words(concern: Concern, text: str, *, by) -> bool:
    """The student adds something while it is open; False (and nothing written) where it was closed meanwhile.

    Whoever has answered before owes an answer again.
    """
    fresh = Concern.objects.select_for_update(of=("self",)).with_people().get(pk=concern.pk)
    if not fresh.is_open:
        return False
    if fresh.was_just_said(text, by=by):
        return True
    fresh.add_message(text, by=by)
    if fresh.due_at is None:
        fresh.owe_answer()
        Concern.objects.filter(pk=fresh.pk).update(due_at=fresh.due_at, reminded_at=None, escalated_at=None)
    Concern.objects.filter(pk=fresh.pk).update(version=fresh.version + 1)
    record(fresh, "wrote more", by=by)
    telling.news(fresh, by=by)
    return True
