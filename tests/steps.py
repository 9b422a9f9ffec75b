"""What a student's home asks of them, all of it: the page itself stops early."""

from datetime import date

from portal.rooms import Step, steps_in_turn


def steps_of(student, placements: list, today: date) -> list[Step]:
    """What all rooms ask of the student, in the order of the rooms."""
    return [step for _, step in steps_in_turn(student, placements, today)]
