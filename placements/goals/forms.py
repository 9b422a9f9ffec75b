"""Forms about learning goals."""

from django import forms
from django.utils import timezone

from placements.goals.models import LONGEST, MOST, LearningGoal, LibraryGoal
from placements.models import Placement
from portal.form_fields import DayField
from portal.form_seen import SeenForm

EMPTY_ROWS = 3


class GoalForm(forms.Form):
    """One row: the wording, and its place among the others. Emptied, the goal is taken out."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    place = forms.IntegerField(
        label="Place",
        required=False,
        min_value=1,
        max_value=99,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 2}),
        error_messages={"invalid": "Give the place as a number, for example 2."},
    )
    wording = forms.CharField(
        label="Learning goal",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": f"A goal has at most {LONGEST} characters. Say it shorter."},
    )


class GoalRows(forms.BaseFormSet):
    """All goals of a placement with a few empty rows; `rows()` gives them in their order."""

    def clean(self):
        if any(self.errors):
            return
        wordings = [wording.casefold() for _, wording in self.rows()]
        if "send" in self.data and not wordings:
            raise forms.ValidationError("Write at least one goal before you send them.")
        if len(wordings) > MOST:
            raise forms.ValidationError(f"These are {len(wordings)} goals. At most {MOST} can hold at a time.")
        if len(set(wordings)) < len(wordings):
            raise forms.ValidationError("Two goals say the same. Change one, or take it out.")

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.summary_label = f"Goal {index + 1}"
        form.fields["wording"].label = form.summary_label
        form.fields["place"].label = f"Place of goal {index + 1}"

    def rows(self) -> list[tuple[int | None, str]]:
        """(primary key or None, wording) of what is filled in, sorted by the places given (of valid forms)."""
        found = []
        for index, form in enumerate(self.forms):
            data = form.cleaned_data
            if wording := " ".join((data.get("wording") or "").split()):
                found.append((data.get("place") or index + 1, index, data.get("pk"), wording))
        return [(pk, wording) for _, _, pk, wording in sorted(found, key=lambda row: row[:2])]


def goal_rows(placement: Placement, goals: list[LearningGoal], data=None) -> GoalRows:
    """The form of all goals; `more` in the data asks for further empty rows."""
    rows = max(min(len(goals) + EMPTY_ROWS, MOST), len(goals), 1)
    make = forms.formset_factory(GoalForm, formset=GoalRows, extra=rows - len(goals), max_num=MOST, absolute_max=MOST)
    initial = [{"pk": goal.pk, "place": goal.number, "wording": goal.wording} for goal in goals]
    return make(data, initial=initial, prefix="goals")


class InPersonForm(forms.Form):
    """The day on which the line manager agreed in person."""

    on = DayField(label="Agreed on", help_text="The day on which the line manager said yes, or signed a paper.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", timezone.localdate())

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError("This day is still to come.")
        if (timezone.localdate() - on).days > 366:
            raise forms.ValidationError("That is more than a year ago. Check the year.")
        return on


class ChooseForm(forms.Form):
    """Goals of the library, to be taken over."""

    goals = forms.ModelMultipleChoiceField(
        LibraryGoal.objects.none(),
        label="Goals of the library",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one goal."},
    )

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["goals"].queryset = choices


class LibraryGoalForm(SeenForm, forms.ModelForm):
    """A goal of the provider's library."""

    class Meta:
        model = LibraryGoal
        fields = ["tlevel", "wording"]
        widgets = {"wording": forms.Textarea(attrs={"rows": 3})}
        error_messages = {"wording": {"max_length": f"A goal has at most {LONGEST} characters. Say it shorter."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["wording"].max_length = LONGEST
        self.fields["wording"].help_text = "One thing that a student can learn and show, beginning with a verb."
        self.fields["tlevel"].queryset = self.fields["tlevel"].queryset.order_by("title")
        self.fields["tlevel"].empty_label = "Choose a T Level"

    def clean_wording(self):
        return " ".join(self.cleaned_data["wording"].split())

    def clean(self):
        data = super().clean()
        same = LibraryGoal.objects.filter(
            provider=self.instance.provider_id, tlevel=data.get("tlevel"), wording=data.get("wording") or ""
        ).exclude(pk=self.instance.pk)
        if data.get("tlevel") and same.exists():
            self.add_error("wording", "The library has this goal for this T Level already.")
        return data
