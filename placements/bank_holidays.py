"""Bank holidays of England, and the working days between them."""

from datetime import date, timedelta
from functools import cache, lru_cache

import holidays


@cache
def of_year(year: int) -> dict[date, str]:
    """Bank holidays of England in a calendar year, with their names: substitute days are called as GOV.UK does."""
    found = holidays.country_holidays("GB", subdiv="ENG", years=year)
    return {day: name.replace("(observed)", "(substitute day)") for day, name in found.items()}


@lru_cache(maxsize=4096)  # lists ask for the same few weeks for every row
def bank_holidays(first: date, last: date) -> frozenset[date]:
    """All bank holidays from `first` to `last`, both included."""
    years = range(first.year, last.year + 1)
    return frozenset(day for year in years for day in of_year(year) if first <= day <= last)


def name_of(day: date) -> str:
    """The name of the bank holiday on `day`, or ''."""
    return of_year(day.year).get(day, "")


def named(days) -> str:
    """Bank holidays by name, as sentences: 'Friday 25 December is Christmas Day. Monday 28 December is ...'."""
    return ". ".join(f"{day:%A %-d %B} is {name_of(day)}" for day in days)


def is_working_day(day: date) -> bool:
    """Whether it is neither a Saturday or Sunday nor a bank holiday."""
    return day.weekday() < 5 and not name_of(day)


def working_days_after(day: date, days: int) -> date:
    """The working day that is so many working days after `day`."""
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day
