"""What is declared and noted around a week: handing in, paper, reasons."""

from datetime import date

from django import forms


class Declaration(forms.Form):
    """What is declared with a week. Days that are `still` to come and of which nothing is told are named at its tick.

    A week goes with empty days only if the page named them all (`still_empty`): else it does so now, and asks again.
    """

    again = "Hand it in once more if that is right."
    is_asked = False  # whether an answer to this page says that the named days are meant to go empty

    def __init__(self, data=None, *, still: list[date] = ()):
        super().__init__(data)
        self.fields["declared"].summary_label = "Declaration"
        self.named = " ".join(day.isoformat() for day in still)
        self.says = ""
        if still:
            *others, last = [f"{day:%A}" for day in still]
            days = f"{', '.join(others)} and {last}" if others else last
            self.says = f"{days} {'are' if others else 'is'} still to come and would be handed in empty."
            self.fields["declared"].help_text = self.says

    def clean(self):
        are_new = set(self.named.split()) - set(self.data.get("still_empty", "").split())
        self.is_asked = not are_new or "declared" not in self.errors
        if are_new and self.is_asked:
            self.add_error("declared", f"{self.says} {self.again}")


class HandInForm(Declaration):
    """The declaration with which a student hands a week in."""

    declared = forms.BooleanField(
        label="These are the hours I really worked, and what I wrote is true.",
        error_messages={"required": "Tick the box to confirm that the hours are right."},
    )


class PaperForm(Declaration):
    """What is declared of a week that was handed over on paper.

    It may be approved and locked at once, so days to come are not only named: they are asked about (`is_asked`).
    """

    again = "Record it once more if that is right."

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
