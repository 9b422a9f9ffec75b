"""A week as its manager looks at it: what was agreed beside what is claimed, and every difference in words.

Plain values and no queries: the rows come in, the differences come out. Minutes throughout.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from placements.bank_holidays import name_of
from placements.timesheets.models import away_yet_at_work
from placements.working_time import in_hours
from students.tlevels.models import Approach
from students.tlevels.rules import in_force_on, notes_of

DIFFERENCES = ("away",)  # flags of which the difference beside them speaks already


@dataclass
class Day:
    """One day of a week: the PatternDay `agreed` or None, the `spells` claimed, the `absence` told or None."""

    day: date
    agreed: object = None
    spells: list = field(default_factory=list)
    absence: object = None
    flags: list = field(default_factory=list)

    @property
    def claimed_minutes(self) -> int:
        return sum(spell.minutes for spell in self.spells)

    @property
    def agreed_minutes(self) -> int:
        """What counts as agreed: on a bank holiday nothing, whatever its weekday is otherwise."""
        return self.agreed.minutes if self.agreed and not self.holiday else 0

    @property
    def holiday(self) -> str:
        """The name of the bank holiday, or ''."""
        return name_of(self.day)

    @property
    def is_shown(self) -> bool:
        return bool(self.agreed or self.spells or self.absence)

    @property
    def difference(self) -> str:
        """How the hours claimed differ from those agreed, as a few words; '' where there is nothing to mark."""
        if not self.spells:
            return "" if self.absence or self.holiday else "nothing written"
        if self.absence and away_yet_at_work(self.claimed_minutes, self.agreed_minutes):
            return f"away, yet {in_hours(self.claimed_minutes)} claimed"
        if not self.agreed:
            return "not in the pattern"
        if self.holiday:
            return "worked on a bank holiday"
        more = self.claimed_minutes - self.agreed_minutes
        if more:
            return f"{in_hours(abs(more))} {'longer' if more > 0 else 'shorter'} than agreed"
        first, last = self.spells[0].starts, self.spells[-1].finishes
        if (first, last) != (self.agreed.starts, self.agreed.finishes):
            return "other times than agreed"
        return ""

    @property
    def is_explained(self) -> bool:
        """Fewer hours than agreed, and the student says why."""
        return bool(self.absence) and self.claimed_minutes < self.agreed_minutes


@dataclass
class Week:
    """One timesheet with its days and its history, ready to be shown."""

    timesheet: object
    days: list[Day]
    flags: list
    events: list = field(default_factory=list)

    @property
    def placement(self):
        return self.timesheet.placement

    @property
    def student(self):
        return self.placement.student.user

    @property
    def differences(self) -> int:
        """How many days differ from what was agreed."""
        return sum(1 for day in self.days if day.difference)

    @property
    def differing_days(self) -> str:
        return (
            "1 day differs from what was agreed"
            if self.differences == 1
            else f"{self.differences} days differ from what was agreed"
        )

    @property
    def balance(self) -> str:
        """The whole week against the agreement: '2 h more than agreed', or ''."""
        more = self.timesheet.minutes - self.timesheet.planned_minutes
        return f"{in_hours(abs(more))} {'more' if more > 0 else 'less'} than agreed" if more else ""

    @property
    def approaches(self) -> list[tuple[str, str]]:
        """(approach, what it means) of whatever was not worked in person, where the rules say what it means."""
        used = {spell.approach for day in self.days for spell in day.spells} - {Approach.IN_PERSON}
        notes = notes_of(in_force_on(self.placement.first_on)) if used else {}
        return [(label, notes[value]) for value, label in Approach.choices if value in used and value in notes]

    @property
    def shown(self) -> str:
        """What a form sends back to say which state of the week was on the screen."""
        return f"{self.timesheet.pk}:{self.timesheet.version}"


def compare(timesheet, absences: Iterable, flags: Iterable, events: Iterable = ()) -> Week:
    """Lay out a timesheet whose spells and pattern days are prefetched; `absences` and `flags` are of its days."""
    placement = timesheet.placement
    days = {day: Day(day, placement.pattern.on(day) if placement.covers(day) else None) for day in timesheet.days}
    for spell in timesheet.spells.all():
        days[spell.day].spells.append(spell)
    for absence in absences:
        days[absence.day].absence = absence
    whole_week = []
    for flag in flags:
        if flag.code in DIFFERENCES:
            continue
        (days[flag.day].flags if flag.is_of_a_day else whole_week).append(flag)
    return Week(timesheet, [day for day in days.values() if day.is_shown], whole_week, list(events))
