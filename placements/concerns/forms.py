"""What the student tells, and what is answered."""

from datetime import date

from django import forms
from django.utils import timezone

from placements.concerns.models import Accident, Contact, Visibility
from placements.models import Placement
from placements.several import told_apart
from portal.form_fields import ClockField, DayField
from portal.form_seen import SeenForm
from portal.people.models import User
from portal.words import long_date

LONGEST = 4000


def words(
    label: str, *, required: bool = True, rows: int = 5, longest: int = LONGEST, hint: str = "", missing: str = ""
):
    """A field for a few words or many."""
    errors = {"required": missing} if missing else {}
    return forms.CharField(
        label=label,
        required=required,
        max_length=longest,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages=errors,
    )


NOT_KEPT = {"autocomplete": "off"}  # the next one at a shared computer is not offered it


class ContactForm(forms.Form):
    """Whether and how the student wants to be reached, and by whom."""

    contact = forms.ChoiceField(
        label="How shall we get in touch?", choices=Contact, widget=forms.RadioSelect, initial=Contact.HERE
    )
    reach = forms.CharField(
        label="Number, and when it suits you",
        required=False,
        max_length=150,
        help_text="For example: 07700 900123, after four.",
        widget=forms.TextInput(attrs=NOT_KEPT),
    )
    rather = forms.CharField(
        label="Is there somebody you would rather talk to?",
        required=False,
        max_length=150,
        help_text="For example: a woman, or my form teacher.",
        widget=forms.TextInput(attrs=NOT_KEPT),
    )

    def clean(self):
        data = super().clean()
        if data.get("contact") == Contact.PHONE and not data.get("reach"):
            self.add_error("reach", "Give the number that we should ring.")
        return data


class TellForm(ContactForm):
    """A few words, who may see them, and how the student wants to be reached. Everything has a usual answer."""

    text = words(
        "What is wrong?",
        required=False,
        hint="A few words are enough. You may also leave this empty and tell it in person.",
    )
    placement = forms.ModelChoiceField(
        Placement.objects.none(), label="Which placement is it about?", required=False, empty_label="None of them"
    )
    visibility = forms.ChoiceField(
        label="Who may see this?",
        choices=Visibility,
        widget=forms.RadioSelect,
        initial=Visibility.TUTOR,
        help_text="Your line manager never sees it. You can share it with more people later.",
    )

    def __init__(self, *args, student, placements, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["text", "placement", "visibility", "contact", "reach", "rather"])
        tutor = student.tutor if student.tutor and student.tutor.is_active else None
        if tutor is None or kind.is_accident:
            del self.fields["visibility"]
        else:
            self.fields["visibility"].choices = [
                (Visibility.TUTOR, f"Only my tutor, {tutor.name}"),
                (Visibility.OFFICE, f"{tutor.name} and the placement office"),
            ]
        if kind.is_accident:
            del self.fields["text"]
        running = [placement for placement in placements if placement.status != Placement.Status.ENDED]
        if len(running) > 1:
            self.fields["placement"].queryset = Placement.objects.filter(pk__in=[p.pk for p in running])
            named = {placement.pk: placement.where for placement in told_apart(running)}
            self.fields["placement"].label_from_instance = lambda placement: named[placement.pk]
            self.fields["placement"].initial = running[0].pk
        else:
            del self.fields["placement"]
            self.only = running[0] if running else None

    def clean(self):
        data = super().clean()
        if "placement" not in self.fields:
            data["placement"] = self.only
        return data


class AccidentForm(SeenForm, forms.ModelForm):
    """When, where, what, who was told, first aid."""

    happened_on = DayField(label="Date", error_messages={"required": "When was it? Give the day."})
    happened_at = ClockField(label="Time, as far as you know it")

    class Meta:
        model = Accident
        fields = [
            "happened_on", "happened_at", "place", "what", "injury", "told", "first_aid", "first_aid_by", "witnesses",
        ]  # fmt: skip
        labels = {
            "place": "Where was it?",
            "what": "What happened?",
            "injury": "Who was hurt, and how?",
            "told": "Who was told about it?",
            "first_aid": "What first aid was given?",
            "first_aid_by": "Who gave first aid?",
            "witnesses": "Who saw it?",
        }
        help_texts = {
            "place": "The site and the spot, for example: stores, at the loading door.",
            "what": "In your own words, one thing after the other.",
            "injury": "Write “nobody” where it only nearly happened.",
            "told": "Names, or “nobody yet”.",
        }
        error_messages = {
            "place": {"required": "Say where it was."},
            "what": {"required": "Say in a few words what happened."},
            "told": {"required": "Say who was told, or write “nobody yet”."},
        }
        widgets = {"what": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, student, **kwargs):
        super().__init__(*args, **kwargs)
        self.student = student

    def clean_happened_on(self):
        day = self.cleaned_data["happened_on"]
        if why := why_not_on(day, self.student):
            raise forms.ValidationError(why)
        return day


def why_not_on(day: date, student) -> str:
    """Why an accident of the student cannot have been on this day, as a sentence; else ''."""
    today = timezone.localdate()
    if day > today:
        return "This day has not come yet."
    begun = Placement.objects.filter(student=student, first_on__lte=today).order_by("first_on").first()
    first_on = begun.first_on if begun else date(int(student.entry_year[:4]), 9, 1)
    if day < first_on:
        what = f"the placement at {begun.employer}" if begun else "the course"
        return f"This is before {what} began, on {long_date(first_on)}. Check the date."
    return ""


class WordsForm(forms.Form):
    """A message, or the words that go with an act."""

    text = words("Your message", missing="Write a few words first.")

    def __init__(self, *args, label: str = "", hint: str = "", required: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label or self.fields["text"].label
        self.fields["text"].help_text = hint
        self.fields["text"].required = required


class AheadField(DayField):
    """A day from today on."""

    def clean(self, value):
        day = super().clean(value)
        if day and day < timezone.localdate():
            raise forms.ValidationError("This day is past.")
        return day


class SettleForm(forms.Form):
    """What came of it, and when somebody asks again how things are."""

    outcome = words("What came of it?", rows=4, missing="Say in a few words what came of it.")
    follow_up_on = AheadField(
        label="Ask again how things are on", required=False, help_text="It comes back to your home page on that day."
    )

    def __init__(self, *args, is_student: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if is_student:
            del self.fields["follow_up_on"]
        else:
            self.fields["outcome"].help_text = "The student reads this."


class FollowUpForm(forms.Form):
    """How things are by now, and whether to ask once more."""

    text = words("A message to the student", required=False, rows=3, hint="The student reads this.")
    again_on = AheadField(label="Ask once more on", required=False)


class HandOverForm(forms.Form):
    """To whom, and why."""

    to = forms.ModelChoiceField(User.objects.none(), label="To whom", empty_label="Choose")
    reason = words("Why", rows=3, longest=500, hint="The student reads this.", missing="Say in a few words why.")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people


class ReasonForm(forms.Form):
    """Why somebody takes a worry over."""

    reason = words("Why", rows=3, longest=500, hint="The student reads this.", missing="Say in a few words why.")


class ReleaseForm(forms.Form):
    """The words that are made for the line manager."""

    text = words(
        "What the line manager reads",
        longest=2000,
        hint="Only these words. Say what should change at work, rather than what is behind it.",
        missing="Write the words for the line manager.",
    )
