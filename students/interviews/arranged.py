"""Interviews that were arranged with employers. A higher room knows them and tells of them in its `interviewing.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from portal.discovering import discover

tellers: list[Callable] = []


@dataclass(frozen=True)
class Arranged:
    """An interview of a student: with whom, for what, when and how. `key` stands in addresses.

    `feedback_url` is where feedback is read and written down, empty while it lies ahead.
    """

    key: int
    employer_id: int
    employer: str
    role: str
    at: datetime
    minutes: int
    how: str
    where: str
    words: str
    contact: str
    url: str
    feedback_url: str = ""

    @property
    def is_over(self) -> bool:
        return bool(self.feedback_url)


def arranges(tell: Callable) -> Callable:
    """Mark a function (student) -> list of Arranged, what comes next first, what is over last. One query."""
    tellers.append(tell)
    return tell


def arranged_for(student) -> list[Arranged]:
    """All interviews of a student that any room knows."""
    discover("interviewing")
    return [interview for tell in tellers for interview in tell(student)]
