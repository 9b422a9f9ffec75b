"""From the bytes of a file to rows of text, or to a plain word on why not.

Understands UTF-8 with and without a byte order mark, UTF-16 (Excel's 'Unicode text') and Windows-1252; commas,
semicolons and tabs; quotes; every kind of line end.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from portal.imports.columns import Column, Unreadable, plain
from portal.tables import BOM, CONTROL, unharmed

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 20_000
ROW_TITLE, REASON_TITLE = "Row", "What is wrong"  # the columns that the list of wrong rows adds
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
SEP_LINE = re.compile(r"\s*sep=.\r?\n", re.I)
BEGINNING = 20_000  # characters in which the header is looked for
SAVE_AS_CSV = "Open it in your spreadsheet program and save it as “CSV UTF-8 (comma delimited)”."
NOT_OURS = {  # how files of other kinds begin
    b"%PDF": "This is a PDF. The portal reads tables saved as CSV.",
    b"\xd0\xcf\x11\xe0": f"This is an old Excel or Word file, not a CSV file. {SAVE_AS_CSV}",
    b"\x1f\x8b": "This is a compressed file. Unpack it and upload the CSV file that is in it.",
    b"Rar!": "This is a compressed file. Unpack it and upload the CSV file that is in it.",
    b"7z\xbc\xaf": "This is a compressed file. Unpack it and upload the CSV file that is in it.",
    b"\x89PNG": "This is a picture. The portal reads tables saved as CSV.",
    b"\xff\xd8\xff": "This is a picture. The portal reads tables saved as CSV.",
    b"GIF8": "This is a picture. The portal reads tables saved as CSV.",
    b"{\\rtf": f"This is a text document, not a CSV file. {SAVE_AS_CSV}",
}


@dataclass
class Table:
    """A file as read: for each row its number as a spreadsheet shows it, and its cells; the columns by position."""

    rows: list[tuple[int, list[str]]]
    columns: list[Column | None]
    titles: list[str]
    encoding: str
    separator: str

    @property
    def read_as(self) -> str:
        return f"{self.encoding}, separated by {SEPARATORS[self.separator]}"

    @property
    def ignored(self) -> list[str]:
        """Titles of the columns that the portal does not know, and leaves out."""
        ours = ("", ROW_TITLE, REASON_TITLE)
        return [t for t, column in zip(self.titles, self.columns, strict=True) if column is None and t not in ours]


def read_table(content: bytes, columns: Iterable[Column]) -> Table:
    """Read a whole file. Raises Unreadable when it cannot be imported as it is."""
    if len(content) > MOST_BYTES:
        raise Unreadable(too_large())
    words, encoding = decoded(content)
    blank, words = from_the_header_on(words)
    separator = separator_of(words, columns)
    records = records_of(words, separator, blank)
    header = next(records, None)
    if header is None:
        raise Unreadable("The file is empty.")
    titles = [trimmed(cell) for cell in header[1]]
    found = columns_of(titles, columns)
    rows = [(number, [trimmed(cell) for cell in cells]) for number, cells in islice(records, MOST_ROWS)]
    if not rows:
        raise Unreadable("The file holds only a header. Add a row for each thing to import, and upload it again.")
    if more := sum(1 for _ in records):
        raise Unreadable(
            f"The file has {len(rows) + more:,} rows; at most {MOST_ROWS:,} are read at once. Split it into several "
            "files, each with the header."
        )
    return Table(rows, found, titles, encoding, separator)


def too_large() -> str:
    return (
        f"The file is larger than {MOST_BYTES // 1024 // 1024} MB. A list of {MOST_ROWS:,} rows takes less: take out "
        "what is not needed, or split it into several files."
    )


def decoded(content: bytes) -> tuple[str, str]:
    """The text of a file, and how it was encoded."""
    if not content.strip():
        raise Unreadable("The file is empty.")
    if content.startswith(b"PK\x03\x04"):
        raise Unreadable(packed(content))
    for beginning, words in NOT_OURS.items():
        if content.startswith(beginning):
            raise Unreadable(words)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = {"utf-16": "UTF-16"}
    elif b"\0" in content:
        raise Unreadable(f"This is not a text file, so it cannot be a CSV file. {SAVE_AS_CSV}")
    else:
        encodings = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252"}
    for codec, name in encodings.items():
        try:
            words = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if words.lstrip(f"{BOM} \r\n\t").lower().startswith(("<!doctype", "<html", "<?xml", "<table")):
            raise Unreadable(f"This is a web page or an XML file, not a CSV file. {SAVE_AS_CSV}")
        return CONTROL.sub("", words), name
    raise Unreadable(f"The characters of this file are not readable as UTF-8 or Windows-1252. {SAVE_AS_CSV}")


def packed(content: bytes) -> str:
    """What a file is that is a ZIP archive inside."""
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except zipfile.BadZipFile:
        names = []
    if any(name.startswith("xl/") for name in names):
        return f"This is an Excel workbook, not a CSV file. {SAVE_AS_CSV}"
    if "mimetype" in names:
        return f"This is an OpenDocument file, not a CSV file. {SAVE_AS_CSV}"
    if any(name.startswith("word/") for name in names):
        return "This is a Word document. The portal reads tables saved as CSV."
    return "This is a ZIP archive. Unpack it and upload the CSV file that is in it."


def from_the_header_on(words: str) -> tuple[int, str]:
    """How many blank rows stand above the header, and the text below them without Excel's 'sep=;', which is no row."""
    rest = SEP_LINE.sub("", words.lstrip("\r\n")).lstrip("\r\n")
    above = words[: len(words) - len(rest)].splitlines()
    return above.count(""), rest


def separator_of(words: str, columns: Iterable[Column]) -> str:
    """The separator by which the first line names most of the columns."""
    known = set().union(*(column.titles for column in columns))
    named = {}
    for separator in SEPARATORS:
        titles = next(csv.reader(io.StringIO(words[:BEGINNING], newline=""), delimiter=separator), [])
        named[separator] = len(known & {plain(title) for title in titles})
    return max(named, key=named.get)


def records_of(words: str, separator: str, number: int = 0) -> Iterator[tuple[int, list[str]]]:
    """(number, cells) of every row that has a filled cell. `number`: how many rows stand above them."""
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=separator, skipinitialspace=True, strict=True)
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error:
            raise Unreadable(
                f"The quotation marks from row {number} on do not fit together. A cell that begins with a quotation "
                "mark must end with one, and a quotation mark within it is written twice."
            ) from None
        if cells is None:
            return
        if any(cell and not cell.isspace() for cell in cells):
            yield number, cells


def trimmed(cell: str) -> str:
    """A cell on one line, without the spaces around it."""
    lines = (" ".join(line.split()).rstrip(",") for line in cell.splitlines())
    return unharmed(", ".join(line for line in lines if line))


def columns_of(titles: list[str], columns: Iterable[Column]) -> list[Column | None]:
    """The column that each title of the header names, None for unknown ones. Raises Unreadable if it will not do."""
    by_title = {title: column for column in columns for title in column.titles}
    found = [by_title.get(plain(title)) for title in titles]
    named = [column for column in found if column]
    if not named:
        raise Unreadable(
            "The first row must name the columns, and none of its names is known here: "
            f"{quoted(titles[:8])}. Compare it with the template."
        )
    for column in named:
        twice = [title for title, other in zip(titles, found, strict=True) if other is column]
        if len(twice) > 1:
            raise Unreadable(f"Two columns both stand for “{column.title}”: {quoted(twice)}. Keep one of them.")
    if lacking := [column.title for column in columns if column.required and column not in named]:
        raise Unreadable(
            f"The file lacks {'a column' if len(lacking) == 1 else 'columns'} that every row needs: "
            f"{quoted(lacking)}. It has: {quoted(titles)}. Compare it with the template."
        )
    return found


def quoted(titles: Iterable[str]) -> str:
    return ", ".join(f"“{title[:40]}”" for title in titles if title)
