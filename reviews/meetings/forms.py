"""Forms of meetings: adding one, reasons, the student's preparation, confirmations. Dates have forms of their own."""

from datetime import timedelta

from django import forms

from portal.form_fields import DayField
from portal.form_merged import MergedFields
from reviews.forms.models import Progress
from reviews.meetings.models import Meeting, Party, Preparation

LONGEST = 2000


def words_field(label: str, *, rows: int = 3, hint: str = "", longest: int = LONGEST) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=hint,
        error_messages={"max_length": f"At most {longest} characters are possible. Say it shorter."},
    )


class MeetingForm(forms.ModelForm):
    """A meeting planned by hand."""

    due_on = DayField(label="Around", help_text="The date itself is agreed with everybody afterwards.")

    class Meta:
        model = Meeting
        fields = ["title", "due_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = "For example 'After the project week'."

    def clean_due_on(self):
        due, placement = self.cleaned_data["due_on"], self.instance.placement
        if not placement.first_on <= due <= placement.last_on + timedelta(days=60):
            raise forms.ValidationError(
                f"The placement runs from {placement.first_on:%-d %B %Y} to {placement.last_on:%-d %B %Y}."
            )
        return due


class ReasonForm(forms.Form):
    """Why a meeting was missed or is cancelled, or why its notes are opened again."""

    reason = forms.CharField(label="Reason", max_length=300, help_text="Everybody can read it.")


class PrepareForm(MergedFields, forms.ModelForm):
    """The student's preparation: three questions, and how far each goal is."""

    class Meta:
        model = Preparation
        fields = ["went_well", "hard", "talk_about"]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in fields}

    def __init__(self, *args, goals, stored, **kwargs):
        super().__init__(*args, **kwargs)
        self.goals = goals
        for goal in goals:
            said = stored.get(goal.pk)
            self.fields[f"goal{goal.pk}"] = forms.ChoiceField(
                label=goal.wording,
                required=False,
                choices=Progress.choices,
                widget=forms.RadioSelect,
                initial=said.progress if said else "",
            )
            field = words_field("What shows it", rows=2)
            field.initial = said.words if said else ""
            self.fields[f"goal{goal.pk}-words"] = field

    def rows(self):
        """(goal, choice, words) for each goal."""
        for goal in self.goals:
            yield goal, self[f"goal{goal.pk}"], self[f"goal{goal.pk}-words"]

    def said(self):
        """(goal, what to write of it) for the goals of which something was changed."""
        for goal in self.goals:
            names = {"progress": f"goal{goal.pk}", "words": f"goal{goal.pk}-words"}
            if found := {field: self.changes[name] for field, name in names.items() if name in self.changes}:
                yield goal, found


class ConfirmForm(forms.Form):
    """Whether somebody agrees with the notes, and what they see differently."""

    agrees = forms.ChoiceField(
        label="Do the notes say what was agreed?",
        choices=[("yes", "Yes, I agree"), ("no", "Not with all of it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no."},
    )
    words = words_field("What do you see differently?", hint="It stands beside the notes and changes nothing in them.")

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.use_required_attribute = False

    def clean(self):
        data = super().clean()
        if data.get("agrees") == "no" and not data.get("words", "").strip() and "words" not in self.errors:
            self.add_error("words", "Say what you see differently.")
        return data

    def answer(self) -> dict:
        """The arguments of `confirm`."""
        agrees = self.cleaned_data["agrees"] == "yes"
        return {"agrees": agrees, "words": "" if agrees else self.cleaned_data["words"]}


class AtTheTableForm(ConfirmForm):
    """What somebody said at the table, recorded by staff."""

    party = forms.ChoiceField(label="Who", widget=forms.RadioSelect)

    def __init__(self, parties, data=None):
        super().__init__(data, prefix="table")
        self.fields["party"].choices = [(party, Party(party).label) for party in parties]
        self.fields["agrees"].label = "Does that person agree with the notes?"
        self.fields["words"].label = "What does that person see differently?"
        self.order_fields(["party", "agrees", "words"])
