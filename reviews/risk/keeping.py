"""The one writer of Standing."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from placements.hours.courses import facts_for
from placements.hours.models import Stage
from placements.hours.projection import project
from placements.hours.totals import is_missing
from placements.models import Placement
from placements.several import without_tasters
from portal.batches import batches
from reviews.risk.judging import judge
from reviews.risk.models import Phase, Standing
from reviews.risk.signs import Signs, signs_of
from students.models import Student
from students.tlevels.deadline import first_current

ENDING_DAYS = 28
KEPT = [f.name for f in Standing._meta.concrete_fields if f.name not in ("student", "is_stale")]


def touch(student_ids: Iterable[int]):
    """Something has happened to these students: the clock looks at them again. One query."""
    Standing.objects.filter(pk__in=list(student_ids)).update(is_stale=True)


def reckon(student_ids: Iterable[int], now: datetime | None = None):
    """Look at these students and write how they stand, with a fixed number of queries per 500 of them.

    Those who left the T Level have no standing.
    """
    now = now or timezone.now()
    for ids in batches(student_ids):
        _reckon_some(ids, now)


@transaction.atomic
def _reckon_some(ids: list[int], now: datetime):
    # The lock first: whatever happens to one of them from now on marks the row again, once this is done.
    locked = Student.objects.select_for_update(of=["self"], no_key=True).filter(
        pk__in=ids, hours__isnull=False, left_on=None
    )
    students = list(locked.select_related("hours").order_by("pk"))
    Standing.objects.filter(pk__in=ids, is_stale=True).update(is_stale=False)
    keys = [student.pk for student in students]
    courses, signs = facts_for(keys, timezone.localdate(now)), signs_of(keys, now)
    rows = [standing_of(student, courses[student.pk], signs[student.pk], now) for student in students]
    Standing.objects.bulk_create(rows, update_conflicts=True, unique_fields=["student"], update_fields=KEPT)


def standing_of(student: Student, courses: list, signs: Signs, now: datetime) -> Standing:
    """How a student stands, from the totals, placements and signs; not written."""
    today, totals = timezone.localdate(now), student.hours
    is_signed_off = student.signed_off_at is not None
    projection = project(
        counted=totals.counted,
        waiting=totals.waiting,
        required=totals.required,
        courses=courses,
        today=today,
        is_signed_off=is_signed_off,
    )
    awaited, signs = (None, Signs()) if is_signed_off else (totals.awaited_monday, signs)
    risk = judge(
        projection,
        entry_year=student.entry_year,
        born_on=student.born_on,
        awaited_monday=awaited,
        signs=signs,
        today=today,
        is_signed_off=is_signed_off,
    )
    beyond = risk.out_of_reach
    return Standing(
        student=student,
        provider_id=student.provider_id,
        tlevel_id=student.tlevel_id,
        tutor_id=student.tutor_id,
        entry_year=student.entry_year,
        phase=phase_of(totals, courses, today),
        level=risk.level,
        reasons=list(risk.reasons),
        coverage=risk.coverage,
        ground=beyond.ground if beyond else 0,
        short=beyond.short if beyond else 0,
        progress=min(100 * totals.counted // totals.required, 100) if totals.required else 100,
        missing=is_missing(awaited, today),
        sent_back=signs.sent_back,
        without_goals=signs.without_goals,
        meetings=signs.meetings,
        forms=signs.forms,
        reckoned_at=now,
        reckoned_on=today,
    )


def phase_of(totals, courses: list, today) -> str:
    """Ending: on placement, with the hours reached or the last day within four weeks."""
    if totals.stage == Stage.ACTIVE:
        last_on = max(c.last_on for c in without_tasters(courses) if c.status == Placement.Status.ACTIVE)
        is_ending = totals.counted >= totals.required or last_on <= today + timedelta(days=ENDING_DAYS)
        return Phase.ENDING if is_ending else Phase.ACTIVE
    return Phase(totals.stage)


def due(now: datetime, at_most: int) -> list[int]:
    """Whom the clock looks at next: those to whom something happened, new ones, those not looked at today."""
    found = list(Standing.objects.filter(is_stale=True).values_list("pk", flat=True)[:at_most])
    if len(found) < at_most:
        new = Student.objects.filter(standing=None, hours__isnull=False, left_on=None).order_by()
        found += new.values_list("pk", flat=True)[: at_most - len(found)]
    if len(found) < at_most:
        today = timezone.localdate(now)
        old = Standing.objects.filter(~Q(pk__in=found), reckoned_on__lt=today, entry_year__gte=first_current(today))
        found += old.values_list("pk", flat=True)[: at_most - len(found)]
    return found
