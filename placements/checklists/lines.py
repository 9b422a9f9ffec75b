"""Reading and answering a checklist. Rooms decide who may; here nobody is asked.

lines_of(placement, list) is the list as its reader sees it, tick() and untick() answer one point of it.
"""

from django.db import transaction
from django.utils import timezone

from placements.checklists.models import Line, Point, Tick
from placements.models import Placement
from portal.people.models import User
from portal.workflow import Refused

State = Tick.State


def points_for(placement: Placement, list: str):
    """The points of a list that hold now for this placement, in their order. One query when read."""
    return Point.objects.current().filter(list=list).for_placement(placement)


def lines_of(placement: Placement, list: str) -> list[Line]:
    """The list for this placement in two queries: points that hold now, and all that was answered.

    An answered point keeps its old wording and place: a newer wording of it is not asked again, a retired one stays.
    """
    ticks = {tick.point.place: tick for tick in ticks_of(placement, list)}
    lines = {point.place: Line(point) for point in points_for(placement, list)}
    lines |= {place: Line(tick.point, tick) for place, tick in ticks.items()}
    return [lines[place] for place in sorted(lines)]


def ticks_of(placement: Placement, list: str):
    """All that was answered, in the order of the list."""
    return Tick.objects.filter(placement=placement, point__list=list).select_related("point")


@transaction.atomic
def tick(placement: Placement, point: Point, *, by: User, state: str = State.DONE, words: str = "") -> Tick:
    """Answer a point, or answer it anew. Raises Refused where NOT_HERE or UNSURE come without words.

    `words` are dropped when the point is done. The same answer once more changes nothing.
    """
    words = "" if state == State.DONE else words.strip()
    if state != State.DONE and not words:
        raise Refused(
            "Say why it does not apply here." if state == State.NOT_HERE else "Write what you would like to know."
        )
    found = Tick.objects.select_for_update().filter(placement=placement, point=point).first()
    if found and (found.state, found.words) == (state, words):
        return found
    values = {"state": state, "words": words, "at": timezone.now(), "by": by, "by_name": by.name}
    if found is None:
        values["wording"] = point.wording
    return Tick.objects.update_or_create(placement=placement, point=point, defaults=values)[0]


def untick(placement: Placement, point: Point):
    """Take an answer back: the point is open again, in its newest wording. An open one stays open."""
    Tick.objects.filter(placement=placement, point=point).delete()
