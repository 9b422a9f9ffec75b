"""Values in words: hours, days and moments, the same in sentences, mails and, as filters, in templates."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format


def hours(minutes: int | None) -> str:
    """Whole minutes in words: 2250 -> '37 h 30 min', 30 -> '30 min', 0 -> '0 h', -120 -> '−2 h', None -> ''."""
    if minutes is None:
        return ""
    whole, rest = divmod(abs(minutes), 60)
    parts = ([f"{whole} h"] if whole or not rest else []) + ([f"{rest} min"] if rest else [])
    return ("−" if minutes < 0 else "") + " ".join(parts)


def hours_short(minutes: int | None) -> str:
    """Whole minutes for a narrow column: 2250 -> '37:30', -120 -> '−2:00', None -> ''."""
    if minutes is None:
        return ""
    whole, rest = divmod(abs(minutes), 60)
    return f"{'−' if minutes < 0 else ''}{whole}:{rest:02}"


def day(value: date | None) -> str:
    """A day within a known year: 'Monday 2 March'; None -> ''."""
    return date_format(local(value), "l j F") if value else ""


def long_date(value: date | None) -> str:
    """A date in full: '2 March 2026'; None -> ''."""
    return f"{local(value):%-d %B %Y}" if value else ""


def short_date(value: date | None, today: date | None = None) -> str:
    """A date of this year without it: '2 March'; of another year in full: '29 December 2025'; None -> ''.

    Lists say which day it is `today`: to ask takes longer than all else here.
    """
    if not value or local(value).year != (today or timezone.localdate()).year:
        return long_date(value)
    return f"{local(value):%-d %B}"


def during(first: date, last: date) -> str:
    """From when to when: 'from 5 January 2026 to 27 March 2026', or 'on 5 January 2026' where that is one day."""
    return f"on {long_date(first)}" if first == last else f"from {long_date(first)} to {long_date(last)}"


def short_span(first: date, last: date) -> str:
    """The same as part of a name: '5 January to 27 March', '3 to 4 December', or '3 December'."""
    if first == last:
        return short_date(first)
    is_same_month = (first.year, first.month) == (last.year, last.month)
    return f"{first.day if is_same_month else short_date(first)} to {short_date(last)}"


def moment(value: datetime | None) -> str:
    """A moment, in local time: '2 March 2026 at 14:05'; None -> ''."""
    return f"{long_date(value)} at {date_format(local(value), 'H:i')}" if value else ""


def full_stop(sentence: str) -> str:
    """A sentence with its end, which it may bring along: 'Sent' -> 'Sent.', 'Sent back: Why?' stays."""
    return sentence if not sentence or sentence[-1] in ".?!…" else f"{sentence}."


def local(value):
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
