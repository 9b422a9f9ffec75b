"""Rows by the hundred thousand, past the ORM: COPY on PostgreSQL, executemany on SQLite.

Values are given as the database writes them: days and moments (UTC) as text, no signals, no checks but the database's.
"""

from collections.abc import Iterable
from itertools import count

from django.core.management.color import no_style
from django.db import connection, models


class Pourer:
    """Pours rows of one model. `ids` gives primary keys that are free; `given` names the fields that rows will hold."""

    def __init__(self, model: type[models.Model], *given: str):
        self.model = model
        last = model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0
        self.ids = count(last + 1)
        fields = {field.name: field for field in model._meta.concrete_fields if not field.generated}
        names = ["id", *given]
        rest = [field for name, field in fields.items() if name not in names]
        self.columns = [fields[name].column for name in names] + [field.column for field in rest]
        self.constants = tuple(_default(field) for field in rest)
        self.rows = []
        self.poured = 0

    def add(self, *values) -> int:
        """Take down a row; `values` in the order of the fields given. Returns its primary key."""
        pk = next(self.ids)
        self.rows.append((pk, *values, *self.constants))
        return pk

    def pour(self):
        """Write what was taken down."""
        quote = connection.ops.quote_name
        columns = ", ".join(quote(column) for column in self.columns)
        table = quote(self.model._meta.db_table)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in self.rows:
                        copy.write_row(row)
            else:
                holders = ", ".join(["%s"] * len(self.columns))
                cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({holders})", self.rows)  # noqa: S608
        self.poured += len(self.rows)
        self.rows.clear()


def _default(field):
    """What a field holds when nothing is said, as the database writes it."""
    value = field.get_default()
    return value if value is None else field.get_db_prep_save(value, connection)


def reset_sequences(pourers: Iterable[Pourer]):
    """Let the database number its next rows after those that were poured."""
    statements = connection.ops.sequence_reset_sql(no_style(), [pourer.model for pourer in pourers])
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
