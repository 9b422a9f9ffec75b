"""What others say of a student's behaviour, to stand beside the student's own view. Higher rooms bring it.

A room marks a function (student) -> {group: Figure} | None with `@says_behaviour`; this room knows none of them.
"""

from collections.abc import Callable

from placements.behaviours.chart import Figure

sources: list[Callable] = []


def says_behaviour(find):
    """Mark a function of one argument (a Student) that gives a figure for every group, or None."""
    sources.append(find)
    return find


def said_of(student) -> dict[str, Figure] | None:
    """What the first source has that has anything."""
    return next((found for find in sources if (found := find(student))), None)
