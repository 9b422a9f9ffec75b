"""What a new entry begins with: the placement, and a day or hours that were just written down."""

from dataclasses import dataclass, field
from datetime import date

from django.http import Http404
from django.utils import timezone
from django.utils.dateparse import parse_date

from placements.logbook.models import Entry
from placements.models import Placement
from placements.several import current_of, told_apart
from placements.timesheets.models import Spell


@dataclass
class Known:
    """The day that a new entry is about, and its hours. `is_asked`: they stand in the address."""

    day: date
    spells: list[Spell] = field(default_factory=list)
    is_asked: bool = False

    def fields(self) -> dict:
        return {"day": self.day, "spell_starts": self.spells[0].starts if self.spells else None}

    def initial(self) -> dict:
        """For the form: the day, its hours, and what was written about them."""
        spell = f"{self.day:%Y-%m-%d} {self.spells[0].starts:%H:%M}" if self.spells else ""
        did = "\n".join(spell.activity for spell in self.spells if spell.activity) if self.is_asked else ""
        return {"day": self.day, "spell": spell, "did": did}


def own_placements(request) -> list[Placement]:
    """The student's placements that have begun, the earliest first."""
    rows = Placement.objects.own(request.user).filter(provider=request.desk.provider_id)
    return told_apart(rows.exclude(status=Placement.Status.PLANNED).with_people().order_by("first_on"))


def chosen_placement(request, placements) -> Placement | None:
    """Of these, the one in the address, else the one where the student is now. None: none has begun."""
    if wanted := request.GET.get("placement"):
        found = next((placement for placement in placements if placement.pk == number(wanted)), None)
        if found is None:
            raise Http404
        return found
    return current_of(placements, timezone.localdate()) or (placements[-1] if placements else None)


def given(request, placement: Placement) -> Known:
    """The day in the address (and the start of its hours), else today or the last day, with what is logged for it."""
    asked = day_in(request.GET.get("day", ""))
    today = timezone.localdate()
    day = max(min(asked or today, today, placement.last_on), placement.first_on)
    spells = list(Spell.objects.filter(timesheet__placement=placement, day=day))
    starts = request.GET.get("starts", "")
    fitting = [spell for spell in spells if f"{spell.starts:%H:%M}" == starts]
    return Known(day, fitting or spells, is_asked=asked is not None)


def entry_of(placement: Placement, known: Known) -> Entry | None:
    """An entry that there is already about the hours in the address: it is opened instead of a second one."""
    if not known.is_asked or not known.spells:
        return None
    starts = [spell.starts for spell in known.spells]
    rows = Entry.objects.written().filter(placement=placement, day=known.day, spell_starts__in=starts)
    return rows.order_by("pk").first()


def number(text: str) -> int:
    """A primary key in an address. Raises Http404 for nonsense."""
    if not text.isascii() or not text.isdecimal() or len(text) > 18:
        raise Http404
    return int(text)


def day_in(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
