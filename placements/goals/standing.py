"""How the goals of a placement stand, in one sentence: for the guided path, the placement's page and the goals' own."""

from dataclasses import dataclass

from placements.starting import STAFF


@dataclass(frozen=True)
class Standing:
    """`is_settled`: at least one goal, and all are agreed by both."""

    is_settled: bool
    says: str
    tone: str


def standing_of(placement, goals: list) -> Standing:
    """How the current `goals` of a placement stand, and who can settle what is missing."""
    number = "1 learning goal" if len(goals) == 1 else f"{len(goals)} learning goals"
    if not goals:
        return Standing(False, f"No learning goal is written. {STAFF} can write them with the employer.", "attention")
    if any(goal.wish for goal in goals):
        who = next(goal.wished_name for goal in goals if goal.wish)
        return Standing(False, f"{who} asks for a change to the learning goals. {STAFF} can answer it.", "attention")
    if any(goal.tutor_agreed_at is None for goal in goals):
        return Standing(
            False, f"{number} written, not sent yet. {STAFF} can send them to the line manager.", "attention"
        )
    if any(goal.manager_agreed_at is None for goal in goals):
        who = placement.manager or "The line manager"
        return Standing(False, f"{who} has not agreed to the learning goals yet.", "waiting")
    return Standing(True, f"{number}, agreed by tutor and line manager.", "good")
