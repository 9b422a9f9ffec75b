"""A placement with everything that it needs before it can start. Rooms that ask for more add it here."""

from datetime import date

import time_machine

from placements.agreements.agreeing import give_answer, make_agreement
from placements.goals.writing import agree_to_goals, fingerprint, send_goals, write_goals
from placements.models import Placement
from tests import poured
from tests.checked import checks_in_order
from tests.conftest import make_cast
from tests.factories import PlacementFactory

GOALS = ["Explain what the team does", "Do everyday tasks on your own"]


@poured.scene
@time_machine.travel("2026-03-18 12:00", tick=False)
def cast_and_next():
    """The cast, poured, with `to_come`: its student's next placement, planned, that lacks nothing."""
    cast = make_cast()
    placement = planned_next(cast)
    make_ready(placement, by=cast.tutor)
    cast.to_come = Placement.objects.with_people().get(pk=placement.pk)
    return cast


def planned_next(cast) -> Placement:
    """One more placement of the cast's student at the same employer, planned from 7 September to 18 December 2026."""
    return PlacementFactory(
        student=cast.student_record, employer=cast.employer, manager=cast.manager, status=Placement.Status.PLANNED,
        first_on=date(2026, 9, 7), last_on=date(2026, 12, 18),
    )  # fmt: skip


def make_ready(placement, *, by):
    """Settle all that `placement.missing_before_start()` names beyond manager, pattern and tutor; `by` is the tutor."""
    checks_in_order(placement, by=by)
    agree_on_goals(placement, by=by)
    agree_to_the_placement(placement, by=by)
    assert placement.missing_before_start() == []


def agree_on_goals(placement, *, by):
    """Two learning goals, written by the tutor and agreed by the line manager."""
    write_goals(placement, [(None, wording) for wording in GOALS], by=by)
    send_goals(placement, by=by)
    seen, manager = fingerprint(placement.goals.current()), placement.manager
    agree_to_goals(placement, name=manager.name, by=manager, seen=seen)


def agree_to_the_placement(placement, *, by):
    """The agreement, made by the tutor and agreed by all three; goals and working pattern are there already."""
    agreement = make_agreement(placement, by=by)
    for party, person in (("student", placement.student.user), ("employer", placement.manager), ("provider", by)):
        give_answer(agreement, party, agreed=True, name=person.name, by=person, way="portal")
