"""A placement with everything that it needs before it can start. Rooms that ask for more add it here."""

from placements.goals.writing import agree_to_goals, fingerprint, send_goals, write_goals

GOALS = ["Explain what the team does", "Do everyday tasks on your own"]


def make_ready(placement, *, by):
    """Settle all that `placement.missing_before_start()` names beyond manager, pattern and tutor; `by` is the tutor."""
    agree_on_goals(placement, by=by)
    assert placement.missing_before_start() == []


def agree_on_goals(placement, *, by):
    """Two learning goals, written by the tutor and agreed by the line manager."""
    write_goals(placement, [(None, wording) for wording in GOALS], by=by)
    send_goals(placement, by=by)
    seen, manager = fingerprint(placement.goals.current()), placement.manager
    agree_to_goals(placement, name=manager.name, by=manager, seen=seen)
