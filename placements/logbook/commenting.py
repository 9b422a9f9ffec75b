"""Saying something about an entry: comments, answers, and who hears of them. Mails carry none of the words."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from placements.logbook.models import CORRECT_MINUTES, Comment, Entry
from portal.asks.asking import answered_otherwise, ask
from portal.history.models import record
from portal.notices import mail
from portal.workflow import Refused

MAY_COMMENT = {"student", "tutor", "manager"}


@transaction.atomic
def comment(entry: Entry, words: str, *, by) -> Comment:
    """Write a comment (manager, tutor) or an answer (student); those concerned get a mail.

    Raises Refused for an entry that is not shared, PermissionDenied for others. The same words sent twice are one.
    """
    relations = entry.relations(by) & MAY_COMMENT
    if not relations:
        raise PermissionDenied
    if not entry.is_published:
        raise Refused("This entry is not shared now, so nothing can be written about it.")
    words = words.strip()
    last = entry.comments.order_by("-made_at", "-pk").first()
    if last and last.by_id == by.pk and last.words == words:
        return last
    made = Comment.objects.create(entry=entry, by=by, words=words)
    record(entry, "answered a comment" if "student" in relations else "commented on the entry", by=by)
    answered_otherwise("logbook", entry, by=by)
    for person in readers_of(entry, by):
        mail.send("logbook_commented", to=person, context={"entry": entry, "comment": made}, about=entry)
    return made


def readers_of(entry: Entry, by) -> list:
    """Who hears of a comment: the student; of the student's answer, those who commented and still belong to it."""
    placement = entry.placement
    if by.pk != placement.student.user_id:
        return [placement.student.user]
    wrote = set(entry.comments.values_list("by", flat=True))
    return [person for person in (placement.tutor, placement.manager) if person and person.pk in wrote]


def too_late() -> Refused:
    return Refused(f"That was more than {CORRECT_MINUTES} minutes ago, so it stays as it is. Write another comment.")


@transaction.atomic
def correct(found: Comment, words: str, *, by):
    """Change one's own comment within CORRECT_MINUTES. Raises Refused after that."""
    if not found.is_open_to(by):
        raise too_late()
    if found.words != words.strip():
        found.words, found.changed_at = words.strip(), timezone.now()
        found.save(update_fields=["words", "changed_at"])
        record(found.entry, "corrected a comment", by=by)


@transaction.atomic
def withdraw(found: Comment, *, by):
    """Remove one's own comment within CORRECT_MINUTES. Raises Refused after that."""
    if not found.is_open_to(by):
        raise too_late()
    found.delete()
    record(found.entry, "removed a comment of their own", by=by)


def ask_manager(entry: Entry, *, by):
    """The student asks the line manager, by mail, to say something about a shared entry. Raises Refused."""
    placement = entry.placement
    if "student" not in entry.relations(by):
        raise PermissionDenied
    if not entry.is_published:
        raise Refused("Share the entry first, then ask about it.")
    if placement.manager is None:
        raise Refused("No line manager is named yet. Your tutor can name one.")
    ask("logbook", entry, provider=placement.provider, by=by, to=placement.manager)
