"""Behaviours by group over the reviews: figures with what is behind them, and the same as a drawing."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from placements.behaviours.models import Group
from reviews.forms.models import Part

WIDTH, LEFT, RIGHT = 440, 150, 416
TOP, BAR, GAP = 44, 13, 14
MOST = 5


@dataclass(frozen=True)
class Figure:
    """How one form rates one group: the mean of the points of what was seen, and of how many statements."""

    title: str
    seen: int
    asked: int
    points: int

    @property
    def mean(self) -> str:
        """'3.7'; '' where nothing was seen."""
        return f"{self.points / self.seen:.1f}" if self.seen else ""


def groups_of(forms) -> list[tuple[str, list[Figure]]]:
    """(name of the group, one figure for each of the handed-in `forms`); [] without forms. Reads `form.answers`."""
    return [(label, [figure_of(form, name) for form in forms]) for name, label in Group.choices] if forms else []


def figure_of(form, group: str) -> Figure:
    answers = [one for one in form.answers.all() if one.part == Part.BEHAVIOUR and one.screen == group]
    seen = [answer.points for answer in answers if answer.points]
    return Figure(form.get_occasion_display(), len(seen), len(answers), sum(seen))


def behaviours_chart(groups, name: str) -> SafeString | str:
    """The groups as bars, one for each form; '' where nothing is handed in. The page has the same as a table."""
    if not groups:
        return ""
    high = len(groups[0][1]) * (BAR + 3) + GAP
    places = [TOP + position * high for position in range(len(groups))]
    context = {
        "name": name,
        "width": WIDTH,
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
    return mark_safe(render_to_string("review_forms/behaviours.svg", context).strip())  # noqa: S308 - values are escaped


def bars_of(figures, at: int) -> list[tuple]:
    """(y, width, y of the figure, x of the figure, the figure, whether it is hatched) of each bar of a group."""
    found = []
    for position, figure in enumerate(figures):
        y = at + position * (BAR + 3)
        wide = (RIGHT - LEFT) * figure.points / figure.seen / MOST if figure.seen else 0
        found.append((y, f"{wide:.1f}", y + 11, f"{LEFT + wide + 5:.1f}", figure.mean or "not seen yet", position == 0))
    return found
