"""This week at a glance: what is written down and what is agreed, at all employers of the week together."""

from dataclasses import dataclass
from datetime import date

from placements.bank_holidays import name_of
from placements.timesheets.models import Absence, Spell, Timesheet
from placements.timesheets.week import spells_elsewhere
from placements.today.entry import week_of
from placements.today.way import Way


@dataclass(frozen=True)
class Day:
    """One day: the minutes written down, the minutes agreed, why one is away; all of them added up."""

    day: date
    minutes: int
    agreed: int
    absence: Absence | None

    @property
    def bank_holiday(self) -> str:
        return name_of(self.day)


@dataclass(frozen=True)
class Glance:
    """The running week: its days, and the timesheets that they lie in, one for each placement that goes on."""

    days: list[Day]
    weeks: list[Timesheet]


def glance_of(way: Way, week: Timesheet, spells: list[Spell]) -> Glance:
    """The week of today; `week` is the one that is looked at, with its `spells`. One query more where others go on."""
    weeks = [week if one == way.placement else week_of(way, one, way.today) for one in way.running] or [week]
    if len(weeks) > 1:
        spells = [*spells, *spells_elsewhere(week)]
    return Glance([day_of(day, way, weeks, spells) for day in week.days], weeks)


def day_of(day: date, way: Way, weeks: list[Timesheet], spells: list[Spell]) -> Day:
    away = (way.absent.get(week.placement_id, {}).get(day) for week in weeks)
    return Day(
        day,
        minutes=sum(spell.minutes for spell in spells if spell.day == day),
        agreed=sum(week.placement.agreed_minutes(day, day) for week in weeks),
        absence=next(filter(None, away), None),
    )
