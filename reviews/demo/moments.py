"""Days and moments as seen from today, and a way to do something as if it were then."""

from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from unittest.mock import patch

from django.utils import timezone

from placements.timesheets.models import monday_of

SEED = "T Level"  # all that is left to chance follows from this


class _AnyDatetime(type):
    """Lets the class that stands in for datetime recognise every datetime as its own."""

    def __instancecheck__(cls, thing):
        return isinstance(thing, datetime)


class _Then(datetime, metaclass=_AnyDatetime):
    """Stands in for datetime while somebody does something at a moment: the innermost one holds."""

    moments = []

    @classmethod
    def now(cls, tz=None):
        return cls.moments[-1].astimezone(tz)


@contextmanager
def at(moment: datetime):
    """Do what the block does as if it were `moment` (aware) now, for all that asks django.utils.timezone."""
    _Then.moments.append(moment)
    try:
        with patch.object(timezone, "datetime", _Then):
            yield
    finally:
        _Then.moments.pop()


class Calendar:
    """The weeks around today. Weeks are numbered backwards: 0 is this one, 1 the last one, -1 the next one."""

    def __init__(self, now: datetime | None = None):
        self.now = now or timezone.now()
        self.today = timezone.localdate(self.now)
        self.monday = monday_of(self.today)

    def week(self, ago: int) -> date:
        """The Monday of the week `ago` weeks before this one."""
        return self.monday - timedelta(weeks=ago)

    def moment(self, day: date, clock: time, *, hours_ago: float = 1) -> datetime:
        """`clock` on `day`; but at least `hours_ago` before now, so that nothing has happened in the future."""
        wanted = timezone.make_aware(datetime.combine(day, clock))
        return min(wanted, self.now - timedelta(hours=hours_ago))


def is_christmas(day: date) -> bool:
    """Whether offices and workshops are closed on `day` for Christmas and the turn of the year."""
    return (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1)
