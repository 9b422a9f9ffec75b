"""Forms about applications."""

from datetime import datetime

from django import forms
from django.utils import timezone

from placements.finding.applying import UNOPENED
from placements.finding.models import InterviewWay
from portal.form_fields import ClockField, DayField
from portal.words import long_date
from students.papers.forms import paper_field

LATEST_DAYS = 365


def text(label: str, most: int, *, rows: int = 4, required: bool = True, hint: str = "", missing: str = ""):
    """A few lines of words."""
    messages = {"required": missing} if missing else {}
    return forms.CharField(
        label=label, max_length=most, required=required, help_text=hint, error_messages=messages,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class ApplyForm(forms.Form):
    """A covering note, and a CV: the one in use, one sent before, or a new one (which is in use from then on)."""

    note = text(
        "Why you, and why there",
        3000,
        rows=8,
        hint="A few sentences are enough. The employer reads your name, your T Level, this note and your CV.",
        missing="Write a few sentences: it is the first thing that the employer reads.",
    )
    earlier = forms.TypedChoiceField(label="Your CV", coerce=int, required=False, widget=forms.RadioSelect)
    cv = paper_field("A new CV", required=False)

    def __init__(self, *args, cvs, **kwargs):
        super().__init__(*args, **kwargs)
        self.cvs = {file.pk: file for file, _ in cvs}
        if cvs:
            choices = [(file.pk, called(file, stands)) for file, stands in cvs]
            self.fields["earlier"].choices = [*choices, (0, "A new one, chosen below")]
            first, stands = cvs[0]
            self.fields["earlier"].initial = first.pk if stands != UNOPENED else None
        else:
            del self.fields["earlier"]
            self.fields["cv"].label = "Your CV"

    def clean(self):
        data = super().clean()
        if "cv" not in self.errors and not data.get("cv") and not data.get("earlier"):
            self.add_error("cv", "Choose your CV: a PDF or a Word document.")
        return data

    @property
    def chosen(self):
        """The CV sent before that is to be used again, or None (of a valid form)."""
        return None if self.cleaned_data.get("cv") else self.cvs[self.cleaned_data["earlier"]]


def called(file, stands: str) -> str:
    """'My CV.pdf, of 3 March 2026, in use now'."""
    return f"{file.name}, of {long_date(file.made_at)}" + (f", {stands}" if stands else "")


class ActForm(forms.Form):
    """A form of an act. `details()` are the arguments of its verb."""

    def __init__(self, *args, application, **kwargs):
        self.application = application
        super().__init__(*args, **kwargs)

    def details(self) -> dict:
        return self.cleaned_data


class ReasonForm(ActForm):
    reason = text("Why", 500, rows=2, required=False, hint="If you like. Your tutor and the employer can read it.")


class WordsForm(ActForm):
    words = text("A few words for the student", 1000, required=False)


class NeededWordsForm(ActForm):
    words = text("A few words for the student", 1000, missing="Say it in a few words: the student reads them.")


class OfferForm(ActForm):
    words = text("A few words for the student", 1000, required=False)
    answer_by = DayField(label="Answer wanted by", required=False, help_text="If it matters to you.")

    def clean_answer_by(self):
        day = self.cleaned_data["answer_by"]
        if day and day < timezone.localdate():
            raise forms.ValidationError("This day has passed already.")
        return day


class InterviewForm(ActForm):
    """Day, time and place of an interview; one that is arranged already stands in it."""

    day = DayField(label="Day")
    time = ClockField(label="Time")
    minutes = forms.IntegerField(
        label="Length in minutes", min_value=5, max_value=480, initial=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    way = forms.ChoiceField(label="How", choices=InterviewWay, initial=InterviewWay.IN_PERSON, widget=forms.RadioSelect)
    where = forms.CharField(
        label="Where", max_length=300, error_messages={"required": "Say where, so that the student finds it."},
        help_text="The address and whom to ask for, the link of the video call, or who calls whom. "
        "Only for a call you may leave it empty.",
    )  # fmt: skip
    words = text("What else to know", 1000, required=False, hint="What to bring, who will be there, how to dress.")

    def __init__(self, *args, application, **kwargs):
        super().__init__(*args, application=application, **kwargs)
        self.fields["time"].required = True
        self.fields["time"].error_messages["required"] = "Give the time as well."
        self.fields["where"].required = self.data.get("way") != InterviewWay.PHONE
        if application.has_interview_ahead():
            at = timezone.localtime(application.interview_at)
            self.initial = {
                "day": at.date(), "time": at.time(), "minutes": application.interview_minutes,
                "way": application.interview_way, "where": application.interview_where,
                "words": application.interview_words,
            }  # fmt: skip

    def clean(self):
        data = super().clean()
        day, time = data.get("day"), data.get("time")
        if day and time:
            self.check_moment(day, time)
        return data

    def check_moment(self, day, time):
        """Neither past nor in another year by mistake; kept as `at`."""
        ahead = (day - timezone.localdate()).days
        if ahead > LATEST_DAYS:
            self.add_error("day", "That is more than a year away. Check the year.")
        elif ahead < 0 or (at := timezone.make_aware(datetime.combine(day, time))) <= timezone.now():
            self.add_error("day", "This time has passed already.")
        else:
            self.cleaned_data["at"] = at

    def details(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("at", "minutes", "way", "where", "words")}


class FeedbackForm(forms.Form):
    words = text(
        "Feedback",
        2000,
        rows=6,
        hint="What went well, and what would help next time.",
        missing="Write a few words.",
    )


class ForwardForm(forms.Form):
    words = text(
        "Why this could fit",
        1000,
        required=False,
        hint="The student reads it. The employer hears nothing until the student agrees.",
    )
