"""Behaviours by group over the reviews: figures with what is behind them, and the same as a drawing."""

from django.utils.safestring import SafeString

from placements.behaviours.chart import Figure, groups_chart
from placements.behaviours.models import Group
from reviews.forms.models import Part

DESCRIPTION = (
    "The mean of 1 to 5 points that the line manager gave in each group, form by form. The table has the figures."
)


def groups_of(forms) -> list[tuple[str, list[Figure]]]:
    """(name of the group, one figure for each of the handed-in `forms`); [] without forms. Reads `form.answers`."""
    return [(label, [figure_of(form, name) for form in forms]) for name, label in Group.choices] if forms else []


def figure_of(form, group: str, title: str = "") -> Figure:
    """The mean of one group in one form."""
    answers = [one for one in form.answers.all() if one.part == Part.BEHAVIOUR and one.screen == group]
    seen = [answer.points for answer in answers if answer.points]
    return Figure(title or form.get_occasion_display(), len(seen), len(answers), sum(seen))


def behaviours_chart(groups, name: str, key: str = "behaviours") -> SafeString | str:
    """The groups as bars, one for each form; '' where nothing is handed in. The page has the same as a table."""
    return groups_chart(groups, title=f"Behaviours of {name} by group", description=DESCRIPTION, key=key)
