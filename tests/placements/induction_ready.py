"""Inductions for tests, in each of their states: answers as rows, the rest made by the verbs."""

from datetime import date

from time_machine import travel

from placements.checklists.lines import lines_of
from placements.checklists.models import Checklist, Tick
from placements.induction.due import induction_of
from tests.conftest import TODAY, make_cast
from tests.poured import scene

ANSWER = "On the wall beside the lift."


def answered_induction(cast, *, unsure: int | None = None):
    """All 15 points answered; the one with the number `unsure` (from 1) is a question."""
    ticks = [
        Tick(
            placement=cast.placement, point=line.point, wording=line.point.wording, by=cast.student,
            by_name=cast.student.name,
        )
        for line in lines_of(cast.placement, Checklist.INDUCTION)
    ]  # fmt: skip
    if unsure:
        ticks[unsure - 1].state, ticks[unsure - 1].words = Tick.State.UNSURE, "Where is the plan?"
    Tick.objects.bulk_create(ticks)
    return induction_of(cast.placement)


def waiting_induction(cast, *, unsure: int | None = None):
    """Handed over to the manager."""
    induction = answered_induction(cast, unsure=unsure)
    induction.hand_over(by=cast.student)
    return induction


def confirmed_induction(cast, *, unsure: int | None = None):
    """Confirmed by the manager, done on 4 March 2026; a question is answered."""
    induction = waiting_induction(cast, unsure=unsure)
    answers = {line.point.pk: ANSWER for line in induction.lines() if line.tick.state == Tick.State.UNSURE}
    induction.confirm(by=cast.manager, done_on=date(2026, 3, 4), answers=answers)
    return induction


@scene
@travel(TODAY, tick=False)
def waiting():
    """The cast, with an induction that waits for the manager."""
    cast = make_cast()
    cast.induction = waiting_induction(cast)
    return cast


@scene
@travel(TODAY, tick=False)
def asking():
    """The same; its second point is a question."""
    cast = make_cast()
    cast.induction = waiting_induction(cast, unsure=2)
    return cast
