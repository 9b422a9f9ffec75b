"""Tables for spreadsheets: one header and many rows, downloaded as CSV or as an Excel workbook.

Values may be text, numbers, dates, moments, booleans or None. Dates are written the British way (31/12/2025), moments
in local time, booleans as yes and no. A text that a spreadsheet would run as a formula (it starts with = + - @) is
made harmless: in CSV by an apostrophe in front, in Excel by its type.
"""

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from numbers import Number

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

BOM = "\ufeff"
FORMULA = re.compile(r"[=+\-@\t\r]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
EXCEL_CELL = 32_767  # the most characters that a cell of Excel holds


class _Line:
    """A file for csv.writer that hands every line straight back."""

    def write(self, line: str) -> str:
        return line


def as_text(value) -> str:
    """A value as it stands in a CSV file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{timezone.localtime(value) if timezone.is_aware(value) else value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)


def harmless(value) -> str:
    """A value for a CSV cell that no spreadsheet takes for a formula; numbers stay numbers."""
    text = as_text(value)
    return f"'{text}" if FORMULA.match(text) and not isinstance(value, Number) else text


def unharmed(text: str) -> str:
    """The text that `harmless` was given."""
    return text[1:] if text.startswith("'") and FORMULA.match(text, 1) else text


def csv_lines(header: Iterable[str], rows: Iterable[Iterable]) -> Iterator[str]:
    """The lines of a CSV file, one at a time: UTF-8 with a byte order mark (for Excel), commas, CRLF."""
    writer = csv.writer(_Line())
    yield BOM + writer.writerow([harmless(title) for title in header])
    for row in rows:
        yield writer.writerow([harmless(value) for value in row])


def csv_response(filename: str, header: Iterable[str], rows: Iterable[Iterable]) -> StreamingHttpResponse:
    """A CSV file to download, sent while `rows` (any iterable, also a generator) is being read."""
    lines = (line.encode() for line in csv_lines(header, rows))
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, filename)},
    )


def xlsx_response(filename: str, header: Iterable[str], rows: Iterable[Iterable], sheet: str = "") -> FileResponse:
    """An Excel workbook to download: header in bold and always in sight, dates as dates, filters on every column."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_xlsx(file, header, rows, sheet)
    file.seek(0)
    return FileResponse(
        file,
        as_attachment=True,
        filename=filename,
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )


DOWNLOADS = {"csv": csv_response, "xlsx": xlsx_response}  # by how an address names the kind


def write_xlsx(file, header: Iterable[str], rows: Iterable[Iterable], sheet: str = ""):
    """Write a workbook of one sheet row by row, in little memory."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    header = list(header)
    book = Workbook(write_only=True)
    page = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", sheet)[:31] or "Rows")
    page.freeze_panes = "A2"
    for number, title in enumerate(header, start=1):
        page.column_dimensions[get_column_letter(number)].width = min(max(len(title) + 4, 14), 40)

    def cell(value, **style):
        if isinstance(value, bool):
            value = as_text(value)
        elif isinstance(value, datetime) and timezone.is_aware(value):
            value = timezone.localtime(value).replace(tzinfo=None)
        elif value is not None and not isinstance(value, Number | date):
            value = CONTROL.sub("", str(value))[:EXCEL_CELL]
        made = WriteOnlyCell(page, value=value)
        if isinstance(value, str):
            made.data_type = "s"
        elif isinstance(value, datetime):
            made.number_format = "dd/mm/yyyy hh:mm"
        elif isinstance(value, date):
            made.number_format = "dd/mm/yyyy"
        for name, kind in style.items():
            setattr(made, name, kind)
        return made

    count = 1
    page.append([cell(title, font=Font(bold=True)) for title in header])
    for count, row in enumerate(rows, start=2):  # noqa: B007 - the number of the last row
        page.append([cell(value) for value in row])
    page.auto_filter.ref = f"A1:{get_column_letter(max(len(header), 1))}{count}"
    book.save(file)
