"""The one writer of Cell, Week and Counted: adds up the standings of a provider."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Subquery
from django.utils import timezone

from placements.timesheets.models import monday_of
from portal.people.models import Provider
from reviews.cohort.begun import placed_by
from reviews.cohort.models import ALL, CURRENT, NOBODY, Cell, Counted, Week
from reviews.cohort.tally import COLUMNS, Sums, Tally, added_up
from reviews.risk.models import Standing
from students.models import Student
from students.tlevels.deadline import first_current, last_chance_of

PATIENCE_PER_STUDENT = timedelta(minutes=1) / 10_000  # a large college is added up less often: it takes a second


def is_due(provider_id: int, now: datetime) -> bool:
    """Whether somebody stands otherwise since the last time, and that was long enough ago."""
    counted = Counted.objects.filter(pk=provider_id).first()
    last = last_change_of(provider_id)
    if counted is None or last is None:
        return last is not None
    return last > counted.at and now >= counted.at + PATIENCE_PER_STUDENT * counted.students


def last_change_of(provider_id: int) -> datetime | None:
    """When one of a provider's students was looked at last, or left: whoever is gone has no standing any more."""
    looked = Standing.objects.filter(provider=provider_id).order_by("-reckoned_at").values("reckoned_at")[:1]
    gone = (
        Student.objects.filter(provider=provider_id, left_on__isnull=False).order_by("-left_at").values("left_at")[:1]
    )
    moments = Provider.objects.filter(pk=provider_id).values_list(Subquery(looked), Subquery(gone)).get()
    return max(filter(None, moments), default=None)


@transaction.atomic
def count(provider_id: int, now: datetime | None = None):
    """Add up all students of a provider, and take down the present week."""
    now = now or timezone.now()
    Provider.objects.select_for_update(no_key=True).get(pk=provider_id)  # one at a time
    sums = sums_of(provider_id, timezone.localdate(now))
    Cell.objects.filter(provider=provider_id).delete()
    Cell.objects.bulk_create(cells_of(provider_id, sums), batch_size=500)
    take_down(provider_id, sums, timezone.localdate(now))
    students = sum(found.students for (year, *kind), found in sums.items() if kind == [ALL, ALL] and year != CURRENT)
    Counted.objects.update_or_create(pk=provider_id, defaults={"at": now, "students": students})


def sums_of(provider_id: int, today) -> dict[tuple, Sums]:
    """Sums by (year of entry, T Level, tutor), straight from the standings."""
    since = first_current(today)

    def keys(year, tlevel, tutor):
        for shown in (year, CURRENT) if year >= since else (year,):
            yield shown, ALL, ALL
            yield shown, tlevel, ALL
            yield shown, ALL, tutor or NOBODY
            if tutor is None:
                yield shown, tlevel, NOBODY

    rows = Standing.objects.filter(provider=provider_id).order_by()
    return added_up(rows.values_list(*COLUMNS).iterator(chunk_size=5000), keys)


def cells_of(provider_id: int, sums: dict) -> list[Cell]:
    return [
        Cell(provider_id=provider_id, entry_year=year, tlevel=tlevel, tutor=tutor, **found.plain())
        for (year, tlevel, tutor), found in sums.items()
    ]


def take_down(provider_id: int, sums: dict, today):
    """Write how each year of entry stands in this week, as long as it can still change."""
    monday, rows = monday_of(today), []
    placed = placed_by(provider_id, monday + timedelta(days=6))
    for (year, tlevel, tutor), found in sums.items():
        if tutor == ALL and year != CURRENT and last_chance_of(year) >= today:
            plain = found.plain()
            tally = Tally().add(plain["counts"], plain["matters"])
            facts = {"students": tally.students, "placed": placed[year, tlevel], "complete": tally.progress[100]}
            facts |= vars(tally.spread)
            rows.append(Week(provider_id=provider_id, entry_year=year, tlevel=tlevel, monday=monday, **facts))
    key = ["provider", "tlevel", "entry_year", "monday"]
    written = [f.name for f in Week._meta.concrete_fields if f.name not in ("id", *key)]
    Week.objects.bulk_create(rows, update_conflicts=True, unique_fields=key, update_fields=written)
