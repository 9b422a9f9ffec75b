"""How tests make files and bring them in."""

import csv
import io

from portal.imports import tasks
from portal.imports.importer import IMPORTERS
from portal.imports.models import Import
from portal.imports.reading import read_table


def csv_file(header: list[str], *rows: list[str], separator=",", encoding="utf-8") -> bytes:
    file = io.StringIO()
    csv.writer(file, delimiter=separator).writerows([header, *rows])
    return file.getvalue().encode(encoding)


def looked_at(cast, kind: str, content: bytes) -> Import:
    """The import of a file that was uploaded by the coordinator and read."""
    made = Import.start(cast.provider, kind, f"{kind}.csv", content, by=cast.coordinator)
    tasks.read.call(made.pk)
    return Import.objects.get(pk=made.pk)


def applied(cast, kind: str, content: bytes) -> Import:
    """The same, applied."""
    made = looked_at(cast, kind, content)
    made.apply(by=cast.coordinator)
    tasks.apply.call(made.pk)
    made = Import.objects.get(pk=made.pk)
    assert made.status == "applied", made.problem
    return made


def preview(made: Import) -> list[tuple]:
    """(row, state, what it says) of each row."""
    return [(row.number, row.state, said(row.details)) for row in made.preview.all()]


def said(details: dict) -> str:
    problems = [f"{column}: {reason}" if column else reason for column, reason in details.get("problems", [])]
    changes = [f"{what}: {before} -> {after}" for what, before, after in details.get("changes", [])]
    return " | ".join(
        [*problems, *changes, *(f"+{thing}" for thing in details.get("adds", [])), *details.get("notes", [])]
    )


def planned(provider, kind: str, content: bytes) -> list:
    """The rows of a file, compared, without anything being stored."""
    importer = IMPORTERS[kind](provider)
    rows = importer.read(read_table(content, importer.columns.values()))
    importer.plan(rows)
    return rows
