"""The entry of a day: the week that it goes to, its form, or why there is none."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.dateparse import parse_date

from placements.models import Placement
from placements.timesheets.day_form import approaches_at
from placements.timesheets.models import Spell, Timesheet, monday_of
from placements.timesheets.week import spells_elsewhere
from placements.today.forms import TodayForm
from placements.today.kept import kept_spells
from placements.today.way import Way
from portal.posted import whole_number
from portal.words import full_stop

NOT_RIGHT = "something else in your week is not right yet. Mend it first."


@dataclass
class Entry:
    """A day to write down: its week with the spells in it (None where no placement runs), and its form.

    Without a form it cannot be written down: `why_not` ends a sentence that says so.
    """

    day: date
    week: Timesheet | None = None
    spells: list[Spell] = field(default_factory=list)
    form: TodayForm | None = None
    why_not: str = ""


def entry_of(way: Way, data=None) -> Entry:
    """Today's entry; where there is `data`, the entry that was sent, of the day that its page carried.

    One query where the week is stored, one more each where it keeps words, and for `data`.
    """
    entry = Entry(way.today if data is None else min(day_in(data.get("on", "")) or way.today, way.today))
    if not way.placement or way.placement.status != Placement.Status.ACTIVE:
        entry.why_not = "no placement of yours is running."
        return entry
    if data is not None and whole_number(data.get("at", "")) not in (-1, way.placement.pk):
        entry.why_not = "the placement for which this page was opened is over. Write the day into its week."
        return entry
    entry.week = week = week_of(way, way.placement, entry.day)
    entry.spells = list(week.spells.all()) if week.pk else []
    kept = kept_spells(week)
    if why_not := why_closed(week, entry.day, way.today) or (NOT_RIGHT if kept is None else ""):
        entry.why_not = why_not
        return entry
    taken = [spell for spell in entry.spells if spell.day == entry.day]
    taken += [spell for spell in kept if spell.day == entry.day and spell.activity]
    elsewhere = spells_elsewhere(week).filter(day=entry.day).select_related("timesheet__placement__employer")
    agreed, approaches = week.placement.pattern.on(entry.day), approaches_at(week.placement)
    entry.form = TodayForm(data, day=entry.day, agreed=agreed, taken=taken, elsewhere=elsewhere, approaches=approaches)
    return entry


def day_in(text: str) -> date | None:
    """The day that a page says; None for nonsense."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def why_closed(week: Timesheet, day: date, today: date) -> str:
    """Why nothing can be written down for the day; '' where it can."""
    if not week.placement.covers(day):
        return f"{day:%-d %B} is outside your placement."
    if week.is_open:
        return ""
    called = "this week" if today in week.days else f"the week of {week.monday:%-d %B}"
    return f"{called} is no longer open. {full_stop(week.sentence())}"


def week_of(way: Way, placement: Placement, day: date) -> Timesheet:
    """The stored week of the day at one of the student's placements, or an unsaved draft."""
    monday = monday_of(day)
    fitting = (week for week in way.weeks if week.placement_id == placement.pk and week.monday == monday)
    return next(fitting, None) or Timesheet(placement=placement, monday=monday)
