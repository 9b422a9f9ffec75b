"""Forms: a screen of a review form, the paper that somebody signed, words of the student, questions of a provider."""

from django import forms
from django.utils import timezone

from portal.form_fields import DayField
from portal.form_merged import MergedFields
from portal.form_seen import SeenFields
from reviews.forms.models import Part, Question, Remark
from reviews.forms.models.lines import Line

LONGEST = 2000
NO_LONGER = f"At most {LONGEST} characters are possible. Say it shorter."
OPTIONS_AT_MOST = 8


class ScreenForm(MergedFields, forms.Form):
    """The lines of one screen (or of a whole paper). Nothing is required here: it is saved as one goes."""

    def __init__(self, lines: list[Line], data=None):
        super().__init__(data)
        self.lines = lines
        for line in lines:
            said = line.answer
            if line.options:
                self.fields[line.name] = forms.ChoiceField(
                    label=line.wording,
                    choices=line.options,
                    required=False,
                    widget=forms.RadioSelect,
                    initial=said.value if said else "",
                    help_text=line.hint,
                )
            if not line.options or line.part == Part.GOAL:
                name = f"{line.name}-words" if line.options else line.name
                self.fields[name] = forms.CharField(
                    label="What shows it" if line.options else line.wording,
                    required=False,
                    max_length=LONGEST,
                    widget=forms.Textarea(attrs={"rows": 2 if line.options else 3}),
                    initial=said.words if said else "",
                    help_text="" if line.options else line.hint,
                    error_messages={"max_length": NO_LONGER},
                )

    @classmethod
    def as_then(cls, lines: list[Line], data):
        """The screen as posted, filled in with what was said midway where it has no answer. To look at, not saved:
        it still compares with what the page had shown before.
        """
        data = data.copy()
        for line in lines:
            words = f"{line.name}-words" if line.part == Part.GOAL else line.name
            if line.earlier and line.options and not data.get(line.name):
                data[line.name] = line.earlier.value
            if line.earlier and (line.part == Part.GOAL or not line.options) and not data.get(words, "").strip():
                data[words] = line.earlier.words
        screen = cls(lines, data)
        screen.full_clean()
        screen.data["was"] = data.get("was", "")
        return screen

    def rows(self, lines: list[Line] | None = None):
        """(line, bound choice or None, bound words or None) for each line, or for some `lines` of it."""
        for line in self.lines if lines is None else lines:
            choice = self[line.name] if line.options else None
            if line.part == Part.GOAL:
                yield line, choice, self[f"{line.name}-words"]
            else:
                yield line, choice, None if line.options else self[line.name]

    def said(self):
        """(line, value, words) of every line as it stands from now on: what was changed, beside what is stored."""
        for line, choice, words in self.rows():
            yield line, *(self.changes.get(field.name, field.initial) if field else "" for field in (choice, words))


class PaperForm(ScreenForm):
    """All lines of a form on paper, as whole as one that is handed in, with who signed it and when."""

    signed_by = forms.CharField(label="Signed by", max_length=200, help_text="The name on the paper.")
    signed_on = DayField(label="Signed on")

    def __init__(self, form, lines: list[Line], data=None):
        super().__init__(lines, data)
        self.form = form
        manager = form.placement.manager
        self.initial = {"signed_by": manager.name if manager else "", "signed_on": timezone.localdate()}
        self.order_fields([name for name in self.fields if name not in self.base_fields])

    def clean(self):
        data = super().clean()
        for line in self.lines:
            if line.is_needed and line.name not in self.errors and not data.get(line.name):
                self.add_error(line.name, f"{'Choose' if line.options else 'Write'} what the paper says.")
        return data

    def clean_signed_on(self):
        if why_not := self.form.why_not_signed_on(self.cleaned_data["signed_on"]):
            raise forms.ValidationError(why_not)
        return self.cleaned_data["signed_on"]

    def signature(self) -> dict:
        """Who signed it and when, once it is valid."""
        return {name: self.cleaned_data[name] for name in self.base_fields}


class ReopenForm(forms.Form):
    """Why a form that was handed in is opened again."""

    reason = forms.CharField(
        label="Why is it opened again?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The line manager reads this in the mail, and the history keeps it.",
    )


class RemarkForm(forms.ModelForm):
    """What the student says to a form."""

    class Meta:
        model = Remark
        fields = ["words"]
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}
        error_messages = {"words": {"required": "Write a sentence or two.", "max_length": NO_LONGER}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.fields["words"].help_text = "Your tutor, your line manager and the placement office can read it."


class WordingForm(SeenFields, forms.Form):
    """A provider's own words for a question that ships with the portal."""

    wording = forms.CharField(label="Question", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    hint = forms.CharField(label="Hint", max_length=300, required=False)

    wording.help_text = "{name} becomes the student's first name."


class QuestionForm(WordingForm):
    """A question that a provider adds."""

    occasion = forms.ChoiceField(label="Asked", required=False, widget=forms.RadioSelect)
    options = forms.CharField(
        label="Answers to choose from",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One a line, for example Yes and No. Leave it empty for an answer in words.",
    )
    is_required = forms.BooleanField(label="An answer is needed to hand the form in", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["occasion"].choices = Question._meta.get_field("occasion").choices

    def clean_options(self):
        labels = [" ".join(line.split()) for line in self.cleaned_data["options"].splitlines() if line.strip()]
        if len(labels) == 1 or len(labels) > OPTIONS_AT_MOST:
            raise forms.ValidationError(f"Give two to {OPTIONS_AT_MOST} answers, one a line, or none.")
        if len({label.casefold() for label in labels}) < len(labels):
            raise forms.ValidationError("Two answers say the same.")
        if any(len(label) > 100 for label in labels):
            raise forms.ValidationError("An answer has at most 100 characters.")
        return [[str(number), label] for number, label in enumerate(labels, start=1)]
