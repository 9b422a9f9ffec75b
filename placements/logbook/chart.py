"""How a student rated a goal over time, drawn as SVG on the server (see portal.charts for the idiom)."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from placements.logbook.models import GoalRating, Level

WIDTH, HEIGHT = 440, 190
LEFT, RIGHT, TOP, BOTTOM = 104, 412, 16, 152


def ratings_chart(ratings: list[GoalRating]) -> SafeString | str:
    """The ratings as a line from 'not started' up; '' for fewer than two, which are said better in words.

    The page lists the same in words: the chart is never the only way to read them.
    """
    if len(ratings) < 2:
        return ""
    first, last = ratings[0].rated_on, ratings[-1].rated_on
    days = max((last - first).days, 1)

    def x(rating) -> float:
        return LEFT + (RIGHT - LEFT) * (rating.rated_on - first).days / days

    def y(level: int) -> float:
        return BOTTOM - (BOTTOM - TOP) * (level - 1) / (len(Level) - 1)

    points = [(f"{x(rating):.1f}", f"{y(rating.level):.1f}") for rating in ratings]
    context = {
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": RIGHT,
        "label_at": LEFT - 10,
        "below": BOTTOM + 24,
        "levels": [(level.label, f"{y(level):.1f}", f"{y(level) + 4:.1f}") for level in Level],
        "points": points,
        "line": " ".join(f"{at},{height}" for at, height in points),
        "first": ratings[0],
        "last": ratings[-1],
    }
    return mark_safe(render_to_string("logbook/ratings.svg", context).strip())  # noqa: S308 - values are escaped
