"""Inductions for tests, in each of their states, made by the verbs."""

from datetime import date

from placements.checklists.lines import lines_of, tick
from placements.checklists.models import Checklist, Tick
from placements.induction.due import induction_of

ANSWER = "On the wall beside the lift."


def answered_induction(cast, *, unsure: int | None = None):
    """All 15 points answered; the one with the number `unsure` (from 1) is a question."""
    for number, line in enumerate(lines_of(cast.placement, Checklist.INDUCTION), start=1):
        if number == unsure:
            tick(cast.placement, line.point, by=cast.student, state=Tick.State.UNSURE, words="Where is the plan?")
        else:
            tick(cast.placement, line.point, by=cast.student)
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
