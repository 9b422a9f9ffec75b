"""Writing today into the week, and taking it out again."""

from django.db import transaction

from placements.timesheets.models import Spell, Timesheet
from placements.timesheets.week import ensure_saved
from placements.today.kept import put_beside, take_away
from placements.today.same import is_same
from portal.times_of_day import overlap
from portal.workflow import SomebodyWasQuicker


@transaction.atomic
def add_spell(week: Timesheet, spell: Spell) -> Spell:
    """Add one spell to an open week; returns it as it is stored, which a first click may have done already.

    What else was written since the week was read stays. Raises SomebodyWasQuicker where that is in the way; Refused
    once the student is signed off.
    """
    week = ensure_saved(week)
    read_anew(week)
    stored = list(week.spells.filter(day=spell.day))
    for other in stored:
        if is_same(spell, other):
            return other
    if any(overlap(spell, other) for other in stored):
        raise SomebodyWasQuicker(week)
    week.take_turn(seen=week.version)
    put_beside(week, spell)
    spell.timesheet = week
    spell.save()
    week.minutes += spell.minutes
    week.save(update_fields=["minutes"])
    return spell


@transaction.atomic
def take_out(spell: Spell):
    """Delete one spell of an open week; one that is gone already stays gone. Raises as `add_spell`."""
    week = spell.timesheet
    read_anew(week)
    week.take_turn(seen=week.version)
    take_away(week, spell)
    if week.spells.filter(pk=spell.pk).delete()[0]:
        week.minutes -= spell.minutes
        week.save(update_fields=["minutes"])


def read_anew(week: Timesheet):
    """Hold the week until the transaction ends, as it is by now."""
    names = ["status", "version", "minutes", "typed"]
    week.refresh_from_db(fields=names, from_queryset=Timesheet.objects.select_for_update(no_key=True))
