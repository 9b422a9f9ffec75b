"""Forms about CVs and cover letters."""

from django import forms

from portal.files.fields import UploadField
from portal.uploads import PDF, WORD
from students.papers.models import Kind, Paper, Version

PAPER_MB = 5


def paper_field(label: str, *, length: str = "Two pages are", required: bool = True) -> UploadField:
    """A CV or a cover letter as a file: what it is follows from its content. `length` advises how long it should be."""
    return UploadField(
        kinds=(PDF, WORD),
        most_mb=PAPER_MB,
        required=required,
        label=label,
        help_text=f"A PDF or a Word document, at most {PAPER_MB} MB. {length} best.",
    )


class PaperForm(forms.ModelForm):
    """What a cover letter is for."""

    class Meta:
        model = Paper
        fields = ["title"]
        labels = {"title": "Who is it for?"}
        help_texts = {"title": "For example: service desk at St Oswin's. Only you and your tutor read this."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True
        self.fields["title"].error_messages["required"] = "Say who the letter is for, so that you find it again."


class NoteForm(forms.ModelForm):
    """The student's words on a version."""

    class Meta:
        model = Version
        fields = ["note"]
        labels = {"note": "Your note"}
        help_texts = {"note": "What is new in it, or what you would like your tutor to look at."}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}


class VersionForm(NoteForm):
    """A new version: the file, a note, and whether feedback is wanted at once."""

    file = paper_field("The file")
    wants_feedback = forms.BooleanField(
        label="Ask for feedback now",
        required=False,
        help_text="Your tutor gets a mail and sees this version, and so does the placement office. "
        "Otherwise only you see it.",
    )
    field_order = ["file", "note", "wants_feedback"]

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        if kind == Kind.LETTER:
            self.fields["file"].help_text = paper_field("", length="One page is").help_text


class FeedbackForm(forms.Form):
    """What the tutor says of a version."""

    words = forms.CharField(
        label="Feedback",
        max_length=3000,
        required=False,
        help_text="Begin with what is good, then the two or three things that help most. Needed unless all is well.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    verdict = forms.ChoiceField(
        label="How does it stand?",
        choices=[("more", "Worth another version"), ("good", "Good to send")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two.", "invalid_choice": "Choose one of the two."},
    )

    def clean(self):
        data = super().clean()
        if data.get("verdict") == "more" and "words" not in self.errors and not data.get("words"):
            self.add_error("words", "Say in a few words what would make it better.")
        return data
