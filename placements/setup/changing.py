"""Changing a placement: each act in one transaction, with its history, and refused where somebody was quicker."""

from datetime import date
from operator import itemgetter

from django.db import transaction
from django.db.models import F, ProtectedError

from placements.handing_over import hand_over
from placements.hours.totals import gathered, refresh
from placements.models import Placement
from placements.pattern import pattern_changed, write_pattern
from portal.history import models as history
from portal.workflow import Refused, SomebodyWasQuicker
from students.frozen import refuse_if_frozen


@transaction.atomic
def add_placement(placement: Placement, *, by) -> Placement:
    """Store a new placement. Raises Refused once the student is signed off."""
    refuse_if_frozen(placement.student_id)
    history.save(placement, by=by)
    return placement


def add_taster(taster: Placement, days, *, by) -> Placement:
    """Store a new work taster with its days and times. Raises Refused once the student is signed off."""
    with gathered():
        add_placement(taster, by=by)
        write_pattern(taster, taster.first_on, days, by=by)
    return taster


@transaction.atomic
def change_placement(placement: Placement, *, seen: int, by) -> list[str]:
    """Store the changed facts of a placement that was shown at version `seen`, or raise SomebodyWasQuicker."""
    take_turn(placement, seen=seen)
    before = Placement.objects.select_related("manager").get(pk=placement.pk).manager
    found = history.save(placement, by=by)
    hand_over(placement, before, by=by)
    return found


def take_turn(placement: Placement, *, seen: int):
    """Take the right to write, once; the conditional UPDATE holds the row until the transaction ends.

    Raises SomebodyWasQuicker, and Refused once the student is signed off.
    """
    refuse_if_frozen(placement.student_id)
    if not Placement.objects.filter(pk=placement.pk, version=seen).update(version=F("version") + 1):
        raise SomebodyWasQuicker(placement)
    placement.version = seen + 1


@transaction.atomic
def set_pattern(placement: Placement, valid_from: date, days, *, replaces: date | None, seen: int, by) -> bool:
    """Store a pattern; one that it `replaces` from another day goes. False where just this is agreed already.

    Of two in a row that say the same, the later one is none.
    """
    take_turn(placement, seen=seen)
    before = {start: times_of(rows.values()) for start, rows in placement.pattern.versions}
    after = {start: times for start, times in before.items() if start != replaces} | {valid_from: times_of(days)}
    kept = without_repeats(after)
    if kept == without_repeats(before):
        return False
    placement.pattern_days.exclude(valid_from__in=[*kept, valid_from]).delete()
    write_pattern(placement, valid_from, days, by=by)
    placement.pattern_days.exclude(valid_from__in=list(kept)).delete()
    for start in sorted({*before} - {*kept}):
        history.record(placement, f"removed the working pattern from {start:%-d %B %Y}", by=by)
    placement.__dict__.pop("pattern", None)
    return True


def times_of(days) -> set[tuple]:
    """What is agreed for a week, to be compared."""
    return {(day.weekday, day.starts, day.finishes, day.break_minutes) for day in days}


def without_repeats(versions: dict[date, set]) -> dict[date, set]:
    """Versions of a pattern by their first day, in order, without those that say what the one before says."""
    found, last = {}, None
    for start, times in sorted(versions.items(), key=itemgetter(0)):
        if times != last:
            found[start] = last = times
    return found


@transaction.atomic
def remove_pattern(placement: Placement, valid_from: date, *, seen: int, by):
    """Take a later pattern away; the one before holds on. Raises Refused for the only or first one."""
    starts = [start for start, _ in placement.pattern.versions]
    if valid_from not in starts[1:]:
        raise Refused("Only a later pattern can be removed. The first one can be changed.")
    take_turn(placement, seen=seen)
    placement.pattern_days.filter(valid_from=valid_from).delete()
    placement.__dict__.pop("pattern", None)
    history.record(placement, f"removed the working pattern from {valid_from:%-d %B %Y}", by=by)
    pattern_changed.send(sender=Placement, instance=placement)


@transaction.atomic
def remove_placement(placement: Placement, *, by):
    """Take a planned placement away that was a mistake. Raises Refused with the reason."""
    if placement.status != Placement.Status.PLANNED:
        raise Refused("Only a planned placement can be removed. This one can be ended.")
    refuse_if_frozen(placement.student_id)
    student, said = placement.student, f"{placement.employer} from {placement.first_on:%-d %B %Y}"
    try:
        with transaction.atomic():
            # Weeks in which nothing is written, but perhaps that the student will be away.
            placement.timesheets.filter(status="draft", minutes=0, message_begun="", typed__isnull=True).delete()
            placement.delete()
    except ProtectedError as error:
        raise Refused("Weeks were written down for this placement, so it is kept.") from error
    refresh(student.pk)
    history.record(student, f"removed the planned {placement.called} at {said}", by=by)
