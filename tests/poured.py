"""Rows that most tests begin with, made once by the factories and then poured into each test's database."""

import pickle
from datetime import date, time
from functools import wraps
from itertools import chain

from django.db import connection, transaction

from students.tlevels.models import TLevel

_remembered = {}


def scene(build):
    """Mark a function that makes rows in an empty database: what it returns is poured as the rows that it made once.

    It travels to a day of its own: what follows from making it depends on the day.
    """

    @wraps(build)
    def poured():
        rows, made = remembered(build)
        pour(rows)
        return pickle.loads(made)  # noqa: S301 - pickled a moment ago, by this process

    return poured


def remembered(build) -> tuple[dict, bytes]:
    """(rows by table, what `build` returned, pickled). Built once, and again when the reference data has other keys."""
    with connection.cursor() as cursor:  # for each test: half a millisecond less than by the ORM
        first = cursor.execute(f"SELECT MIN(id) FROM {TLevel._meta.db_table}").fetchone()  # noqa: S608 - our own table
    key = build, first
    if key not in _remembered:
        _remembered[key] = made_by(build)
    return _remembered[key]


def made_by(build) -> tuple[dict, bytes]:
    """Run `build` in a transaction of its own that is undone, and keep the rows that it added."""
    with transaction.atomic():
        before = {table: set(rows_of(table)) for table in tables()}
        result = pickle.dumps(build())
        added = {table: [row for row in rows_of(table) if row not in before[table]] for table in tables()}
        transaction.set_rollback(True)
    return {table: rows for table, rows in added.items() if rows}, result


def everything() -> dict:
    """All rows that the database holds, for `put_back`."""
    return {table: rows for table in tables() if (rows := rows_of(table))}


def put_back(rows: dict):
    """Leave nothing in the database but these rows."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            for table in tables():
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables
        pour(rows)


def tables() -> list[str]:
    return [name for name in connection.introspection.table_names() if not name.startswith("sqlite_")]


def rows_of(table: str) -> list:
    """All rows of a table; from PostgreSQL as the lines that COPY writes and reads."""
    name = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {name} TO STDOUT") as lines:
                return b"".join(lines).splitlines(keepends=True)
        cursor.execute(f"SELECT * FROM {name}")  # noqa: S608 - our own tables
        return [tuple(str(value) if isinstance(value, date | time) else value for value in row) for row in cursor]


def pour(rows: dict):
    """Insert the rows as they were read, a table in one go, and all at once: they point to each other.

    Their keys stay free for them: what PostgreSQL has counted once it does not count again, in whatever is undone.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        for table, values in rows.items():
            name = connection.ops.quote_name(table)
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {name} FROM STDIN") as lines:
                    lines.write(b"".join(values))
            else:
                row = f"({', '.join(['%s'] * len(values[0]))})"
                cursor.execute(f"INSERT INTO {name} VALUES {', '.join([row] * len(values))}", [*chain(*values)])  # noqa: S608
