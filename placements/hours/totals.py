"""The one writer of StudentHours."""

from collections import defaultdict
from collections.abc import Container, Iterator, Set
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from itertools import islice, takewhile

from django.db import transaction
from django.db.models import Q
from django.dispatch import Signal

from placements.bank_holidays import bank_holidays
from placements.hours.counting import as_they_stand
from placements.hours.courses import Course, begun_on, facts_for
from placements.hours.models import Stage, StudentHours
from placements.hours.not_counted import lost_by_week, summed
from placements.hours.spells import count_for, required_from, spent_by
from placements.models import Placement
from placements.several import without_tasters
from placements.timesheets.models import Timesheet, monday_of
from portal.batches import batches
from portal.prepared import LaterMany, prepared
from students.models import Student

KEPT = [field.name for field in StudentHours._meta.concrete_fields if not field.primary_key]
FIGURES = [
    "counted",
    "waiting",
    "not_counted",
    "required",
    "rule_set",
    "lost",
    "begun_on",
    "worked",
]  # a sign-off freezes them
DAYS_TO_HAND_IN = timedelta(days=2)

# Sent in the transaction, for what leans on the totals: sender=StudentHours, pks of the students.
totals_written = Signal()

_gathered = ContextVar("gathered", default=None)


@contextmanager
def gathered():
    """Write the totals once, at the end of the block, instead of after every change in it (imports, the demo).

    The block is one transaction, so that nobody sees the rows without their totals. Blocks may nest: the outer writes.
    """
    ids = set()
    with transaction.atomic():
        before = _gathered.set(ids)
        try:
            yield
        finally:
            _gathered.reset(before)
        refresh(*ids)


def refresh(*student_ids: int):
    """Write the totals of some students afresh, from the rows."""
    if (ids := _gathered.get()) is not None:
        ids.update(student_ids)
    else:
        rebuild(student_ids)


def rebuild(student_ids):
    """Write the totals of `student_ids` afresh, with a fixed number of queries per 500 students.

    Three queries fewer where none of them has a placement.
    """
    for ids in batches(student_ids):
        _rebuild_some(ids)


@transaction.atomic(savepoint=False)
def _rebuild_some(ids):
    # Whoever moves another week of the same student meanwhile waits here, and then sees what was moved first.
    locked = Student.objects.select_for_update(of=["self"], no_key=True).order_by("pk")
    students = locked.select_related("tlevel", "specialism").in_bulk(ids)
    courses = facts_for(ids)
    placed = [pk for pk, found in courses.items() if found]
    spells, weeks = spent_by(placed), _weeks(placed)
    rows = [_row(student, courses[pk], spells[pk], weeks) for pk, student in students.items()]
    frozen = [row for row in rows if row.student.signed_off_at]
    _keep([row for row in rows if not row.student.signed_off_at], KEPT)
    _keep(frozen, [name for name in KEPT if name not in FIGURES])
    totals_written.send(StudentHours, pks=ids)


def _keep(rows, fields):
    if rows:
        StudentHours.objects.bulk_create(rows, update_conflicts=True, unique_fields=["student"], update_fields=fields)


def _weeks(student_ids) -> dict[int, dict]:
    """The weeks handed in or approved, by placement: Monday -> since when it waits, None where it is approved."""
    found = defaultdict(dict)
    for placement, monday, status, at in weeks_to_count().asked(students=student_ids) if student_ids else []:
        found[placement][monday] = at if status == Timesheet.Status.HANDED_IN else None
    return found


@prepared
def weeks_to_count():
    """(placement, Monday, status, when it was handed in) of the weeks of `students` handed in or approved."""
    rows = Timesheet.objects.filter(placement__student__in=LaterMany("students")).exclude(status__in=Timesheet.OPEN)
    return rows.order_by().values_list("placement", "monday", "status", "handed_in_at")


def _row(student, courses: list[Course], spells, weeks) -> StudentHours:
    first_on = begun_on(courses) if courses else None
    row = StudentHours(student=student, provider_id=student.provider_id)
    row.entry_year = student.entry_year if student.left_on is None else ""
    handed_in = [(course, weeks[course.placement_id]) for course in courses]
    row.last_monday = max((monday for _, mondays in handed_in for monday in mondays), default=None)
    if student.signed_off_at:
        row.stage, row.required = Stage.SIGNED_OFF, required_from(student, first_on)
    else:
        approved, hoped = count_for(student, first_on, spells)
        row.required = approved.rules.required
        row.counted, row.not_counted = approved.counted, approved.not_counted
        row.waiting = hoped.counted - approved.counted
        row.rule_set_id = approved.rules.rule_set_id
        row.lost = lost_by_week(as_they_stand(approved, hoped))
        row.begun_on, row.worked = first_on, summed(spells)
        row.stage = _stage(row, {course.status for course in without_tasters(courses)})
        if student.left_on is None:
            row.waiting_since = min((at for _, mondays in handed_in for at in mondays.values() if at), default=None)
        if row.stage != Stage.DONE and student.left_on is None:
            awaited = [awaited_mondays(course, mondays, course.absent) for course, mondays in handed_in]
            row.awaited_monday = min((monday for mondays in awaited for monday in islice(mondays, 1)), default=None)
    return row


def _stage(row, statuses) -> str:
    if Placement.Status.ACTIVE in statuses:
        return Stage.ACTIVE
    if Placement.Status.PLANNED in statuses:
        return Stage.PLANNED
    return Stage.DONE if row.counted >= row.required else Stage.WITHOUT


def last_due_monday(today: date) -> date:
    """The Monday of the last week that should be handed in by now: once it is over, two days are left for it."""
    return monday_of(today - DAYS_TO_HAND_IN) - timedelta(weeks=1)


def is_missing(awaited: date | None, today: date) -> bool:
    """Whether a week is missing: the first one that is awaited should be handed in by now."""
    return awaited is not None and awaited <= last_due_monday(today)


def missing(last_monday, way: str = "") -> Q:
    """The same of rows. `last_monday` is the `last_due_monday`; `way` leads from a row to its StudentHours."""
    return Q(**{f"{way}awaited_monday__lte": last_monday})


def missing_mondays(placement, handed_in: Container, away: Set, today: date, since: date = date.min) -> list[date]:
    """Of the `awaited_mondays` those of weeks that are missing."""
    return list(takewhile(last_due_monday(today).__ge__, awaited_mondays(placement, handed_in, away, since)))


def awaited_mondays(placement, handed_in: Container, away: Set, since: date = date.min) -> Iterator[date]:
    """Mondays of weeks with agreed work that are not handed in, oldest first (past and future, not the clock's matter).

    A week whose agreed days are all bank holidays or absences is not awaited; nor is any of a planned placement.
    `placement` may be a Placement or a Course.
    """
    if placement.status == Placement.Status.PLANNED:
        return
    free = away | bank_holidays(placement.first_on, placement.last_on)
    for monday in placement.mondays():
        if monday >= since and monday not in handed_in:
            first, last = max(monday, placement.first_on), min(monday + timedelta(days=6), placement.last_on)
            if placement.pattern.minutes_between(first, last, without=free):
                yield monday
