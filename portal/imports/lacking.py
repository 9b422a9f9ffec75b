"""What a file names that the portal does not have: once it is there, the file as it is may be right."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from portal.imports.rows import Row

PEOPLE = "people"  # what is added under People; whatever else is lacking comes in with a file of its kind
SHOWN = 5


class Lacking(NamedTuple):
    """What the wrong rows of a file lack.

    `rows` are wrong for nothing else. `reasons`: [column title, reason, where it comes from (PEOPLE or the kind of an
    import), number of rows], those of the most rows first, at most `SHOWN`: each row says its own.
    """

    rows: int
    reasons: list[list]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Lacking":
        """The same, summed up."""
        named, only = Counter(), 0
        for row in rows:
            named.update(row.lacks)
            only += bool(row.lacks) and len(row.lacks) == len(row.problems)
        return cls(only, [[*lack, count] for lack, count in named.most_common(SHOWN)])
