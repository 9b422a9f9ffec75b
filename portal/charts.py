"""Charts as SVG, made on the server: the same drawing for a page and for a PDF, legible in black and white.

No style attributes and no style element (the content security policy forbids them): colours are attributes like `fill`,
which the classes `chart-...` override on screen. Every chart says what it shows in `<title>` and `<desc>`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

WIDTH, HEIGHT = 440, 260
LEFT, RIGHT, TOP, BOTTOM = 38, 428, 34, 222
STEPS = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000]
LABELS_AT_MOST = 9
LABEL_WIDTH = 26


class Reached(NamedTuple):
    """How far hours have come by the end of a day, in minutes added up from the beginning; None for days to come."""

    on: date
    counted: int | None
    waiting: int | None
    needed: int


@dataclass(frozen=True)
class Axes:
    """Where days and minutes stand on the drawing, from the first day to the last, from nothing to `top` hours."""

    first: date
    last: date
    top: float

    def x(self, day: date) -> float:
        return LEFT + (RIGHT - LEFT) * (day - self.first).days / max((self.last - self.first).days, 1)

    def y(self, minutes: int) -> float:
        return BOTTOM - (BOTTOM - TOP) * minutes / 60 / self.top

    def line(self, pairs: Iterable[tuple[date, int]]) -> str:
        """The points of a line or an area through (day, minutes)."""
        return " ".join(f"{self.x(day):.1f},{self.y(minutes):.1f}" for day, minutes in pairs)


def hours_chart(points: Sequence[Reached], required: int, *, title: str, description: str) -> SafeString:
    """Hours over time against the pace needed: counted solid, waiting hatched, the pace dashed, `required` as a line.

    `points` are in order and at least two; the first one is the beginning. All minutes.
    """
    known = [point for point in points if point.counted is not None]
    most = max([required, *[point.needed for point in points], *[point.counted + point.waiting for point in known]])
    step = next((step for step in STEPS if most / 60 / step <= 5), STEPS[-1])
    axes = Axes(points[0].on, points[-1].on, top=max(most / 60 * 1.04, step))
    context = {
        "title": title,
        "description": description,
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": RIGHT,
        "bottom": BOTTOM,
        "bottom_label": BOTTOM + 16,
        "bottom_year": BOTTOM + 30,
        "hours": hour_marks(axes, step),
        "months": month_marks(axes),
        "needed": axes.line((point.on, point.needed) for point in points),
        "required_y": f"{axes.y(required):.1f}",
        "now_x": f"{axes.x(known[-1].on):.1f}" if known and known[-1].on < axes.last else "",
    }
    svg = render_to_string("portal/charts/hours.svg", context | areas(axes, known)).strip()
    return mark_safe(svg)  # noqa: S308 - values are escaped


def areas(axes: Axes, known: list[Reached]) -> dict[str, str]:
    """What counts, down to the ground, and what waits on top of it; '' where there is none of it."""
    counted = [(point.on, point.counted) for point in known]
    reached = [(point.on, point.counted + point.waiting) for point in known]
    ground = [(known[-1].on, 0), (known[0].on, 0)] if known else []
    return {
        "counted": axes.line(counted + ground) if any(minutes for _, minutes in counted) else "",
        "waiting": axes.line(reached + counted[::-1]) if reached != counted else "",
    }


def hour_marks(axes: Axes, step: int) -> list[tuple[int, str, str]]:
    """(hours, height of their line, height of their label) every `step` hours."""
    marks = [(hours, axes.y(hours * 60)) for hours in range(0, int(axes.top) + 1, step)]
    return [(hours, f"{y:.1f}", f"{y + 4:.1f}") for hours, y in marks]


def month_marks(axes: Axes) -> list[tuple[date, str, bool]]:
    """(first day of a month, where it stands, whether its year is written below it), as far as its name has room."""
    return [
        (month, f"{axes.x(month):.1f}", n == 0 or month.month == 1)
        for n, month in months(axes.first, axes.last)
        if axes.x(month) < RIGHT - LABEL_WIDTH
    ]


def months(first: date, last: date) -> list[tuple[int, date]]:
    """The first days of the months within a time, thinned out so that their names do not touch."""
    found = []
    year, month = first.year, first.month + (first.day > 1)
    while (day := date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)) <= last:
        found.append(day)
        month += 1
    every = -(-len(found) // LABELS_AT_MOST) or 1
    return list(enumerate(found[::every]))
