"""The one writer of StudentHours, and what feeds the counting."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from itertools import islice

from django.db import transaction
from django.dispatch import Signal

from placements.bank_holidays import bank_holidays
from placements.hours.counting import Count, Spent, count_kindly
from placements.hours.models import Stage, StudentHours
from placements.models import Placement
from placements.timesheets.models import Absence, Spell, Timesheet
from portal.batches import batches
from students.models import Student
from students.tlevels.rules import in_force_on, rule_sets, rules_for

APPROVED, HANDED_IN = Timesheet.Status.APPROVED, Timesheet.Status.HANDED_IN
KEPT = [field.name for field in StudentHours._meta.concrete_fields if not field.primary_key]
FIGURES = ["counted", "waiting", "not_counted", "required", "rule_set"]  # a sign-off freezes them

# Sent in the transaction, for what leans on the totals: sender=StudentHours, pks of the students.
totals_written = Signal()


def choices_for(student, first_on):
    """The rules of the start of the first placement, and all newer ones (the student gets the better).

    Once signed off, it is those alone under which the record was signed off.
    """
    if student.signed_off_at and (kept := _rules_kept(student)):
        return [rules_for(student, kept)]
    start = in_force_on(first_on)
    return [rules_for(student, found) for found in rule_sets() if found.starts_on >= start.starts_on]


def _rules_kept(student):
    """The rule set of the kept totals, which a sign-off has frozen."""
    kept = StudentHours.objects.filter(student=student.pk).values_list("rule_set", flat=True)
    pk = student.hours.rule_set_id if "hours" in student._state.fields_cache else kept.first()
    return next((found for found in rule_sets() if found.pk == pk), None)


def spent_by(student_ids) -> dict[int, list[Spent]]:
    """The spells of all weeks handed in or approved, by student, for the counting and its receipt. One query."""
    rows = (
        Spell.objects.filter(timesheet__placement__student__in=student_ids)
        .exclude(timesheet__status__in=Timesheet.OPEN)  # said so, SQLite comes by student, not by status
        .order_by("day", "starts")
        .values_list(
            "timesheet__placement__student",
            "timesheet__status",
            "day",
            "starts",
            "minutes",
            "approach",
            "timesheet__placement__employer",
            "timesheet__placement__employer__name",
            "timesheet",
            "finishes",
            "break_minutes",
        )
    )
    found = defaultdict(list)
    for student, status, *spell in rows.iterator(chunk_size=5000):
        found[student].append(Spent(*spell, waiting=status == HANDED_IN))
    return found


def count_for(student, first_on, spells: list[Spent]) -> tuple[Count, Count]:
    """(approved only, approved and waiting) for one student; the second never counts less than the first."""
    choices = choices_for(student, first_on)
    approved = [spent for spent in spells if not spent.waiting]
    found = count_kindly(approved, choices)
    return found, found if len(approved) == len(spells) else count_kindly(spells, choices)


_gathered = ContextVar("gathered", default=None)


@contextmanager
def gathered():
    """Write the totals once, at the end of the block, instead of after every change in it (imports, the demo).

    The block is one transaction, so that nobody sees the rows without their totals.
    """
    ids = set()
    with transaction.atomic():
        before = _gathered.set(ids)
        try:
            yield
        finally:
            _gathered.reset(before)
        rebuild(ids)


def refresh(*student_ids: int):
    """Write the totals of some students afresh, from the rows."""
    if (ids := _gathered.get()) is not None:
        ids.update(student_ids)
    else:
        rebuild(student_ids)


def rebuild(student_ids):
    """Write the totals of `student_ids` afresh, with a fixed number of queries per 500 students."""
    for ids in batches(student_ids):
        _rebuild_some(ids)


@transaction.atomic
def _rebuild_some(ids):
    # Whoever moves another week of the same student meanwhile waits here, and then sees what was moved first.
    locked = Student.objects.select_for_update(of=["self"], no_key=True).order_by("pk")
    students = locked.select_related("tlevel", "specialism").in_bulk(ids)
    spells = spent_by(ids)
    placements = defaultdict(list)
    for placement in Placement.objects.filter(student__in=ids).order_by("first_on").prefetch_related("pattern_days"):
        placements[placement.student_id].append(placement)
    weeks = defaultdict(set)
    waiting = defaultdict(list)
    handed_in = Timesheet.objects.filter(placement__student__in=ids).exclude(status__in=Timesheet.OPEN).order_by()
    for placement, monday, status, at in handed_in.values_list("placement", "monday", "status", "handed_in_at"):
        weeks[placement].add(monday)
        if status == HANDED_IN:
            waiting[placement].append(at)
    away = defaultdict(set)
    for placement, day in Absence.objects.filter(placement__student__in=ids).values_list("placement", "day"):
        away[placement].add(day)
    rows = [_row(student, placements[pk], spells[pk], weeks, away, waiting) for pk, student in students.items()]
    frozen = [row for row in rows if row.student.signed_off_at]
    _keep([row for row in rows if not row.student.signed_off_at], KEPT)
    _keep(frozen, [name for name in KEPT if name not in FIGURES])
    totals_written.send(StudentHours, pks=ids)


def _keep(rows, fields):
    if rows:
        StudentHours.objects.bulk_create(rows, update_conflicts=True, unique_fields=["student"], update_fields=fields)


def _row(student, placements, spells, weeks, away, waiting) -> StudentHours:
    row = StudentHours(student=student, provider_id=student.provider_id, required=student.required_minutes)
    if student.signed_off_at:
        row.last_monday = max((monday for found in placements for monday in weeks[found.pk]), default=None)
        row.stage = Stage.DONE
    elif placements:
        approved, hoped = count_for(student, placements[0].first_on, spells)
        row.counted, row.not_counted = approved.counted, approved.not_counted
        row.waiting = hoped.counted - approved.counted
        row.rule_set_id = approved.rules.rule_set_id
        mondays = [monday for placement in placements for monday in weeks[placement.pk]]
        row.last_monday = max(mondays, default=None)
        row.waiting_since = min((at for placement in placements for at in waiting[placement.pk]), default=None)
        row.stage = _stage(row, {placement.status for placement in placements})
        if row.stage != Stage.DONE:
            awaited = [awaited_mondays(placement, weeks[placement.pk], away[placement.pk]) for placement in placements]
            row.awaited_monday = min((monday for mondays in awaited for monday in islice(mondays, 1)), default=None)
    return row


def _stage(row, statuses) -> str:
    if Placement.Status.ACTIVE in statuses:
        return Stage.ACTIVE
    if Placement.Status.PLANNED in statuses:
        return Stage.PLANNED
    return Stage.DONE if row.counted >= row.required else Stage.WITHOUT


def awaited_mondays(placement, handed_in: set, away: set, since: date = date.min) -> Iterator[date]:
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
