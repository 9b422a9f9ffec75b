"""One group of statements as a form."""

from django import forms

from portal.form_merged import MergedFields
from students.selfassessment.models import SCALES, VALUES, Answer, Statement


class GroupForm(MergedFields, forms.Form):
    """The statements of one group, each with the five points of its scale. None of them is required."""

    def __init__(self, statements: list[Statement], answers: dict[int, int], data=None):
        """`answers`: what is stored so far, value by statement."""
        super().__init__(data)
        self.statements = statements
        for statement in statements:
            choices = [(str(value), SCALES[statement.part][value - 1]) for value in VALUES]
            self.fields[name_of(statement)] = forms.ChoiceField(
                label=statement.wording,
                choices=choices,
                required=False,
                initial=str(answers.get(statement.pk, "")),
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": "Choose one of the five."},
            )

    def rows(self):
        """The controls in their order."""
        return [self[name_of(statement)] for statement in self.statements]

    def given(self) -> list[tuple[Statement, int]]:
        """(statement, value) of what was changed, and rightly, also when another answer was wrong."""
        found = [(statement, self.changes.get(name_of(statement))) for statement in self.statements]
        return [(statement, int(value)) for statement, value in found if value]


def name_of(statement: Statement) -> str:
    return f"statement-{statement.pk}"


def save_answers(assessment, given: list[tuple[Statement, int]]):
    """Write the answers of an open self-assessment, each with the wording that was read."""
    rows = [
        Answer(assessment=assessment, statement=statement, wording=statement.wording, value=value)
        for statement, value in given
    ]
    Answer.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["assessment", "statement"],
        update_fields=["wording", "value", "answered_at"],
    )
