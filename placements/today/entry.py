"""The entry of a day: the week that it goes to, and its form."""

from dataclasses import dataclass, field
from datetime import date

from placements.models import Placement
from placements.timesheets.models import Spell, Timesheet, monday_of
from placements.timesheets.week import spells_elsewhere
from placements.today.forms import TodayForm
from placements.today.way import Way


@dataclass
class Entry:
    """A day to write down: its week with the spells in it (None where no placement runs), its form (None where the
    day cannot be written down)."""

    day: date
    week: Timesheet | None = None
    spells: list[Spell] = field(default_factory=list)
    form: TodayForm | None = None


def entry_of(way: Way, data=None) -> Entry:
    """Today's entry, as it was sent where there is `data`. One query where the week is stored, one more for `data`."""
    entry = Entry(way.today)
    if not way.placement or way.placement.status != Placement.Status.ACTIVE:
        return entry
    entry.week = week = week_of(way, entry.day)
    entry.spells = list(week.spells.all()) if week.pk else []
    if not (week.placement.covers(entry.day) and week.is_open and not week.typed):
        return entry
    taken = [spell for spell in entry.spells if spell.day == entry.day]
    if data is not None:
        taken += spells_elsewhere(week).filter(day=entry.day)
    entry.form = TodayForm(data, day=entry.day, agreed=week.placement.pattern.on(entry.day), taken=taken)
    return entry


def week_of(way: Way, day: date) -> Timesheet:
    """The stored week of the day at the placement where the student is now, or an unsaved draft."""
    monday = monday_of(day)
    fitting = (week for week in way.weeks if week.placement_id == way.placement.pk and week.monday == monday)
    return next(fitting, None) or Timesheet(placement=way.placement, monday=monday)
