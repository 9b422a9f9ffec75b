"""Parts of queries that are written once: what rooms ask of one thing is many small questions in one query.

    Figures({"late": part(CountUpTo, late_actions, student=student.pk, today=today)}, ...)

`late_actions` is a function that makes a queryset of what it is handed. It is called once in a process, with a `Later`
for each thing known, so that it may lean on nothing else: neither on rows nor on the clock.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.db.models import DateField, DateTimeField, Expression, Field, Model, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.sql import Query

from portal.prepared import Later, LaterMany, compiler_of, told, with_constants

Rows = Callable[..., QuerySet]
LATER = {
    int: Later,
    list: LaterMany,
    date: lambda name: Later(name, DateField()),
    datetime: lambda name: Later(name, DateTimeField()),
}


@dataclass(frozen=True)
class Part:
    """An expression as it was written: its SQL, its parameters with a `Later` among them, and what it gives."""

    sql: str
    parameters: tuple
    output_field: Field

    def told(self, known: dict) -> RawSQL:
        return RawSQL(*told(self.sql, self.parameters, known), self.output_field)  # noqa: S611 - as Django wrote it


def part(wrap: Callable[[QuerySet], Expression], rows: Rows, **known) -> RawSQL:
    """`wrap(rows(**known))`, for a query on anything. `wrap` is `Exists`, `CountUpTo` or their like."""
    return _written(wrap, rows, _kinds(known)).told(known)


def first_row(rows: Rows, reads: tuple[str, ...], **known) -> tuple[type[Model], dict[str, RawSQL]]:
    """Of the first of `rows(**known)`: its model, and by its attribute the primary key and each field that is read."""
    model, columns = _first_row(rows, reads, _kinds(known))
    return model, {name: column.told(known) for name, column in columns.items()}


def _kinds(known: dict) -> tuple:
    return tuple((name, type(value)) for name, value in known.items())


def _rows(rows: Rows, kinds: tuple) -> QuerySet:
    if rows.__qualname__ != rows.__name__:
        raise TypeError(f"{rows} must stand at the top of its module: one that is made anew is written anew each time.")
    return rows(**{name: LATER[kind](name) for name, kind in kinds})


def _write(expression: Expression) -> Part:
    query = Query(None)
    resolved = expression.resolve_expression(query)
    sql, parameters = with_constants(*compiler_of(query).compile(resolved))
    return Part(sql, tuple(parameters), resolved.output_field)


@cache
def _written(wrap, rows: Rows, kinds: tuple) -> Part:
    return _write(wrap(_rows(rows, kinds)))


@cache
def _first_row(rows: Rows, reads: tuple[str, ...], kinds: tuple) -> tuple[type[Model], dict[str, Part]]:
    found = _rows(rows, kinds)
    meta = found.model._meta
    wanted = {meta.pk, *(meta.get_field(name) for name in reads)}
    names = [field.attname for field in meta.concrete_fields if field in wanted]
    return found.model, {name: _write(Subquery(found.values(name)[:1])) for name in names}
