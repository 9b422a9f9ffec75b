"""The working pattern: which hours are agreed for which day."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import accumulate, groupby

from django.db import transaction
from django.dispatch import Signal

from portal.history.models import record

# Sent after a placement's pattern was written: sender=Placement, instance.
pattern_changed = Signal()


class Pattern:
    """A placement's working pattern over time, made of PatternDay rows (in order of valid_from) or their likes.

    Days before the first `valid_from` follow the first pattern. A weekday without a row is a day off.
    """

    def __init__(self, days: Iterable):
        self._hold(groupby(days, lambda d: d.valid_from))

    @classmethod
    def of(cls, versions: Iterable[tuple[date, Iterable]]) -> "Pattern":
        """The pattern of (valid from, days), in their order, whatever the days themselves say."""
        pattern = cls([])
        pattern._hold(versions)
        return pattern

    def _hold(self, versions):
        self.versions = [(valid_from, {day.weekday: day for day in rows}) for valid_from, rows in versions]
        # Running sums of the minutes of two weeks, for each version: lists add up patterns hundreds of times a page.
        self._sums = [
            [0, *accumulate(rows[n % 7].minutes if n % 7 in rows else 0 for n in range(14))]
            for _, rows in self.versions
        ]

    def __bool__(self):
        return bool(self.versions)

    def in_force_on(self, day: date) -> dict:
        """The pattern of `day`: {weekday: PatternDay}."""
        found = {}
        for valid_from, rows in self.versions:
            if valid_from <= day or not found:
                found = rows
        return found

    def with_version(self, valid_from: date, days: Iterable, *, replaces: date | None = None) -> "Pattern":
        """The pattern as it would be with `days` (of a form, or stored) from `valid_from` on."""
        versions = {start: rows.values() for start, rows in self.versions if start != replaces}
        return Pattern.of(sorted((versions | {valid_from: days}).items(), key=lambda version: version[0]))

    def on(self, day: date):
        """The PatternDay agreed for `day`, or None for a day off."""
        return self.in_force_on(day).get(day.weekday())

    def minutes_on(self, day: date) -> int:
        agreed = self.on(day)
        return agreed.minutes if agreed else 0

    def minutes_between(self, first: date, last: date, without=frozenset()) -> int:
        """Agreed minutes from `first` to `last` (both included), leaving out the days in `without` (a set)."""
        if not self.versions:
            return 0
        total, start = 0, first
        ends = [valid_from - timedelta(days=1) for valid_from, _ in self.versions[1:]]
        for sums, end in zip(self._sums, [*ends, last], strict=True):
            end = min(end, last)
            if start <= end:
                whole_weeks, rest = divmod((end - start).days + 1, 7)
                weekday = start.weekday()
                total += whole_weeks * sums[7] + sums[weekday + rest] - sums[weekday]
                start = end + timedelta(days=1)
        return total - sum(self.minutes_on(day) for day in without if first <= day <= last)

    def described(self, day: date) -> str:
        """The pattern of `day` in a sentence part: 'Mon and Tue 09:00 to 17:00, Wed 10:00 to 15:00'."""
        times = {}
        for weekday, agreed in sorted(self.in_force_on(day).items()):
            times.setdefault(str(agreed), []).append(WEEKDAYS[weekday])
        return ", ".join(
            f"{' and '.join(days) if len(days) < 3 else spanned(days)} {hours}" for hours, days in times.items()
        )


WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def spanned(days: list[str]) -> str:
    """'Mon to Fri' where the days follow each other, else 'Mon, Wed and Fri'."""
    first = WEEKDAYS.index(days[0])
    if days == WEEKDAYS[first : first + len(days)]:
        return f"{days[0]} to {days[-1]}"
    return f"{', '.join(days[:-1])} and {days[-1]}"


@transaction.atomic
def write_pattern(placement, valid_from: date, days: Iterable, *, by):
    """Set the pattern that is valid from a day on; `days` are unsaved PatternDay rows. Later patterns stay.

    Whether it keeps within working time is for the caller to check first (placements.working_time.plan_problems).
    """
    placement.pattern_days.filter(valid_from=valid_from).delete()
    model = placement.pattern_days.model
    for day in days:
        day.placement, day.valid_from = placement, valid_from
    model.objects.bulk_create(days)
    placement.__dict__.pop("pattern", None)
    record(
        placement,
        f"set the working pattern from {valid_from:%-d %B %Y}: {placement.pattern.described(valid_from)}",
        by=by,
    )
    pattern_changed.send(sender=type(placement), instance=placement)
