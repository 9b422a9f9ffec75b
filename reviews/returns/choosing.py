"""Whose lines a return holds: students by year of entry and T Level, those who left among them.

Who left is told to the results service as well, so the choice is not that of the lists (students.years).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.http import urlencode
from django.utils.text import get_text_list

from students.models import Student
from students.tlevels.deadline import current_years, years_due
from students.tlevels.models import TLevel


class Usual(NamedTuple):
    """Whose lines a kind of return holds where nobody chose: the years of entry, by the day."""

    label: str
    years: Callable[[date], list[str]]


FINAL_YEAR = Usual("Final year, due by 31 July", years_due)
ON_COURSE = Usual("All years on course", current_years)


def named(years: list[str]) -> str:
    """'Year of entry 2024/25 and 2025/26'."""
    return f"Year of entry {get_text_list(years, 'and')}"


@dataclass(frozen=True)
class Choice:
    """The students that were chosen, in words that a record can keep."""

    years: list[str]
    tlevel: TLevel | None

    def of(self, students: QuerySet[Student]) -> QuerySet[Student]:
        """Those of `students` in the order of their names."""
        chosen = students.filter(entry_year__in=self.years)
        if self.tlevel:
            chosen = chosen.filter(tlevel=self.tlevel)
        return chosen.order_by("user__last_name", "user__first_name", "pk")

    @property
    def asked(self) -> dict:
        """What a page or form asks for these students with, on any day."""
        return {"year": ",".join(self.years)} | ({"tlevel": self.tlevel.pk} if self.tlevel else {})

    @property
    def address(self) -> str:
        """The same as the query of an address."""
        return f"?{urlencode(self.asked)}"

    def __str__(self):
        tlevel = f", {self.tlevel}" if self.tlevel else ""
        return f"{named(self.years)}{tlevel}"
