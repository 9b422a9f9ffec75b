"""What an action can be made of: a statement, a rating, something agreed in a review. Rooms bring it.

A room has an `improving.py` with functions marked `@source(name)`: (user, primary key) -> Source, or None where there
is no such thing of theirs. A link to `action_add` with `?name=key` begins an action with it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.text import Truncator

from portal.discovering import discover

ABOUT = 200  # characters that an action keeps of where it came from


@dataclass(frozen=True)
class Source:
    """`about` stands beside the action; `improve` and `due_on` are filled in to begin with."""

    about: str
    improve: str = ""
    due_on: date | None = None


sources: dict[str, Callable] = {}


def source(name: str):
    """Mark a function of (user, primary key) as what `?name=key` means."""

    def register(find):
        sources[name] = find
        return find

    return register


def source_of(user, params) -> Source | None:
    """What `params` (request.GET) name, as far as `user` may see it. At most one query."""
    discover("improving")
    for name, find in sources.items():
        key = params.get(name, "")
        if key.isascii() and key.isdecimal() and len(key) < 10:
            return find(user, int(key))
    return None


def cut(words: str) -> str:
    """`words` as long as an action keeps them."""
    return Truncator(words).chars(ABOUT)
