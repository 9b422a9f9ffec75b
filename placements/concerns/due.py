"""When an answer is due: weekends and bank holidays of England do not count, as nobody reads then."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from placements.bank_holidays import is_working_day, working_days_after

OPENS, CLOSES = time(9), time(17)


def due_after_days(moment: datetime, days: int) -> datetime:
    """Five o'clock on the working day that is `days` working days after the day of `moment`."""
    day = working_days_after(timezone.localdate(moment), days)
    return timezone.make_aware(datetime.combine(day, CLOSES))


def due_after_hours(moment: datetime, hours: int) -> datetime:
    """`hours` after `moment`, counted from nine to five on working days."""
    left, now = timedelta(hours=hours), timezone.localtime(moment)
    while True:
        opens, closes = (timezone.make_aware(datetime.combine(now.date(), clock)) for clock in (OPENS, CLOSES))
        if is_working_day(now.date()) and now < closes:
            starts = max(now, opens)
            if starts + left <= closes:
                return starts + left
            left -= closes - starts
        now = timezone.make_aware(datetime.combine(now.date() + timedelta(days=1), time()))
