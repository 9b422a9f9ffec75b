"""When an induction is overdue: the day of the third placement day, kept so that lists need only compare dates.

A placement day is one with agreed work (no bank holiday, no absence) or with logged hours, from the first day on.
A placement that the portal gets to know more than two weeks after its first day (an import in mid-year) is not reminded
of: its induction took place before. It can still be filled in, or recorded from paper.
"""

from collections import defaultdict
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from placements.bank_holidays import bank_holidays
from placements.induction.models import Induction
from placements.models import Placement
from placements.timesheets.models import Absence, Spell

PLACEMENT_DAYS = 3
KNOWN_IN_TIME_DAYS = 14
LOOKED_THROUGH_DAYS = 42  # a day a week with a holiday in between is found well within


def third_day(placement: Placement, away: set[date], logged: set[date]) -> date | None:
    """The third placement day, or None where there are fewer in the first months."""
    last = min(placement.last_on, placement.first_on + timedelta(days=LOOKED_THROUGH_DAYS))
    closed = bank_holidays(placement.first_on, last)
    found, day = 0, placement.first_on
    while day <= last:
        is_agreed = placement.pattern.on(day) is not None and day not in closed and day not in away
        if is_agreed or day in logged:
            found += 1
            if found == PLACEMENT_DAYS:
                return day
        day += timedelta(days=1)
    return None


@transaction.atomic
def refresh(*keys: int):
    """Make the induction of each placement where there is none, and keep its third day. Five queries for any number.

    Work tasters have none.
    """
    placements = list(Placement.objects.without_tasters().filter(pk__in=keys).prefetch_related("pattern_days"))
    known = {row.placement_id: row for row in Induction.objects.filter(placement__in=placements)}
    open_ones = [p for p in placements if p.pk not in known or known[p.pk].status != Induction.Status.CONFIRMED]
    away, logged = days_of(Absence.objects.filter(placement__in=open_ones), "placement"), days_logged(open_ones)
    fresh, changed = [], []
    for placement in open_ones:
        day = third_day(placement, away[placement.pk], logged[placement.pk])
        if placement.pk not in known:
            fresh.append(Induction(placement=placement, third_day_on=day))
        elif known[placement.pk].third_day_on != day:
            known[placement.pk].third_day_on = day
            changed.append(known[placement.pk])
    Induction.objects.bulk_create(fresh, ignore_conflicts=True)
    Induction.objects.bulk_update(changed, ["third_day_on"], batch_size=200)


def refresh_one(placement: Placement) -> Induction | None:
    """The same for one placement in hand. Returns the induction, or None where it is confirmed, or of no interest."""
    if placement.is_taster:
        return None
    found = Induction.objects.filter(placement=placement).first() or Induction(placement=placement)
    is_late = found.pk is None and placement.first_on < known_since()
    if is_late or found.status == Induction.Status.CONFIRMED:
        return None
    found.placement, day = placement, None
    if placement.pattern_days.exists():
        fresh = Placement.objects.prefetch_related("pattern_days").get(pk=placement.pk)
        away, logged = days_of(Absence.objects.filter(placement=placement), "placement"), days_logged([placement])
        day = third_day(fresh, away[placement.pk], logged[placement.pk])
    if found.pk is None:
        found.third_day_on = day
        Induction.objects.bulk_create([found], ignore_conflicts=True)
    elif found.third_day_on != day:
        Induction.objects.filter(pk=found.pk).update(third_day_on=day)
    return found


def days_of(rows, way: str) -> dict[int, set[date]]:
    found = defaultdict(set)
    for placement, day in rows.order_by().values_list(way, "day"):
        found[placement].add(day)
    return found


def days_logged(placements) -> dict[int, set[date]]:
    return days_of(Spell.objects.filter(timesheet__placement__in=placements).distinct(), "timesheet__placement")


def induction_of(placement: Placement) -> Induction:
    """The induction of a placement, made where there is none yet. Call at a POST only."""
    if not Induction.objects.filter(placement=placement).exists():
        refresh(placement.pk)
    found = Induction.objects.get(placement=placement)
    found.placement = placement
    return found


def without_one():
    """Placements that run or are planned and have no induction row yet (those that came in bulk, and in time)."""
    rows = Placement.objects.without_tasters().filter(induction=None, first_on__gte=known_since())
    return rows.exclude(status=Placement.Status.ENDED).order_by("pk")


def known_since() -> date:
    """First days before this one are too long ago to ask for the induction."""
    return timezone.localdate() - timedelta(days=KNOWN_IN_TIME_DAYS)


def is_after_start(placement: Placement) -> bool:
    """Whether the first day has come."""
    return placement.status != Placement.Status.PLANNED and placement.first_on <= timezone.localdate()
