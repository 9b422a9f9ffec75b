"""The chart of growth: per statement the first and the last answer on a line from 1 to 5."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from students.selfassessment.growth import Change

WIDTH, LEFT, RIGHT, ROW, TOP = 440, 150, 420, 24, 40


def growth_chart(changes: list[Change], *, times: int) -> SafeString:
    """SVG, or '' where nothing was finished. A hollow dot for the first answer, a full one for the last."""
    if not changes:
        return mark_safe("")

    def x(value: int) -> int:
        return LEFT + (RIGHT - LEFT) * (value - 1) // 4

    rows = [
        {
            "short": change.statement.short,
            "y": TOP + ROW * number + ROW // 2,
            "first": x(change.first),
            "last": x(change.last),
            "moved": change.first != change.last,
        }
        for number, change in enumerate(changes)
    ]
    up, down = (sum(1 for change in changes if sign * change.change > 0) for sign in (1, -1))
    described = "Answers from 1 (lowest) to 5 (highest). "
    if times > 1:
        described += f"{up} of {len(changes)} statements went up, {down} went down. The table below has every figure."
    else:
        described += "There is one self-assessment so far. The table below has every figure."
    context = {
        "title": "How my answers changed" if times > 1 else "My answers",
        "description": described,
        "width": WIDTH,
        "height": TOP + ROW * len(changes) + 10,
        "left": LEFT,
        "label_x": LEFT - 12,
        "bottom": TOP + ROW * len(changes),
        "top": TOP,
        "scale": [(value, x(value)) for value in range(1, 6)],
        "rows": rows,
    }
    svg = render_to_string("selfassessment/growth.svg", context).strip()
    return mark_safe(svg)  # noqa: S308 - values are escaped
