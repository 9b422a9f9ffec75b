"""By when the hours have to be reached.

The guidance: the status is due by 31 July, and 31 October is the last date to be certificated with one's peers.
"""

from datetime import date

from portal.words import long_date
from students.tlevels.models import academic_year

YEARS = 2  # a T Level takes two academic years
DAYS_LEFT_TO_CERTIFICATE = date(2026, 10, 31) - date(2026, 7, 31)


def deadline_of(entry_year: str) -> date:
    """31 July of the final year of those who began in `entry_year` ('2025/26': 31 July 2027)."""
    return date(int(entry_year[:4]) + YEARS, 7, 31)


def last_chance_of(entry_year: str) -> date:
    """31 October after it: the last date to be certificated with one's peers."""
    return deadline_of(entry_year) + DAYS_LEFT_TO_CERTIFICATE


def is_final_year(entry_year: str, today: date) -> bool:
    """Whether the final academic year has begun."""
    return today >= date(int(entry_year[:4]) + YEARS - 1, 9, 1)


def current_years(today: date) -> list[str]:
    """Years of entry whose students can still be certificated with their peers, the earliest first."""
    first = int(academic_year(today)[:4])
    years = [f"{year}/{(year + 1) % 100:02d}" for year in range(first - YEARS, first + 1)]
    return [year for year in years if last_chance_of(year) >= today]


def years_due(today: date) -> list[str]:
    """Those of them who are in their final year, or just past it: their status is due in the results service."""
    return [year for year in current_years(today) if is_final_year(year, today)]


def first_current(today: date) -> str:
    """The earliest of them. Whoever began then or later is on their course, or comes to it: years compare as text."""
    return current_years(today)[0]


def by_when(entry_year: str, today: date) -> str:
    """Until when there is time, in words for the student."""
    until = deadline_of(entry_year)
    if today <= until:
        return (
            f"You have time until {long_date(until)}, the end of your final year. If it gets tight, talk to your "
            "tutor: there are ways to help."
        )
    return f"{long_date(until)} has passed. Talk to your tutor: together you find out what is still possible."
