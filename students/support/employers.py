"""What employers were told of a student: rooms further up say so here, this one knows no placements.

A room marks a function (student, user) -> list[Told] with `@tells_employers` in its `showing.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from portal.discovering import discover


@dataclass(frozen=True)
class Told:
    """One employer: how it stands (`says`, `tone`), where it is decided, and the `words` if the reader may see them."""

    employer: str
    says: str
    tone: str
    url: str
    words: str = ""


tellers: list[Callable] = []


def tells_employers(function):
    """Mark a function (student, user) -> list[Told]. Two queries at most."""
    tellers.append(function)
    return function


def told_to_employers(student, user) -> list[Told]:
    """What all employers of now can read, as far as `user` may know it."""
    discover("showing")
    return [told for teller in tellers for told in teller(student, user)]
