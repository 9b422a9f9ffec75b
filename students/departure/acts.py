"""A student leaves the T Level, or has not left after all. With it the placement will not be completed."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from portal.history.models import record
from portal.people.models import STAFF
from portal.words import long_date
from portal.workflow import Refused, SomebodyWasQuicker
from students.departure.asked import end_asks
from students.departure.settling import what_still_runs
from students.models import LeftBecause, Student

FIELDS = ["left_on", "left_because", "left_note", "left_at"]

# Sent in the transaction, before the record is frozen: sender=Student, student, by. Rooms withdraw what is open.
leaving = Signal()
# Sent in the transaction, once it is: sender=Student, student.
left = Signal()


def may_record(student: Student, user) -> bool:
    """The own tutor's to record, and the placement office's."""
    return bool(student.relations(user) & STAFF)


@transaction.atomic
def leave(student: Student, *, on: date, because: str, note: str = "", by) -> Student:
    """Record that `student` left the T Level, `on` their last day; what is open is withdrawn, mails and links end.

    Raises PermissionDenied for anybody but the own tutor and the placement office, SomebodyWasQuicker where it is
    recorded already, and Refused with what has to be settled first.
    """
    student = locked(student, by)
    if student.left_on:
        raise SomebodyWasQuicker(student)
    if student.signed_off_at:
        raise Refused(student.frozen_says)
    if reasons := [found.says for found in what_still_runs(student)] or what_is_wrong(student, on, because, note):
        raise Refused(*reasons)
    leaving.send(sender=Student, student=student, by=by)
    end_asks(student)
    student.left_on, student.left_because, student.left_note = on, because, note.strip()
    student.left_at = timezone.now()
    student.save(update_fields=FIELDS)
    record(student, f"recorded that the student left the T Level on {long_date(on)}. {reason_of(student)}", by=by)
    left.send(sender=Student, student=student)
    return student


@transaction.atomic
def take_back(student: Student, *, by) -> Student:
    """The student has not left, or is back: the record is open again. What was withdrawn stays so.

    Raises PermissionDenied, and SomebodyWasQuicker where they are not gone.
    """
    student = locked(student, by)
    if not student.left_on:
        raise SomebodyWasQuicker(student)
    says = f"took back that the student left the T Level on {long_date(student.left_on)}"
    student.left_on, student.left_because, student.left_note, student.left_at = None, "", "", None
    student.save(update_fields=FIELDS)
    record(student, says, by=by)
    return student


def locked(student: Student, by) -> Student:
    """The student's row, held until the transaction is over. Raises PermissionDenied where it is not theirs."""
    if not may_record(student, by):
        raise PermissionDenied
    rows = Student.objects.select_for_update(of=["self"], no_key=True)
    return rows.select_related("user", "tlevel", "specialism").get(pk=student.pk)


def what_is_wrong(student: Student, on: date, because: str, note: str) -> list[str]:
    """Why this cannot be the last day, or the reason, as sentences."""
    found = []
    if on > timezone.localdate():
        found.append("This day is still to come. Record it once it has.")
    elif on < date(int(student.entry_year[:4]), 8, 1):
        found.append(f"That is before the T Level began, in {student.entry_year}.")
    if because == LeftBecause.OTHER and not note.strip():
        found.append("Say in a few words why.")
    return found


def reason_of(student: Student) -> str:
    """'Reason: Moved away. To Leeds, with the family': what is known of why a student left."""
    said = f"Reason: {student.get_left_because_display()}"
    return f"{said}. {student.left_note}" if student.left_note else said
