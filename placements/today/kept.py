"""Words of the week that are not saved yet, beside what is logged from the home: both stay."""

from placements.timesheets.editing import form_of
from placements.timesheets.filling import with_spells
from placements.timesheets.models import Spell, Timesheet
from placements.today.same import is_same
from portal.times_of_day import overlap
from portal.workflow import SomebodyWasQuicker


def kept_spells(week: Timesheet) -> list[Spell] | None:
    """The unsaved spells among the words that the week keeps; None where something in these is wrong."""
    if not week.typed:
        return []
    form = form_of(week)
    return form.spells() if form.is_valid() else None


def put_beside(week: Timesheet, spell: Spell):
    """Put a spell among the kept words of its week: in place of times without a line that it overlaps with."""
    own = [
        other
        for other in kept_on(week, spell)
        if not (is_same(other, spell) or (overlap(other, spell) and not other.activity))
    ]
    keep(week, spell, [*own, spell])


def take_away(week: Timesheet, spell: Spell):
    """Take a spell out of the kept words of its week."""
    keep(week, spell, [other for other in kept_on(week, spell) if not is_same(other, spell)])


def kept_on(week: Timesheet, spell: Spell) -> list[Spell]:
    """The kept spells of the day of `spell`. Raises SomebodyWasQuicker where the words turned wrong meanwhile."""
    spells = kept_spells(week)
    if spells is None:
        raise SomebodyWasQuicker(week)
    return [other for other in spells if other.day == spell.day]


def keep(week: Timesheet, spell: Spell, spells: list[Spell]):
    """Write the kept words anew, with these spells on the day of `spell`; nothing where no words are kept."""
    if week.typed:
        in_turn = sorted(spells, key=lambda one: one.starts)
        week.typed = with_spells(week.typed, spell.day.weekday(), in_turn)
        week.save(update_fields=["typed"])
