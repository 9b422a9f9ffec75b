"""The tables of the cohort page, for spreadsheets and for the page itself: (header, rows) by name."""

from collections.abc import Callable
from typing import NamedTuple

from reviews.cohort.figures import behaviour
from reviews.cohort.matters import MATTERS
from reviews.cohort.tally import FEW
from reviews.risk.judging import Level
from reviews.risk.models import Phase

SPREAD = [
    "Students", Level.AT_RISK.label, Level.OUT_OF_REACH.label, "Least %", "Lower quarter %", "Middle %",
    "Upper quarter %", "Most %",
]  # fmt: skip


class Table(NamedTuple):
    """A table to download: `rows` makes it from what a page shows (`page_of` in views/cohort.py)."""

    header: list[str]
    rows: Callable


def phases(page) -> list[tuple[str, str, int]]:
    """(label, slug, students) of each phase, in the order of the way."""
    return [(phase.label, phase.value, page["figures"].total.phases[phase]) for phase in Phase]


def levels(page) -> list[tuple[str, str, int]]:
    """(label, slug, students) of each level, the worst first."""
    return [(level.label, level.slug, page["figures"].total.levels[level]) for level in reversed(Level)]


def matters(page) -> list[tuple[str, str, int]]:
    """(label, name, students) of each matter."""
    return [(matter.counted, name, page["figures"].total.matters[name]) for name, matter in MATTERS.items()]


def spread_row(line) -> list:
    """A line as the cells of a table; of few students without middle and quarters."""
    tally, spread = line.tally, line.tally.spread
    inner = [spread.lower, spread.middle, spread.upper] if tally.has_quarters else [None] * 3
    return [line.name, tally.students, tally.at_risk, tally.out_of_reach, spread.least, *inner, spread.most]


def counts(rows) -> list[list]:
    return [[label, number] for label, _, number in rows]


def weeks(page) -> list[list]:
    """All weeks of the years that are compared."""
    years = page["compared"].years if page["compared"] else []
    return [
        [year.entry_year, number, week.monday, week.students, week.placed, week.complete, week.least,
         *([week.lower, week.middle, week.upper] if week.students >= FEW else [None] * 3), week.most, week.is_later]
        for year in years
        for number, week in year.weeks
    ]  # fmt: skip


def employers(page) -> list[list]:
    return [
        [row["name"], row["feedback"], row["recommend"], row["perhaps"], row["agree_percent"], row["forms"],
         behaviour(row) or None]
        for row in page["qualities"]
    ]  # fmt: skip


TABLES = {
    "placements": Table(["Placement", "Students"], lambda page: counts(phases(page))),
    "risk": Table(["How they stand", "Students"], lambda page: counts(levels(page))),
    "matters": Table(["Matter", "Students"], lambda page: counts(matters(page))),
    "tlevels": Table(["T Level", *SPREAD], lambda page: [spread_row(line) for line in page["figures"].tlevels]),
    "tutors": Table(["Tutor", *SPREAD], lambda page: [spread_row(line) for line in page["figures"].tutors]),
    "years": Table(
        ["Year of entry", "Week of the course", "Week of", "Students", "Placement begun", "All hours reached",
         "Least %", "Lower quarter %", "Middle %", "Upper quarter %", "Most %", "Worked out afterwards"],
        weeks,
    ),
    "employers": Table(
        ["Employer", "Students who answered", "Would recommend", "Perhaps", "Agree with the statements in %",
         "Review forms", "Mean for behaviour, 1 to 5"],
        employers,
    ),
}  # fmt: skip
