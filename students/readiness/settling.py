"""Settling points of readiness, for one student or for a group at once, and undoing it."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from portal.history.models import Event, event
from portal.people.models import Provider
from portal.workflow import SomebodyWasQuicker
from students.models import Student
from students.readiness.models import Point, Round, Settled

AT_ONCE = 500  # students
UNDO_DAYS = 14


@transaction.atomic
def settle(students: list[Student], points: list[Point], provider: Provider, *, note: str = "", by) -> Round | None:
    """Settle points for a group. What was settled before keeps who and when. None where nothing was left to settle.

    Six queries, however many students there are (at most AT_ONCE).
    """
    list(Student.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in students]).order_by("pk"))
    codes = [point.code for point in points]
    there = set(Settled.objects.filter(student__in=students, code__in=codes).values_list("student", "code"))
    new = [(one, point) for one in students for point in points if (one.pk, point.code) not in there]
    if not new:
        return None
    of = len({student.pk for student, _ in new})
    says = f"{named(points)} for {of} student{'' if of == 1 else 's'}"
    done = Round.objects.create(provider=provider, by=by, by_name=by.name, says=says)
    Settled.objects.bulk_create(
        Settled(student=student, point=point, code=point.code, note=note, by=by, by_name=by.name, round=done)
        for student, point in new
    )
    tell_history(new, "settled for the start", by=by)
    return done


def undoable(rounds, now=None):
    """Of `rounds`, those that can be undone at once, and those that were: later, points are taken back one by one."""
    return rounds.filter(at__gte=(now or timezone.now()) - timedelta(days=UNDO_DAYS))


@transaction.atomic
def undo(done: Round, *, by) -> int:
    """Take back what a round settled and still stands; returns how many points. Twice does nothing more."""
    if not Round.objects.filter(pk=done.pk, undone_at=None).update(undone_at=timezone.now(), undone_name=by.name):
        return 0
    rows = list(Settled.objects.filter(round=done).select_related("student", "point"))
    Settled.objects.filter(pk__in=[row.pk for row in rows]).delete()
    tell_history([(row.student, row.point) for row in rows], "took back for the start", by=by)
    return len(rows)


@transaction.atomic
def write(student: Student, points: list[Point], wanted: dict[str, str | None], seen: dict[str, str], *, by):
    """Settle, change and take back points of one student: `wanted` is the note by code, None for not settled.

    `seen`: how the page showed them (note by code of those settled). Only what differs from it is written; where a
    colleague changed such a point meanwhile, SomebodyWasQuicker is raised and nothing is written.
    """
    Student.objects.select_for_update(of=("self",)).get(pk=student.pk)
    there = {row.code: row for row in Settled.objects.filter(student=student)}
    settled, taken_back, changed = [], [], []
    for point in points:
        want, was, row = wanted.get(point.code), seen.get(point.code), there.get(point.code)
        if want == was:
            continue
        if (row.note if row else None) != was:
            raise SomebodyWasQuicker(student)
        (settled if row is None else taken_back if want is None else changed).append(point)
    now = timezone.now()
    for point in settled:
        note = wanted[point.code]
        Settled.objects.create(student=student, point=point, code=point.code, note=note, by=by, by_name=by.name, at=now)
    for point in changed:
        Settled.objects.filter(student=student, code=point.code).update(note=wanted[point.code], round=None)
    Settled.objects.filter(student=student, code__in=[point.code for point in taken_back]).delete()
    for some, says in (
        (settled, "settled for the start"),
        (taken_back, "took back for the start"),
        (changed, "changed the note for the start on"),
    ):
        tell_history([(student, point) for point in some], says, by=by)


def named(points: list[Point]) -> str:
    """'Technical skills, Role'."""
    return ", ".join(point.short for point in points)


def tell_history(pairs: list[tuple[Student, Point]], says: str, *, by):
    """One line in the history of each student, with all points."""
    found = {}
    for student, point in pairs:
        found.setdefault(student.pk, (student, []))[1].append(point)
    Event.objects.bulk_create(event(student, f"{says}: {named(points)}", by=by) for student, points in found.values())
