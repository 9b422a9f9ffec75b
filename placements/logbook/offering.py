"""What an entry can be about: the goals, behaviours and hours that its form offers, and those that it has already."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from placements.behaviours.models import Behaviour
from placements.logbook.goal_lines import GoalLine, lines_of, with_choice
from placements.logbook.models import Entry
from placements.timesheets.models import Spell
from portal.words import hours

SPELLS_OFFERED = timedelta(weeks=6)


def initial_of(entry: Entry | None, goals, behaviours) -> dict:
    if entry is None:
        return {}
    return {
        "day": entry.day,
        "spell": f"{entry.day:%Y-%m-%d} {entry.spell_starts:%H:%M}" if entry.spell_starts else "",
        "goals": [line.key for line in goals if line.chosen],
        "behaviours": [str(one.pk) for one in behaviours if one.is_chosen],
        "reflection": entry.private_words,
        **entry.words(),
    }


def offered_goals(placement, entry: Entry | None) -> list[GoalLine]:
    """The goals that hold now, and those that the entry serves already. One query."""
    return [line for line in lines_of(with_choice(placement, entry)) if line.is_current or line.chosen]


def offered_behaviours(entry: Entry | None) -> list[Behaviour]:
    """The behaviours that hold now; one that was chosen already in the wording of that time. One query."""
    chosen = Entry.behaviours.through.objects.filter(entry=entry.pk if entry else None, behaviour=OuterRef("pk"))
    rows = Behaviour.objects.annotate(is_chosen=Exists(chosen)).filter(Q(retired_at=None) | Q(is_chosen=True))
    found = {one.code: one for one in rows.order_by("is_chosen", "version")}
    return sorted(found.values(), key=lambda one: one.number)


def offered_spells(placement, entry: Entry | None, day=None) -> list[Spell]:
    """The hours of the last weeks, newest first, and those of the day that the entry is about. One query."""
    day = entry.day if entry else day
    since = timezone.localdate() - SPELLS_OFFERED
    near = Q(day__gte=since) | Q(day=day) if day else Q(day__gte=since)
    return list(Spell.objects.filter(near, timesheet__placement=placement).order_by("-day", "starts"))


def value_of(spell: Spell) -> str:
    """What stands for hours in the form: they have no lasting key, as a week writes them anew."""
    return f"{spell.day:%Y-%m-%d} {spell.starts:%H:%M}"


def said(spell: Spell) -> str:
    return f"{spell.day:%A %-d %B}, {spell}, {hours(spell.minutes)}"
