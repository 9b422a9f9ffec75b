"""Bank holidays of England."""

from datetime import date
from functools import cache

import holidays


@cache
def of_year(year: int) -> dict[date, str]:
    """Bank holidays of England in a calendar year, with their names."""
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year))


def bank_holidays(first: date, last: date) -> set[date]:
    """All bank holidays from `first` to `last`, both included."""
    years = range(first.year, last.year + 1)
    return {day for year in years for day in of_year(year) if first <= day <= last}


def name_of(day: date) -> str:
    """The name of the bank holiday on `day`, or ''."""
    return of_year(day.year).get(day, "")
