"""What must be settled before a student leaves the T Level: rooms upstairs say so, this one does not know them.

A room whose records must be over by then has a function marked `@before_departure` in its `leaving.py`.
"""

from collections.abc import Callable
from typing import NamedTuple

from portal.discovering import discover
from students.models import Student


class ToSettle(NamedTuple):
    """One thing that still runs: a sentence that says what to do first, and the page where that is done."""

    says: str
    url: str


checks: list[Callable[[Student], list[ToSettle]]] = []


def before_departure(check):
    """Mark a function (student) -> list[ToSettle] as a check before a student leaves."""
    checks.append(check)
    return check


def what_still_runs(student: Student) -> list[ToSettle]:
    """All that has to be settled before `student` can leave; [] if they can."""
    discover("leaving")
    return [found for check in checks for found in check(student)]
