"""How the agreement of a placement stands: who has agreed, what has changed since, and who can settle it."""

from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from placements.agreements.filling import facts_of
from placements.agreements.models import Agreement, Party
from placements.goals.models import read_goals
from placements.models import Placement
from placements.starting import EITHER


@dataclass(frozen=True)
class Standing:
    """`is_settled`: agreed by all, and for the facts as they are."""

    is_settled: bool
    says: str
    tone: str


def answers_of(agreement: Agreement) -> dict:
    """party -> the Answer that holds, from the prefetched answers."""
    return {given.party: given for given in agreement.answers.all() if given.taken_back_at is None}


def differences(agreement: Agreement, placement: Placement, goals: list) -> list[str]:
    """What is not as it was when the agreement was made; nothing once the placement has ended, which agrees no more.

    Goals that change after the start have their own agreement.
    """
    if placement.status == Placement.Status.ENDED:
        return []
    now, found = facts_of(placement, goals), []
    for label, then in agreement.facts.items():
        if label == "learning goals":
            if placement.status == Placement.Status.PLANNED and now[label] != then:
                found.append("The learning goals have changed.")
        elif now[label] != then:
            found.append(f"{label.capitalize()}: it says {then}; now it is {now[label]}.")
    return found


def asked_again_because(agreement: Agreement) -> list[str]:
    """Where the agreement took the place of another one: what is not as it said. One query."""
    before = agreement.placement.agreements.filter(replaced_at__isnull=False).first()
    if before is None:
        return []
    found = ["The learning goals have changed."] if changed(before, agreement, "learning goals") else []
    return found + [
        f"{label.capitalize()}: it was {before.facts[label]}; now it is {now}."
        for label, now in agreement.facts.items()
        if label != "learning goals" and changed(before, agreement, label)
    ]


def changed(before: Agreement, agreement: Agreement, label: str) -> bool:
    return label in before.facts and before.facts[label] != agreement.facts.get(label)


def named(party: str, agreement: Agreement, placement: Placement) -> str:
    """Who answers for a party, after its label: 'Employer: Amira Khan'; the label alone where nobody is known."""
    names = {
        Party.STUDENT: placement.student.name,
        Party.EMPLOYER: str(placement.manager or placement.employer),
        Party.PROVIDER: str(placement.tutor or placement.provider),
        Party.PARENT: agreement.parent_name,
    }
    return ": ".join(part for part in (Party(party).label, names[party]) if part)


def waits_for(agreement: Agreement, placement: Placement) -> list[str]:
    """Who has not agreed yet, in words: 'Maya Thompson', 'Amira Khan', 'the tutor', 'a parent or carer'."""
    given = answers_of(agreement)
    called = {
        Party.STUDENT: placement.student.name,
        Party.EMPLOYER: str(placement.manager or placement.employer),
        Party.PROVIDER: "the tutor or the placement office",
        Party.PARENT: agreement.parent_name or "a parent or carer, whose address is not known yet",
    }
    return [called[party] for party in agreement.parties if party not in given or not given[party].agreed]


def read_agreements(placements: list):
    """Read what `standing_as_read` needs of placements, in three queries; what they have already is not read again."""
    current = Agreement.objects.current().defer("text").prefetch_related("answers")
    prefetch_related_objects(placements, Prefetch("agreements", current, "current_agreements"))
    read_goals(placements)


def standing_as_read(placement: Placement) -> Standing:
    """How the agreement of a placement stands for which `read_agreements` was called."""
    return standing_of(next(iter(placement.current_agreements), None), placement, placement.current_goals)


def standing_of(agreement: Agreement | None, placement: Placement, goals: list) -> Standing:
    """The sentence about it."""
    if agreement is None:
        return Standing(
            False,
            f"The agreement is not made yet. {EITHER} can make it once goals and times are there.",
            "attention",
        )
    declined = [given for given in answers_of(agreement).values() if not given.agreed]
    if declined:
        return Standing(False, f"{declined[0].name} has declined the agreement. {EITHER} can settle it.", "problem")
    if differences(agreement, placement, goals):
        signed = "signed" if answers_of(agreement) else "made"
        return Standing(
            False, f"The agreement was {signed} for other facts. {EITHER} can ask for it anew.", "attention"
        )
    if names := waits_for(agreement, placement):
        return Standing(False, f"The agreement waits for {joined(names)}.", "waiting")
    return Standing(True, "Agreed by everybody concerned.", "good")


def joined(names: list[str]) -> str:
    """'A, B and C'."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
