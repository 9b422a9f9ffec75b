"""Forms of the sign-off: judging, special consideration, opening again, questions about figures."""

from django import forms

from portal.files.fields import UploadsField
from portal.uploads import PDF, PICTURE, WORD
from reviews.signoff.models import Figure, Reason
from reviews.signoff.models.question import Outcome

EVIDENCE_AT_MOST = 5


def words_field(label, *, hint="", longest=2000, rows=4, missing="Say it in a few words.", required=True):
    """A text of several lines."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=longest,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
    )


class JudgementForm(forms.Form):
    """Whether the progress is sufficient, and why."""

    is_sufficient = forms.TypedChoiceField(
        label="Is the progress with the learning goals sufficient?",
        choices=[("yes", "Yes, it is sufficient"), ("no", "Not yet")],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two."},
    )
    words = words_field(
        "Why?",
        hint="The student reads it, and it is kept with the sign-off. If it is not sufficient yet: what is missing?",
        longest=3000,
        rows=5,
        missing="Give your reasons.",
    )


class ReachNoteForm(forms.Form):
    """What was done about hours that cannot be reached."""

    note = forms.CharField(label="What was done", required=False, max_length=300)


class ReasonChoices(forms.ModelMultipleChoiceField):
    """Reasons with what they mean."""

    def label_from_instance(self, reason):
        return f"{reason.wording} ({reason.code}). {reason.hint}"


class ConsiderationForm(forms.Form):
    """Why the hours cannot be reached, in the reasons that the guidance knows, in words, and with evidence.

    Where none is attached the form asks once (`without_evidence`): evidence is kept, but it may not be in writing.
    """

    reasons = ReasonChoices(
        Reason.objects.filter(retired_at=None),
        label="Reasons",
        help_text="One or more. The results service is told the letters, and nothing else.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one reason."},
    )
    words = words_field(
        "What happened, and why can the hours not be reached?",
        hint="Whoever decides reads this, and so does the student.",
        longest=3000,
        rows=6,
        missing="Say what happened.",
    )
    files = UploadsField(
        kinds=(PICTURE, PDF, WORD),
        most=EVIDENCE_AT_MOST,
        label="Evidence",
        help_text=f"Up to {EVIDENCE_AT_MOST} files: pictures, PDF or Word. Each look at them is noted.",
        required=False,
    )
    without_evidence = forms.BooleanField(
        label="There is no evidence that could be attached", required=False, widget=forms.HiddenInput
    )

    def clean(self):
        data = super().clean()
        is_without = data.pop("without_evidence", False)
        if "files" not in self.errors and not data["files"]:
            self.fields["without_evidence"].widget = forms.CheckboxInput()
            if not is_without:
                self.add_error("files", "Nothing is attached. Add the evidence, or say below that there is none.")
        return data


class ConfirmForm(forms.Form):
    words = words_field("In your words", hint="If you like.", required=False, rows=2)


class ReasonForm(forms.Form):
    """A reason, in a few words."""

    reason = forms.CharField(
        label="Reason",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Give a reason."},
    )


class QuestionForm(forms.Form):
    """What the student asks about a figure."""

    figure = forms.ChoiceField(
        label="What is your question about?",
        choices=Figure.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )
    words = words_field(
        "Your question",
        hint="What do you think is not right, or what do you not understand?",
        missing="Write your question.",
    )


class ObjectionForm(forms.Form):
    words = words_field(
        "What should the second person look at?",
        hint="They read everything above, too.",
        missing="Say it in a few words.",
    )


class AnswerForm(forms.Form):
    """An answer, or a decision: whether the figure is right, and how it comes about."""

    outcome = forms.ChoiceField(
        label="Is the figure right?",
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two.", "invalid_choice": "Choose one of the two."},
    )
    words = words_field(
        "How does it come about?",
        hint="The student reads and keeps it. If it is being corrected: who does what?",
        longest=3000,
        rows=5,
        missing="Say how the figure comes about.",
    )
