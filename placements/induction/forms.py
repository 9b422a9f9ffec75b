"""What the manager answers to an induction, and what staff record about it."""

from django import forms
from django.utils import timezone

from placements.checklists.forms import ChecklistForm
from placements.checklists.models import Tick
from placements.induction.models import Induction, Reply

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DecisionForm(forms.Form):
    """Confirm the whole with a date and answers to the questions, or send points back. `do` says which."""

    done_on = forms.DateField(
        label="On which day was the induction finished?",
        widget=DAY,
        help_text="The last day on which something of it was shown.",
        error_messages={"required": "Say on which day the induction was finished."},
    )

    def __init__(self, induction: Induction, lines: list, data=None, *, earlier=()):
        """`earlier` are replies of a decision that was undone: their words are there again."""
        super().__init__(data)
        self.induction, self.lines = induction, lines
        self.fields["done_on"].required = self.is_confirming
        self.fields["done_on"].initial = timezone.localtime(induction.handed_over_at).date()
        words = {(reply.point_id, reply.kind): reply.words for reply in earlier}
        for line in lines:
            pk = line.point.pk
            if line.tick.state == Tick.State.UNSURE:
                self.fields[f"answer-{pk}"] = words_field(
                    "Your answer", "Or write: explained in person.", words.get((pk, Reply.Kind.ANSWER), "")
                )
            self.fields[f"back-{pk}"] = words_field(
                "What is still to be done", "The point goes back with your words.",
                words.get((pk, Reply.Kind.SENT_BACK), ""),
            )  # fmt: skip
        self.fields["words"] = words_field("A word to the student", "Goes with the points that you send back.", "")

    def clean_done_on(self):
        day = self.cleaned_data["done_on"]
        return possible_day(self.induction, day) if self.is_confirming else day

    def clean(self):
        data = super().clean()
        if self.is_confirming:
            self.clean_to_confirm(data)
        elif not self.points():
            self.add_error(None, "Open at least one point and say what is still to be done.")
        return data

    def clean_to_confirm(self, data):
        for line in self.lines:
            pk = line.point.pk
            if f"answer-{pk}" in self.fields and f"answer-{pk}" not in self.errors and not data.get(f"answer-{pk}"):
                self.add_error(f"answer-{pk}", "Answer this question, or write that you explained it in person.")
            if data.get(f"back-{pk}"):
                self.add_error(f"back-{pk}", "Send this back, or clear the words here before you confirm.")

    @property
    def is_confirming(self) -> bool:
        return self.data.get("do") != "send_back"

    def points(self) -> dict[int, str]:
        """The points to be sent back, with the words to each."""
        return self.by_point("back-")

    def answers(self) -> dict[int, str]:
        return self.by_point("answer-")

    def by_point(self, prefix: str) -> dict[int, str]:
        return {
            int(name.removeprefix(prefix)): words
            for name, words in self.cleaned_data.items()
            if name.startswith(prefix) and words
        }

    @property
    def rows(self) -> list[dict]:
        """The lines, each with its fields, for the template."""
        return [
            {
                "line": line,
                "answer": self[f"answer-{line.point.pk}"] if f"answer-{line.point.pk}" in self.fields else None,
                "back": self[f"back-{line.point.pk}"],
            }
            for line in self.lines
        ]


def words_field(label: str, help_text: str, initial: str) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=500, help_text=help_text, initial=initial,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


def possible_day(induction: Induction, day):
    """The day, if the induction can have been finished on it; raises ValidationError."""
    if why_not := induction.why_not_done_on(day):
        raise forms.ValidationError(why_not)
    return day


class PaperAnswersForm(ChecklistForm):
    """The answers on a paper. Every point needs one, unless the student gave it before."""

    def clean(self):
        data = super().clean()
        for line in self.lines:
            name = f"state-{line.point.pk}"
            if line.tick is None and name not in self.errors and not data.get(name):
                self.add_error(name, "Choose what the paper says.")
        return data


class PaperForm(forms.Form):
    """That the manager signed the list on paper."""

    signed_by = forms.CharField(label="Who signed it", max_length=150, help_text="First and last name.")
    done_on = forms.DateField(label="On which day was the induction finished?", widget=DAY)

    def __init__(self, induction: Induction, data=None):
        super().__init__(data)
        self.induction = induction

    def clean_done_on(self):
        return possible_day(self.induction, self.cleaned_data["done_on"])


class ReopenForm(forms.Form):
    """Why a confirmed induction is opened again."""

    reason = forms.CharField(
        label="Why is it opened again?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The student and the line manager read this in the history.",
    )
