"""A line of a file that goes out: its cells, and what keeps it from going, with the page where that is mended."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse

from portal.identifiers import TEMPORARY_ULN, is_uln


class Wrong(NamedTuple):
    """What can be wrong with a line. `of` names the attribute of the line that the page `page` wants; '' for none."""

    says: str
    act: str
    page: str
    of: str = ""


NO_ULN = Wrong("No ULN yet.", "Enter it", "student_edit", "student")
TEMPORARY = Wrong("The ULN is the temporary 9999999999.", "Enter the real one", "student_edit", "student")
NOT_A_ULN = Wrong("The ULN is not valid.", "Correct it", "student_edit", "student")


def wrong_with_uln(uln: str) -> list[Wrong]:
    """What keeps this number from going out: a temporary one never does."""
    if not uln:
        return [NO_ULN]
    if uln == TEMPORARY_ULN:
        return [TEMPORARY]
    return [] if is_uln(uln) else [NOT_A_ULN]


class Mending(NamedTuple):
    """What is wrong in a sentence, and the link to where it is mended."""

    says: str
    act: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """`student` is a primary key. `wrong` keeps the line out of the file, `notes` do not.

    Each kind of line says its `cells`, as they stand in the file, and the `columns` over them on the page.
    """

    student: int
    wrong: tuple[Wrong, ...] = ()
    notes: tuple[Wrong, ...] = ()

    @property
    def about(self) -> str:
        """What it is about beside the student, where one student can have several lines."""
        return ""

    @property
    def mendings(self) -> list[Mending]:
        return [self.mending(one) for one in self.wrong]

    @property
    def hints(self) -> list[Mending]:
        return [self.mending(one) for one in self.notes]

    def mending(self, wrong: Wrong) -> Mending:
        return Mending(wrong.says, wrong.act, reverse(wrong.page, args=[getattr(self, wrong.of)] if wrong.of else []))


def without_faults(lines: Iterable[Line]) -> list[Line]:
    """Those that a file may hold."""
    return [line for line in lines if not line.wrong]


def digest_of(lines: Iterable[Line]) -> str:
    """A fingerprint of what a file of these lines would say."""
    return hashlib.sha256(repr([line.cells for line in lines]).encode()).hexdigest()
