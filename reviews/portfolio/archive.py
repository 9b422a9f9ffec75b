"""The ZIP: a README, each table as CSV and as JSON, the files, and the portfolio as PDF."""

import json
import zipfile
from datetime import date, datetime

from django.template.loader import render_to_string
from django.utils import timezone

from portal.tables import csv_lines
from portal.taking import Part, Table
from portal.uploads import tidy_name
from reviews.portfolio.contents import ALWAYS, ARCHIVE_TOO, asked_for, left_out

PACKED = (".jpg", ".jpeg", ".png", ".webp", ".pdf", ".docx", ".zip")  # small already


class Archive:
    """Writes into `out` as it goes, so that nothing of it has to be held."""

    def __init__(self, out, student):
        self.zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
        self.student, self.names, self.listed = student, set(), []

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.zip.close()

    def add(self, part: Part):
        """Tables and files of one room."""
        for table in part.tables:
            self.write(f"data/{table.name}.csv", "".join(csv_lines(table.header, table.rows)).encode())
            self.write(f"data/{table.name}.json", as_json(table).encode())
            self.listed.append((part.title, f"data/{table.name}", rows_said(table)))
        for file in part.files:
            name = self.own_name(f"files/{tidy_name(file.folder)}/{file.name}" if file.folder else file.name)
            self.write(name, file.read())
            self.listed.append((part.title, name, ""))

    def own_name(self, name: str) -> str:
        """`name`, or with a number where there is one of that name."""
        stem, dot, ending = name.rpartition(".")
        tries = [name, *(f"{stem or ending} ({n}){dot}{ending if stem else ''}" for n in range(2, 10_000))]
        return next(found for found in tries if found.lower() not in self.names)

    def write(self, name: str, content: bytes):
        with self.file(name) as file:
            file.write(content)

    def file(self, name: str):
        """A file of the archive to write into; the next one only once it is closed."""
        self.names.add(name.lower())
        about = zipfile.ZipInfo(name, date_time=timezone.localtime().timetuple()[:6])
        about.compress_type = zipfile.ZIP_STORED if name.lower().endswith(PACKED) else zipfile.ZIP_DEFLATED
        about.external_attr = 0o644 << 16
        return self.zip.open(about, "w", force_zip64=True)

    def explain(self, wanted: set[str]):
        """The README, last, as it lists what went in."""
        context = {"student": self.student, "listed": self.listed, "made_at": timezone.now()}
        context |= {"always": ALWAYS, "archive_too": ARCHIVE_TOO}
        context |= {"asked": asked_for(wanted), "left_out": left_out(wanted)}
        self.write("README.txt", render_to_string("portfolio/readme.txt", context).encode("utf-8-sig"))


def rows_said(table: Table) -> str:
    return "1 row" if len(table.rows) == 1 else f"{len(table.rows)} rows"


def as_json(table: Table) -> str:
    """A list of objects, the header as their names; days and moments as ISO 8601."""
    rows = [dict(zip(table.header, row, strict=True)) for row in table.rows]
    return json.dumps(rows, ensure_ascii=False, indent=1, default=as_plain) + "\n"


def as_plain(value):
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
