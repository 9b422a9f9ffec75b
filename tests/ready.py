"""A placement with everything that it needs before it can start. Rooms that ask for more add it here."""

from placements.agreements.agreeing import give_answer, make_agreement
from placements.goals.writing import agree_to_goals, fingerprint, send_goals, write_goals
from tests.checked import checks_in_order

GOALS = ["Explain what the team does", "Do everyday tasks on your own"]


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
