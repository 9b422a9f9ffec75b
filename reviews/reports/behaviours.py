"""The behaviours over the reviews: per placement a chart and tables, from the employer's forms that are handed in."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from placements.behaviours.models import Group
from reviews.forms.chart import behaviours_chart, groups_of
from reviews.forms.models import Part, ReviewForm
from reviews.reports.kinds import head


@dataclass(frozen=True)
class PlacementPart:
    """The handed-in forms of one placement, the oldest first (with `answers`)."""

    forms: list[ReviewForm]

    @property
    def placement(self):
        return self.forms[0].placement

    @cached_property
    def groups(self):
        """The means by group, as the chart and its table have them."""
        return groups_of(self.forms)

    @property
    def chart(self):
        name = self.placement.student.user.first_name
        return behaviours_chart(self.groups, name, key=f"behaviours-{self.placement.pk}")

    def statements(self) -> list[tuple[str, list[tuple[str, list[str]]]]]:
        """(group, [(statement in the wording answered last, its answer in each form)]); '' where a form lacks it."""
        rows = {}
        for position, form in enumerate(self.forms):
            for answer in form.answers.all():
                if answer.part == Part.BEHAVIOUR:
                    row = rows.setdefault((answer.screen, answer.code), ["", [""] * len(self.forms)])
                    row[0], row[1][position] = answer.wording, said(answer)
        return [
            (label, [tuple(row) for (group, _), row in rows.items() if group == name]) for name, label in Group.choices
        ]


def said(answer) -> str:
    """'4, as expected', or that it was not seen."""
    return f"{answer.points}, {answer.label[:1].lower()}{answer.label[1:]}" if answer.points else answer.label


def parts_of(students, user) -> dict[int, list[PlacementPart]]:
    """The placements with handed-in forms, by student, oldest first. Two queries."""
    rows = ReviewForm.objects.visible_to(user).handed_in().filter(placement__student__in=students).with_people()
    by_placement = defaultdict(list)
    for form in rows.order_by("handed_in_at", "pk").prefetch_related("answers"):
        by_placement[form.placement_id].append(form)
    found = defaultdict(list)
    for forms in by_placement.values():
        found[forms[0].placement.student_id].append(PlacementPart(forms))
    return found


def context_of(student, parts: list[PlacementPart]) -> dict:
    """What the sheet says."""
    return head(student.provider) | {"student": student, "parts": parts}
