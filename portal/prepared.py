"""Queries that are written once and asked often: Django takes longer to write a large one than a database to answer it.

    @prepared
    def due():
        return Check.objects.filter(kind=Later("kind"), expires_on__lt=Later("day", DateField())).values_list("pk")

    due().asked(kind=kind.pk, day=today)[:50]

What differs from one time to the next is a `Later`. All else must not: a condition that Python works out from rows, or
from the clock, would hold for ever. What is only a part of a query is written once by `portal.prepared_parts`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache, wraps
from itertools import combinations
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import DateField, DateTimeField, Expression, Field, IntegerField, QuerySet
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

PLACE = re.compile("(?<!%)%s")  # of a parameter
AT_MOST, ALL = "at most", 10**9  # how many rows are read, told as if it were known; more than there are


class Later(Expression):
    """A value that a prepared query is told when it is asked, by this name. Time may be added, or taken off."""

    def __init__(self, name: str, output_field: Field | None = None, worked_out: Callable[[Any], Any] = lambda it: it):
        super().__init__(output_field or IntegerField())
        self.name, self.worked_out = name, worked_out

    def __add__(self, time):
        return Later(self.name, self.output_field, lambda it: self.worked_out(it) + time)

    def __sub__(self, time):
        return Later(self.name, self.output_field, lambda it: self.worked_out(it) - time)

    def as_sql(self, compiler, connection) -> tuple[str, list]:
        """A place for the value: the parameter is this expression itself."""
        return "%s", [self]

    def told(self, known: dict, connection) -> Any:
        """The value as the database takes it."""
        return self.output_field.get_db_prep_value(self.worked_out(known[self.name]), connection)


class LaterMany(Later):
    """Values for `__in` (not for its contrary): any number of them, or a queryset of them. Nothing is in none."""

    @property
    def mark(self) -> str:
        return f"/* {self.name} */ %s"

    def as_sql(self, compiler, connection) -> tuple[str, list]:
        """A place for one value, marked, so that it can be made into places for all."""
        return self.mark, [self]

    def written(self, known: dict, connection) -> tuple[str, Sequence]:
        """What stands in place of the mark, and its parameters."""
        values = known[self.name]
        if isinstance(values, QuerySet):
            return compiler_of(values.query).as_sql()
        places = ", ".join(["%s"] * len(values)) or "NULL"
        return places, [self.output_field.get_db_prep_value(one, connection) for one in values]


class AnyDesk:
    """Stands for every desk of a role, and for the time at which it asks: `known` tells what differs."""

    provider_id, user_id = Later("provider"), Later("user")
    now, today = Later("now", DateTimeField()), Later("today", DateField())

    def __init__(self, role: str):
        self.role = role


def known(desk, now: datetime) -> dict:
    """What a query that was prepared with `AnyDesk` is told: `asked(**known(desk, now))`."""
    return {"provider": desk.provider_id, "user": desk.user_id, "now": now, "today": timezone.localdate(now)}


class AnyReader(Later):
    """Stands for everybody who has these roles and no other, where a queryset is `visible_to` them: `known_of` tells
    who it is. Providers are told by the roles that they were asked for.
    """

    is_authenticated = True

    def __init__(self, roles: frozenset[str]):
        super().__init__("user")
        self.roles, self.pk = roles, self

    def providers_as(self, *roles: str) -> "LaterMany | list":
        """The providers at which they have one of `roles`; [] where that is none of theirs."""
        held = sorted(self.roles.intersection(roles))
        return LaterMany(as_one_of(held)) if held else []


def known_of(user) -> dict:
    """What a query that was prepared with `AnyReader` is told."""
    roles = sorted(roles_of(user))
    some = [held for number in range(1, len(roles) + 1) for held in combinations(roles, number)]
    return {"user": user.pk} | {as_one_of(held): user.providers_as(*held) for held in some}


def roles_of(user) -> frozenset[str]:
    """The roles that somebody has, for `AnyReader`."""
    return frozenset(str(desk.role) for desk in user.desks)


def as_one_of(roles: Sequence[str]) -> str:
    return f"providers as {' or '.join(roles)}"


def compiler_of(query: Query) -> SQLCompiler:
    """For the connection in use, so that it must not be kept. What cannot be found is asked for all the same."""
    return query.get_compiler(DEFAULT_DB_ALIAS, elide_empty=False)


class Prepared:
    """A queryset of tuples (`values_list`), of which the SQL is written once."""

    def __init__(self, rows: QuerySet):
        self.query = rows.query
        compiler = compiler_of(self.query)
        self.sql, self.parameters = with_constants(*compiler.as_sql())
        self.columns = [column for column, *_ in compiler.select]

    def asked(self, **known) -> "Asked":
        """Its rows with what is known now: the value of each `Later`, by name."""
        return Asked(self, known)


class PreparedUnion(Prepared):
    """Querysets of tuples in one query, in the order of their first two columns; each is in that order by itself.

    Of each no more are read than are asked for. What an index holds in their order need not be gone through for that:
    of 1,200 placements that end soon 40 are looked at, and the needs of 100,000 students take 1 ms instead of 8.
    """

    def __init__(self, querysets: Iterable[QuerySet]):
        parts = [Prepared(rows) for rows in querysets]
        self.query, self.columns = parts[0].query, parts[0].columns
        limited = [f"SELECT * FROM ({part.sql} LIMIT %s) AS part" for part in parts]  # noqa: S608 - as Django wrote it
        self.sql = f"{' UNION ALL '.join(limited)} ORDER BY 1, 2"
        self.parameters = [parameter for part in parts for parameter in (*part.parameters, Later(AT_MOST))]


in_use: list[Callable[..., Prepared]] = []  # whatever is marked `prepared`: a test writes each on two days


def prepared(rows: Callable[..., QuerySet | Prepared]) -> Callable[..., Prepared]:
    """Mark a function that makes a queryset of tuples: it gives that `Prepared`, written once for what it is handed.

    It may lean on nothing else than that, neither on rows nor on the clock.
    """

    @cache
    @wraps(rows)
    def write(*handed) -> Prepared:
        found = rows(*handed)
        return found if isinstance(found, Prepared) else Prepared(found)

    in_use.append(write)
    return write


def with_constants(sql: str, parts: Sequence) -> tuple[str, list]:
    """SQL with what never differs written into it, and the parameters that are left.

    SQLite plans a query anew whenever a parameter decides whether an index of some rows only will do, such as a status:
    the needs of a tutor took 2.5 ms of it, now 0.7.
    """
    quoted = connections[DEFAULT_DB_ALIAS].schema_editor().quote_value
    written, left = [], []
    *texts, end = PLACE.split(sql)
    for text, part in zip(texts, parts, strict=True):
        if isinstance(part, str | int):
            written += [text, str(quoted(part)).replace("%", "%%")]
        else:
            written += [text, "%s"]
            left.append(part)
    return "".join([*written, end]), left


def told(sql: str, parts: Sequence, known: dict) -> tuple[str, list]:
    """SQL and its parameters, of which those that are a `Later` are told what is known now."""
    parameters, connection = [], connections[DEFAULT_DB_ALIAS]
    for part in parts:
        if isinstance(part, LaterMany):
            written, more = part.written(known, connection)
            sql, parameters = sql.replace(part.mark, written), [*parameters, *more]
        else:
            parameters.append(part.told(known, connection) if isinstance(part, Later) else part)
    return sql, parameters


class Asked:
    """The rows of a prepared query: one query whenever they are gone through, or cut (`[50:100]`)."""

    def __init__(self, prepared: Prepared, known: dict):
        self.prepared, self.known = prepared, known

    def __iter__(self) -> Iterator[tuple]:
        return self._read("", (), ALL)

    def __getitem__(self, part: slice) -> list[tuple]:
        first = part.start or 0
        return list(self._read(" LIMIT %s OFFSET %s", (part.stop - first, first), part.stop))

    def _read(self, cut: str, parameters: tuple, at_most: int) -> Iterator[tuple]:
        sql, told_now = told(self.prepared.sql, self.prepared.parameters, self.known | {AT_MOST: at_most})
        compiler = compiler_of(self.prepared.query)
        with compiler.connection.cursor() as cursor:
            cursor.execute(f"{sql}{cut}", [*told_now, *parameters])
            rows = cursor.fetchall()
        return map(tuple, compiler.apply_converters(rows, compiler.get_converters(self.prepared.columns)))
