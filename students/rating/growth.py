"""How answers to the same statements change from the first time to the last."""

from dataclasses import dataclass

from django.db.models import Model

LOWEST = 3  # statements that are offered as actions
TOP_BUT_ONE = 4


@dataclass(frozen=True)
class OwnChange:
    """One statement: the first and the last point given (1 to 5; equal where it was answered once).

    A kind of rating says in `first_words` and `last_words` what its points mean.
    """

    statement: Model
    first: int
    last: int


def lowest(changes: list[OwnChange]) -> list[OwnChange]:
    """The statements with the lowest last points, as long as they are not near the top: worth an action."""
    return sorted((one for one in changes if one.last < TOP_BUT_ONE), key=lambda one: one.last)[:LOWEST]
