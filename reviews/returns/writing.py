"""Files for other systems, exactly as these want them: no byte order mark, no dates in words.

Their cells are digits and fixed words (the lines are checked before), so no spreadsheet finds a formula in them.
"""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file: commas, CRLF, quotes only where a cell holds a comma."""
    out = StringIO(newline="")
    csv.writer(out).writerows([header, *rows])
    return out.getvalue().encode()


def csv_rows(content: bytes) -> list[list[str]]:
    """The rows of such a file, without its header."""
    return list(csv.reader(StringIO(content.decode(), newline="")))[1:]
