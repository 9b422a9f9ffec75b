"""Moving the days of a placement: the pattern moves with the first day, and working time is looked at again.

The times of a work taster were agreed for each weekday of its days, so they hold on those that are added as well.
"""

from datetime import date, timedelta

from django.db import transaction

from placements.bank_holidays import bank_holidays
from placements.models import PatternDay, Placement
from placements.pattern import Pattern, pattern_changed, write_pattern
from placements.setup import changing, plan
from placements.setup.tasters import TasterDays
from portal.history import models as history


def moved_versions(pattern: Pattern, first_on: date, last_on: date) -> list[tuple[date, list]]:
    """The versions of a pattern for other dates: the one of the first day begins there; none after the end."""
    if not pattern:
        return []
    versions = [(start, list(days.values())) for start, days in pattern.versions]
    begun = [number for number, (start, _) in enumerate(versions) if start <= first_on]
    at_first = begun[-1] if begun else 0
    later = [(start, days) for start, days in versions[at_first + 1 :] if start <= last_on]
    return [(first_on, versions[at_first][1]), *later]


def pattern_on(placement: Placement, first_on: date, last_on: date) -> Pattern:
    """The pattern of a placement, given with its days of now, as it would be with others."""
    added = added_days(placement, first_on, last_on)
    return Pattern.of([(first_on, added)] if added else moved_versions(placement.pattern, first_on, last_on))


def added_days(placement: Placement, first_on: date, last_on: date) -> list[PatternDay]:
    """The days of a work taster's pattern where other first and last days change them; else []."""
    return TasterDays.of(placement).added(first_on, last_on) if placement.is_taster else []


def problems_of_dates(placement: Placement, first_on: date, last_on: date) -> list[str]:
    """Why the agreed pattern may not be worked between these days, as sentences; [] if it may."""
    pattern = pattern_on(placement, first_on, last_on)
    if not pattern:
        return []
    others = plan.overlapping(placement, first_on, last_on)
    return plan.said_once(plan.problems_together(placement.student, pattern, others, first_on, last_on))


@transaction.atomic
def store_with_dates(placement: Placement, *, seen: int, by) -> list[str]:
    """Store a placement whose dates may have moved; raises SomebodyWasQuicker. The pattern follows."""
    before = Placement.objects.select_related("manager").get(pk=placement.pk)
    found = changing.change_placement(placement, seen=seen, by=by)
    let_pattern_follow(before, placement, by=by)
    return found


@transaction.atomic
def resume(placement: Placement, *, last_on: date, by):
    """Take a placement up again until `last_on`; the pattern of a work taster follows. Raises Refused."""
    before = Placement.objects.get(pk=placement.pk)
    placement.resume(by=by, last_on=last_on)
    let_pattern_follow(before, placement, by=by)


def problems_of_resuming(placement: Placement, today: date, last_on: date) -> list[str]:
    """Why the agreed pattern may not be worked from today until `last_on`, as sentences; [] if it may."""
    pattern = pattern_on(placement, placement.first_on, last_on)
    if not pattern:
        return []
    others = plan.overlapping(placement, today, last_on)
    return plan.said_once(plan.problems_together(placement.student, pattern, others, today, last_on))


def agreed_meanwhile(placement: Placement, today: date) -> int:
    """Minutes of the pattern from the end of a placement until yesterday, bank holidays left out."""
    first, last = placement.last_on + timedelta(days=1), today - timedelta(days=1)
    if first > last:
        return 0
    return placement.pattern.minutes_between(first, last, without=bank_holidays(first, last))


def let_pattern_follow(before: Placement, placement: Placement, *, by):
    """The pattern of a placement whose days are others now than `before`."""
    if days := added_days(before, placement.first_on, placement.last_on):
        placement.pattern_days.all().delete()
        write_pattern(placement, placement.first_on, days, by=by)
    elif before.first_on != placement.first_on and placement.pattern:
        move_pattern(placement, by=by)


def move_pattern(placement: Placement, *, by):
    """Let the pattern begin on the first day; versions that ended before it, or begin after the last day, go."""
    versions = moved_versions(placement.pattern, placement.first_on, placement.last_on)
    if [start for start, _ in placement.pattern.versions] == [start for start, _ in versions]:
        return
    rows = [(start, day) for start, days in versions for day in days]
    placement.pattern_days.all().delete()
    for start, day in rows:
        day.pk, day.valid_from = None, start
    placement.pattern_days.model.objects.bulk_create([day for _, day in rows])
    placement.__dict__.pop("pattern", None)
    history.record(placement, f"had the days and times begin on {placement.first_on:%-d %B %Y}", by=by)
    pattern_changed.send(sender=Placement, instance=placement)
