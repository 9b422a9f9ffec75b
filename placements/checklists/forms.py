"""Answering a checklist, and a provider's own points."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import escape

from employers.models import Employer
from placements.checklists.lines import tick, untick
from placements.checklists.models import Line, Point, Tick
from placements.models import Placement
from portal.form_seen import SeenForm
from portal.people.models import Provider, User
from students.tlevels.models import TLevel

State = Tick.State


@dataclass(frozen=True)
class Row:
    """One line for the template: with its controls where it can be answered (`words` is None for a mere tick).

    `notes` are what somebody else wrote to the point: things with `by_name`, `at` and `words`.
    """

    line: Line
    state: BoundField | None = None
    words: BoundField | None = None
    notes: list = field(default_factory=list)


def rows_to_read(lines: list[Line], notes: dict[int, list] | None = None) -> list[Row]:
    """The lines without controls; `notes` by the primary key of the point."""
    return [Row(line, notes=(notes or {}).get(line.point.pk, [])) for line in lines]


class ChecklistForm(forms.Form):
    """The answers to `lines`. With `only_ticks` each is a checkbox, else a choice of three states and a few words.

    Save with `save_answers`, also when the form is not valid: answers that are right are kept.
    """

    def __init__(self, lines: list[Line], data=None, *, only_ticks: bool = False, notes: dict[int, list] | None = None):
        super().__init__(data)
        self.lines, self.only_ticks, self.notes = lines, only_ticks, notes or {}
        for line in lines:
            self.fields |= tick_field(line) if only_ticks else state_fields(line)

    @property
    def rows(self) -> list[Row]:
        """The lines in their order, each with its controls."""
        return [
            Row(
                line,
                self[f"state-{line.point.pk}"],
                None if self.only_ticks else self[f"words-{line.point.pk}"],
                self.notes.get(line.point.pk, []),
            )
            for line in self.lines
        ]

    @property
    def answered(self) -> int:
        """How many were answered when the lines were read."""
        return sum(1 for line in self.lines if line.tick)

    def clean(self):
        data = super().clean()
        for line in self.lines:
            name = f"words-{line.point.pk}"
            if name in self.fields and name not in self.errors and not data.get(name):
                if data.get(f"state-{line.point.pk}") == State.NOT_HERE:
                    self.add_error(name, "Say in a few words why it does not apply here.")
                elif data.get(f"state-{line.point.pk}") == State.UNSURE:
                    self.add_error(name, "Write what you would like to know.")
        return data


def tick_field(line: Line) -> dict[str, forms.Field]:
    initial = line.tick is not None
    box = forms.BooleanField(label=line.wording, help_text=escape(line.point.hint), required=False, initial=initial)
    return {f"state-{line.point.pk}": box}


def state_fields(line: Line) -> dict[str, forms.Field]:
    """Nothing chosen leaves a point as it is: a page that was opened long ago takes nothing back."""
    state = forms.ChoiceField(
        label=line.wording,
        choices=State.choices,
        required=False,
        widget=forms.RadioSelect,
        initial=line.tick.state if line.tick else None,
    )
    words = forms.CharField(
        label="A few words on it",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Why it does not apply here, or what you would like to know.",
        initial=line.tick.words if line.tick else "",
    )
    return {f"state-{line.point.pk}": state, f"words-{line.point.pk}": words}


def save_answers(placement: Placement, form: ChecklistForm, *, by: User, clear: Collection[str] = ()):
    """Keep all answers that are right; `clear` are the primary keys of points whose answer is taken back.

    A checkbox counts as unticked only if the page showed it as ticked (a hidden `shown-<point>` says so).
    """
    form.is_valid()
    for line in form.lines:
        point = line.point
        state, words = form.cleaned_data.get(f"state-{point.pk}"), form.cleaned_data.get(f"words-{point.pk}", "")
        if str(point.pk) in clear:
            untick(placement, point)
        elif form.only_ticks and state:
            tick(placement, point, by=by)
        elif form.only_ticks and form.data.get(f"shown-{point.pk}"):
            untick(placement, point)
        elif not form.only_ticks and state and f"words-{point.pk}" not in form.errors:
            tick(placement, point, by=by, state=state, words=words)


class PointForm(SeenForm, forms.ModelForm):
    """A point of the provider's own: for everybody, for a T Level, for an employer, or for both together."""

    class Meta:
        model = Point
        fields = ["wording", "hint", "tlevel", "employer"]
        help_texts = {
            "wording": "As the student says it, for example: I know how to sign in at the gate.",
            "hint": "One line below it that says what belongs to the point.",
            "tlevel": "Only students of this T Level get the point. Leave it empty for all.",
            "employer": "Only placements at this employer get the point. Leave it empty for all.",
        }

    def __init__(self, data=None, *, provider: Provider, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["tlevel"].queryset = TLevel.objects.order_by("title")
        self.fields["tlevel"].empty_label = "Every T Level"
        self.fields["employer"].queryset = Employer.objects.filter(provider=provider).order_by("name")
        self.fields["employer"].empty_label = "Every employer"
