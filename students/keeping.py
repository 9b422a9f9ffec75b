"""Adding, correcting and removing students, each with its history."""

from django.db import transaction
from django.db.models import ProtectedError

from portal.history import models as history
from portal.people import joining
from portal.people.models import Membership, Provider, Role, User
from portal.workflow import Refused
from students.frozen import refuse_other_figures
from students.models import Student


@transaction.atomic
def add_student(student: Student, provider: Provider, person: dict, *, by) -> Student:
    """Store a new student of `provider`; `person` are the details of whoever they are (see joining.join)."""
    student.provider = provider
    student.user = joining.join(provider, Role.STUDENT, **person, by=by)
    history.save(student, by=by)
    return student


@transaction.atomic
def correct_student(student: Student, person: dict, *, by):
    """Store what changed about a student, and about the person where `person` is given.

    Raises Refused where that would change the figures of a student who is signed off or has left.
    """
    refuse_other_figures(student)
    history.save(student, by=by)
    for name, value in person.items():
        setattr(student.user, name, value)
    joining.correct_details(student.user, about=student, by=by)


@transaction.atomic
def move_student(student: Student, tutor: User | None, *, by):
    """Give a student to another tutor (or to nobody)."""
    student.tutor = tutor
    history.save(student, by=by)


@transaction.atomic
def remove_student(student: Student, *, by):
    """Take a student away who never had a placement, and the role with it. Raises Refused with the reason."""
    name, provider, user = student.name, student.provider, student.user
    try:
        with transaction.atomic():
            student.delete()
    except ProtectedError as error:
        raise Refused(f"{name} has a placement and is kept for the record.") from error
    history.record(provider, f"removed the student {name}", by=by)
    for membership in Membership.objects.filter(user=user, provider=provider, role=Role.STUDENT):
        joining.withdraw_role(membership, by=by)
