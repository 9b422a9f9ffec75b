"""What must be settled before a placement can start: one list, read by the guided path and by the verb that refuses.

Rooms have a `starting.py` with functions marked `@before_start(order)`, or `@advice(order)` where what they tell keeps
nothing from starting. Each takes a list of placements (with their people) and returns {placement.pk: Task}, in a number
of queries that does not depend on how many there are. A placement that a task is not for is left out.

Of work tasters only what says so is asked (`of_tasters`).
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.urls import reverse

from placements.bank_holidays import bank_holidays
from portal.discovering import discover

EITHER = "The tutor or the placement office"


@dataclass(frozen=True)
class Task:
    """One step of setting a placement up.

    `title` names it ('Learning goals'), `says` tells how it stands in a sentence, and, where it is not done, who can
    settle it. `url` is where. A task that is not `required` is `advice`.
    """

    title: str
    done: bool
    says: str
    url: str = ""
    required: bool = True


checks: list[tuple[int, bool, bool, Callable]] = []


def before_start(order: int, *, required: bool = True, of_tasters: bool = False):
    """Mark a function (a list of placements) as a check; `order` is its place on the path."""

    def register(check):
        checks.append((order, required, of_tasters, check))
        checks.sort(key=lambda known: known[0])
        return check

    return register


def advice(order: int, *, of_tasters: bool = False):
    """The same for what is good to have settled and keeps nothing from starting."""
    return before_start(order, required=False, of_tasters=of_tasters)


def tasks_of(placements: list, *, with_advice: bool = False) -> dict[int, list[Task]]:
    """What is required of each placement, by primary key, in the order of the path; where that is wanted, with advice.

    What is read for them stays with the placements: where it may have changed meanwhile, ask for fresh ones.
    """
    discover("starting")
    found = defaultdict(list)
    industry = [placement for placement in placements if not placement.is_taster]
    for _, required, of_tasters, check in checks:
        concerned = placements if of_tasters else industry
        if concerned and (required or with_advice):
            for pk, task in check(concerned).items():
                found[pk].append(replace(task, required=required))
    return found


def lacking(tasks: list[Task]) -> list[Task]:
    """What keeps a placement from starting."""
    return [task for task in tasks if task.required and not task.done]


def missing_in(tasks: list[Task]) -> list[str]:
    """The same as sentences."""
    return [task.says for task in lacking(tasks)]


@before_start(10, of_tasters=True)
def dates_and_place(placements):
    """Always done: a placement has dates. The site is optional, the employer's own address stands for it."""
    return {
        placement.pk: Task(
            "Dates and place",
            True,
            f"{placement.span}, {placement.site or placement.employer}",
            reverse("placement_edit", args=[placement.pk]),
        )
        for placement in placements
    }


@before_start(20, of_tasters=True)
def line_manager(placements):
    """Somebody at the employer who confirms hours and knows the student."""
    return {
        placement.pk: Task(
            "Line manager",
            placement.manager_id is not None,
            f"{placement.manager} confirms the hours."
            if placement.manager_id
            else f"No line manager is named. {EITHER} can choose one.",
            reverse("placement_edit", args=[placement.pk]),
        )
        for placement in placements
    }


@before_start(30, of_tasters=True)
def working_pattern(placements):
    """Days and times, within the working time rules (which refuse a pattern that breaks them)."""
    return {
        placement.pk: Task(
            "Days and times",
            bool(placement.agreed_minutes(placement.first_on, placement.last_on)),
            described(placement),
            reverse("pattern_edit", args=[placement.pk]),
        )
        for placement in placements
    }


def described(placement) -> str:
    """The working pattern of the first day, or what is wrong with it."""
    if not placement.pattern:
        return f"There is no working pattern. {EITHER} can add the days and times."
    if not placement.agreed_minutes(placement.first_on, placement.last_on):
        free = ", bank holidays left out" if bank_holidays(placement.first_on, placement.last_on) else ""
        return f"No agreed day lies between the first and the last day{free}. {EITHER} can change the days and times."
    return f"{placement.pattern.described(placement.first_on)}."


@before_start(40, of_tasters=True)
def tutor(placements):
    """Somebody at the provider who looks after the student."""
    return {
        placement.pk: Task(
            "Tutor",
            placement.student.tutor_id is not None,
            f"{placement.tutor} is the tutor."
            if placement.student.tutor_id
            else "The student has no tutor. The placement office can choose one.",
            reverse("student_detail", args=[placement.student_id]),
        )
        for placement in placements
    }
