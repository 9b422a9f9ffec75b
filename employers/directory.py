"""The list of employers shows and filters by things that other rooms know. They bring them; the list knows none.

In a room's `showing.py`:

    @figure(10, "students_now", "Students now")
    def students_now(today):
        return <an expression for each Employer: one correlated subquery with OuterRef("pk")>

    @narrowing(20, "tlevel")
    def by_tlevel(desk):
        return django_filters.ChoiceFilter(label="T Level", choices=..., method=of_tlevel)

A figure is a column, sortable, and stands in the download. A narrowing is a filter in the form; its `method` (rows,
name, value) takes and returns a queryset of employers, and narrows by Exists(...) or `pk__in`, never by a join. `desk`
is the membership of the reader. The list reads figures of the 50 rows on the page only, so that one costs nothing more
with 5,000 employers, but for sorting by it. Its query is written once (`portal/prepared.py`), for a `today` told later.
"""

from collections.abc import Callable
from dataclasses import dataclass

from portal.discovering import discover


@dataclass(frozen=True)
class Figure:
    """A number about an employer: the name of its annotation and of ?sort=, the column's heading, its expression."""

    order: int
    name: str
    title: str
    expression: Callable


@dataclass(frozen=True)
class Narrowing:
    """A filter of the list: the name in its address, and the function (desk) -> django_filters.Filter."""

    order: int
    name: str
    make: Callable


_figures: dict[str, Figure] = {}
_narrowings: dict[str, Narrowing] = {}


def figure(order: int, name: str, title: str):
    """Mark a function (today) -> expression as a figure of the list of employers."""

    def register(expression):
        _figures[name] = Figure(order, name, title, expression)
        return expression

    return register


def narrowing(order: int, name: str):
    """Mark a function (desk) -> django_filters.Filter as a filter of the list of employers."""

    def register(make):
        _narrowings[name] = Narrowing(order, name, make)
        return make

    return register


def figures() -> list[Figure]:
    """All figures, in the order of their columns."""
    discover("showing")
    return sorted(_figures.values(), key=lambda found: found.order)


def narrowings() -> list[Narrowing]:
    """All filters that rooms bring, in the order of the form."""
    discover("showing")
    return sorted(_narrowings.values(), key=lambda found: found.order)
