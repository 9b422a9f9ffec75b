"""How the goals of a placement stand, in one sentence: for the guided path, the placement's page and the goals' own."""

from dataclasses import dataclass

from django.db.models import Exists, QuerySet, Subquery
from django.db.models.expressions import Expression

from placements.starting import EITHER
from portal.paging import CountUpTo


@dataclass(frozen=True)
class Standing:
    """`is_settled`: at least one goal, and all are agreed by both."""

    is_settled: bool
    says: str
    tone: str


@dataclass(frozen=True)
class Tally:
    """The goals of a placement that hold, as far as their standing asks. `wished_name`: who asks for a change, if any.

    `unsent`: not agreed by the tutor. `unanswered`: not agreed by the line manager.
    """

    number: int
    wished_name: str | None
    unsent: bool
    unanswered: bool


def tally_of(goals: list) -> Tally:
    """Of goals that were read."""
    return Tally(
        len(goals),
        next((goal.wished_name for goal in goals if goal.wish), None),
        any(goal.tutor_agreed_at is None for goal in goals),
        any(goal.manager_agreed_at is None for goal in goals),
    )


def tallied(goals: QuerySet) -> dict[str, Expression]:
    """The same of goals that need not be read, as figures by name."""
    return {
        "number": CountUpTo(goals),
        "wished_name": Subquery(goals.exclude(wish="").values("wished_name")[:1]),
        "unsent": Exists(goals.filter(tutor_agreed_at=None)),
        "unanswered": Exists(goals.filter(manager_agreed_at=None)),
    }


def standing_of(placement, tally: Tally) -> Standing:
    """How the goals of a placement stand, and who can settle what is missing."""
    number = "1 learning goal" if tally.number == 1 else f"{tally.number} learning goals"
    if not tally.number:
        return Standing(False, f"No learning goal is written. {EITHER} can write them with the employer.", "attention")
    if tally.wished_name is not None:
        who = tally.wished_name
        return Standing(False, f"{who} asks for a change to the learning goals. {EITHER} can answer it.", "attention")
    if tally.unsent:
        return Standing(
            False, f"{number} written, not sent yet. {EITHER} can send them to the line manager.", "attention"
        )
    if tally.unanswered:
        who = placement.manager or "The line manager"
        return Standing(False, f"{who} has not agreed to the learning goals yet.", "waiting")
    return Standing(True, f"{number}, agreed by tutor and line manager.", "good")
