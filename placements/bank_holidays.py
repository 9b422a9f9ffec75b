"""Bank holidays of England."""

from datetime import date
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
