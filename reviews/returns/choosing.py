"""Whose lines a return holds: students by year of entry and T Level, those who left among them.

Who left is told to the results service as well, so the choice is not that of the lists (students.years).
"""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.http import urlencode
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

    @property
    def asked(self) -> dict:
        """What a page or form asks for these students with; nothing stands for all whose results are due."""
        asked = {"year": self.years[0] if len(self.years) == 1 else "", "tlevel": self.tlevel and self.tlevel.pk}
        return {name: value for name, value in asked.items() if value}

    @property
    def address(self) -> str:
        """The same as the query of an address, '' where it asks for nothing."""
        return f"?{urlencode(self.asked)}" if self.asked else ""

    def __str__(self):
        tlevel = f", {self.tlevel}" if self.tlevel else ""
        return f"Year of entry {get_text_list(self.years, 'and')}{tlevel}"
