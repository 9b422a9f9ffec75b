"""What is declared and noted around a week: handing in, paper, reasons."""

from django import forms


class HandInForm(forms.Form):
    """The declaration with which a week is handed in."""

    declared = forms.BooleanField(
        label="These are the hours I really worked, and what I wrote is true.",
        error_messages={"required": "Tick the box to confirm that the hours are right."},
    )


class PaperForm(forms.Form):
    """What a tutor declares of a week that was handed over on paper."""

    signed_by = forms.CharField(
        label="Signed on paper by",
        required=False,
        max_length=150,
        help_text="The line manager's name as it stands on the paper. Leave empty if it is not signed: the week then "
        "goes to the manager by mail.",
    )
    declared = forms.BooleanField(
        label="I have the paper in front of me and keep it on file.",
        error_messages={"required": "Tick the box to confirm that the paper is there."},
    )


class ReasonForm(forms.Form):
    """A reason in a few words."""

    reason = forms.CharField(
        label="Reason",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say in a few words why."},
    )


class FlagNoteForm(forms.Form):
    """What the tutor did about a flag."""

    note = forms.CharField(label="What was done", required=False, max_length=300)
