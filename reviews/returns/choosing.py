"""Whose lines a return holds: students by year of entry and T Level, those who left among them.

Who left is told to the results service as well, so the choice is not that of the lists (students.years).
"""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.text import get_text_list

from students.models import Student
from students.tlevels.models import TLevel


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

    def __str__(self):
        tlevel = f", {self.tlevel}" if self.tlevel else ""
        return f"Year of entry {get_text_list(self.years, 'and')}{tlevel}"
