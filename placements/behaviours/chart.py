"""Behaviours by group as figures with what is behind them, and the same as a drawing: bars of 1 to 5 points."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

WIDTH, LEFT, RIGHT = 440, 150, 416
BASIS = 76  # room beside the longest bar for 'from 1 of 5'
TOP, BAR, GAP = 44, 13, 14
MOST = 5


@dataclass(frozen=True)
class Figure:
    """How somebody rates one group: the sum of the points of what was seen, and of how many statements."""

    title: str
    seen: int
    asked: int
    points: int

    @property
    def mean(self) -> str:
        """'3.7'; '' where nothing was seen."""
        return f"{self.points / self.seen:.1f}" if self.seen else ""

    @property
    def is_thin(self) -> bool:
        """Whether it rests on fewer than half of the statements."""
        return 0 < self.seen * 2 < self.asked

    @property
    def said(self) -> str:
        """What stands beside its bar: '3.7', 'none yet', and '4.0 from 1 of 5' where it rests on few statements."""
        basis = f" from {self.seen} of {self.asked}" if self.is_thin else ""
        return f"{self.mean or 'none yet'}{basis}"


def groups_chart(groups: list[tuple[str, list[Figure]]], *, title: str, description: str, key: str) -> SafeString | str:
    """(name of the group, its figures) as bars, one for each figure; '' without groups. A page has a table as well.

    `key` begins the ids of the drawing: a page with two of them needs two.
    """
    if not groups:
        return ""
    high = len(groups[0][1]) * (BAR + 3) + GAP
    places = [TOP + position * high for position in range(len(groups))]
    context = {
        "title": title,
        "description": description,
        "key": key,
        "width": WIDTH + (BASIS if any(figure.is_thin for _, figures in groups for figure in figures) else 0),
        "height": TOP + len(groups) * high + 22,
        "left": LEFT,
        "label_at": LEFT - 10,
        "top": TOP - 6,
        "bottom": TOP + len(groups) * high - GAP + 4,
        "below": TOP + len(groups) * high + 8,
        "bar": BAR,
        "rows": [
            (label, at + (high - GAP) / 2 + 3, bars_of(figures, at))
            for at, (label, figures) in zip(places, groups, strict=True)
        ],
        "points": [(number, f"{LEFT + (RIGHT - LEFT) * number / MOST:.1f}") for number in range(MOST + 1)],
        "titles": [(figure.title, LEFT + position * 110) for position, figure in enumerate(groups[0][1])],
    }
    return mark_safe(render_to_string("behaviours/groups.svg", context).strip())  # noqa: S308 - values are escaped


def bars_of(figures, at: int) -> list[tuple]:
    """(y, width, y of the figure, x of the figure, the figure, whether it is hatched) of each bar of a group."""
    found = []
    for position, figure in enumerate(figures):
        y = at + position * (BAR + 3)
        wide = (RIGHT - LEFT) * figure.points / figure.seen / MOST if figure.seen else 0
        found.append((y, f"{wide:.1f}", y + 11, f"{LEFT + wide + 5:.1f}", figure.said, position == 0))
    return found
