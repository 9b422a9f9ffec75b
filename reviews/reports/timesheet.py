"""A week laid out by days, as a timesheet on paper shows it."""

from datetime import date
from typing import NamedTuple

from placements.bank_holidays import name_of
from placements.models import PatternDay
from placements.timesheets.models import Absence, Spell, Timesheet


class Day(NamedTuple):
    """One day of a timesheet: what was agreed, what was worked, or why not."""

    day: date
    agreed: PatternDay | None
    spells: list[Spell]
    absence: Absence | None
    bank_holiday: str

    @property
    def minutes(self) -> int:
        return sum(spell.minutes for spell in self.spells)


def days_of(week: Timesheet) -> list[Day]:
    """The days of the week within the placement; a day off on which nothing was done is left out at the weekend.

    No query, where spells, and the placement's pattern days and absences, are prefetched.
    """
    placement = week.placement
    absences = {absence.day: absence for absence in placement.absences.all()}
    days = [
        Day(
            day,
            placement.pattern.on(day) if placement.covers(day) else None,
            [spell for spell in week.spells.all() if spell.day == day],
            absences.get(day),
            name_of(day),
        )
        for day in week.days
    ]
    return [day for day in days if day.day.weekday() < 5 or day.agreed or day.spells or day.absence]
