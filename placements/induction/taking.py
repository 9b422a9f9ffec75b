"""What a student takes along of their inductions."""

from functools import partial

from placements.checklists.models import Checklist, Tick
from placements.induction.models import Induction
from placements.induction.views.printing import sheet
from placements.taking import own_placements
from portal.taking import Part, Sheet, table, takes


@takes(35, "Induction")
def inductions(student, user, wanted):
    """A sheet for each one that was handed over; everything that was ticked as rows."""
    placements = own_placements(student, user).select_related("induction__decided_by")
    begun = [one for one in placements if getattr(one, "induction", None) and not one.induction.is_open]
    ticks = Tick.objects.filter(placement__in=placements, point__list=Checklist.INDUCTION)
    rows = list(ticks.select_related("placement__employer", "point").order_by("placement", "point__number"))
    if not rows and not begun:
        return None
    everything = table(
        "induction",
        rows,
        Employer="placement.employer.name",
        Point="wording",
        State="get_state_display",
        Words="words",
        Ticked="at",
    )
    confirmed = table(
        "induction-confirmed",
        [one.induction for one in begun if one.induction.status == Induction.Status.CONFIRMED],
        Employer="placement.employer.name",
        Done="done_on",
        Status="sentence",
    )
    sheets = [Sheet(f"Induction at {one.employer}", "print/induction.html", partial(sheet, one)) for one in begun]
    return Part(sheets=sheets, tables=[everything, confirmed])
