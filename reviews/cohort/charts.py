"""The cohort's charts as SVG: bars of counts, spreads as boxes, years as lines. Each has a table beside it.

Meaning stands in words, lengths and dashes; colour only pleases (see portal.charts).
"""

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from reviews.cohort.figures import Line
from reviews.cohort.tally import FEW
from reviews.cohort.years import Compared

WIDTH, LEFT, RIGHT = 440, 12, 428
LABEL, BAR_RIGHT = 200, 384
TOP, ROW = 26, 44
YEARS_LEFT, YEARS_TOP, YEARS_BOTTOM = 40, 40, 236
DASHES = ["", "7 4", "2 4"]
MONTHS = [(1, "Sep"), (18, "Jan"), (31, "Apr"), (44, "Jul"), (53, "Sep"), (70, "Jan"), (83, "Apr"), (96, "Jul")]


def drawn(template: str, context: dict) -> SafeString:
    return mark_safe(render_to_string(template, context).strip())  # noqa: S308 - values are escaped


def bars_chart(name: str, title: str, rows: Sequence[tuple[str, int]]) -> SafeString | str:
    """Counts as bars, in their order; '' where all are 0. `name` makes the ids in the drawing its own."""
    most = max((number for _, number in rows), default=0)
    if not most:
        return ""
    context = {
        "name": name,
        "title": title,
        "description": "; ".join(f"{label}: {number:,}" for label, number in rows) + ".",
        "width": WIDTH,
        "height": 8 + 30 * len(rows),
        "left": LABEL,
        "label_at": LABEL - 10,
        "rows": [
            (label, number, 8 + 30 * n, 8 + 30 * n + 15, f"{(BAR_RIGHT - LABEL) * number / most:.1f}",
             f"{LABEL + (BAR_RIGHT - LABEL) * number / most + 6:.1f}")
            for n, (label, number) in enumerate(rows)
        ],
    }  # fmt: skip
    return drawn("cohort/bars.svg", context)


def spread_chart(name: str, title: str, lines: Sequence[Line]) -> SafeString | str:
    """One box for each line: from the least to the most, a quarter of the students each side of the box."""
    if not lines:
        return ""

    def x(percent: int) -> str:
        return f"{LEFT + (RIGHT - LEFT) * percent / 100:.1f}"

    rows = []
    for n, line in enumerate(lines):
        spread, top = line.tally.spread, TOP + ROW * n
        box = {
            "label": line.name, "students": line.tally.students, "text": top + 12, "middle_y": top + 27,
            "box": top + 19, "least": x(spread.least), "most": x(spread.most), "lower": x(spread.lower),
            "middle": x(spread.middle),
            "wide": f"{max((RIGHT - LEFT) * (spread.upper - spread.lower) / 100, 1):.1f}",
            "marks": [x(percent) for percent in line.tally.progress] if not line.tally.has_quarters else [],
            "end_top": top + 22, "end_bottom": top + 32, "box_bottom": top + 35,
        }  # fmt: skip
        rows.append(box)
    bottom = TOP + ROW * len(lines)
    context = {
        "name": name,
        "title": title,
        "description": "Percent of the required hours that are approved. The line goes from the least to the most, "
        "the box holds the middle half of the students, the thick line is the one in the middle; fewer than five "
        "students stand as single marks. The table has the figures.",
        "width": WIDTH,
        "height": bottom + 24,
        "top": TOP - 6,
        "bottom": bottom,
        "scale_y": bottom + 16,
        "scale": [(percent, x(percent)) for percent in range(0, 101, 20)],
        "rows": rows,
    }
    return drawn("cohort/spread.svg", context)


def years_chart(found: Compared) -> SafeString | str:
    """The student in the middle of each year of entry, week by week of the course; '' without any week."""
    weeks = [number for year in found.years for number, _ in year.told]
    if not weeks:
        return ""
    last = max(*weeks, 52)

    def x(week: int) -> float:
        return YEARS_LEFT + (RIGHT - YEARS_LEFT) * (week - 1) / (last - 1)

    def y(percent: int) -> float:
        return YEARS_BOTTOM - (YEARS_BOTTOM - YEARS_TOP) * percent / 100

    lines = [
        {
            "entry_year": year.entry_year,
            "points": " ".join(f"{x(number):.1f},{y(week.middle):.1f}" for number, week in year.told),
            "dash": dash,
            "is_first": not n,
            "key": YEARS_LEFT + 125 * n,
        }
        for n, (year, dash) in enumerate(zip(found.years, DASHES, strict=False))
    ]
    said = [
        f"{year.entry_year}: {year.then.middle}%" for year in found.years if year.then and year.then.students >= FEW
    ]
    context = {
        "title": "Years of entry, week by week of their course",
        "description": f"Hours of the student in the middle, in percent of those required. In week {found.week}: "
        f"{'; '.join(said) or 'not known'}. The table has the figures.",
        "width": WIDTH,
        "height": YEARS_BOTTOM + 24,
        "left": YEARS_LEFT,
        "right": RIGHT,
        "top": YEARS_TOP,
        "bottom": YEARS_BOTTOM,
        "label_y": YEARS_BOTTOM + 16,
        "scale": [(percent, f"{y(percent):.1f}", f"{y(percent) + 4:.1f}") for percent in range(0, 101, 20)],
        "months": [(month, f"{x(week):.1f}") for week, month in MONTHS if week <= last - 3],
        "now_x": f"{x(found.week):.1f}" if found.week else "",
        "lines": lines,
    }
    return drawn("cohort/years.svg", context)
