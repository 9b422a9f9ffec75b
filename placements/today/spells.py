"""Writing today into the week, and taking it out again."""

from django.db import transaction

from placements.timesheets.models import Spell, Timesheet
from placements.timesheets.week import ensure_saved


@transaction.atomic
def add_spell(week: Timesheet, spell: Spell):
    """Add one spell to an open week. Raises SomebodyWasQuicker; Refused once the student is signed off."""
    week = ensure_saved(week)
    week.take_turn(seen=week.version)
    spell.timesheet = week
    spell.save()
    week.minutes += spell.minutes
    week.save(update_fields=["minutes"])


@transaction.atomic
def take_out(spell: Spell):
    """Delete one spell of an open week. Raises as `add_spell`."""
    week = spell.timesheet
    week.take_turn(seen=week.version)
    spell.delete()
    week.minutes -= spell.minutes
    week.save(update_fields=["minutes"])
