"""Forms about the agreement."""

import re
import unicodedata

from django import forms
from django.utils import timezone

from placements.agreements.filling import unknown_placeholders
from placements.agreements.models import LONGEST_TEXT, AgreementText, Party
from portal.files.fields import UploadField
from portal.form_fields import DayField
from portal.form_seen import SeenFields
from portal.uploads import PDF, PICTURE


def words_of(name: str) -> set[str]:
    """The words of a name without capitals, accents and initials: 'M. Núñez' is {'nunez'}."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return set(re.findall(r"\w{2,}", "".join(letter for letter in plain if not unicodedata.combining(letter))))


class AgreeForm(forms.Form):
    """A tick and a typed name: the declaration of somebody who agrees.

    `known` is the name under which they are asked; a name that has no word of it is asked about.
    """

    read = forms.BooleanField(
        label="I have read the agreement, and I agree to it.",
        error_messages={"required": "Tick this if you agree."},
    )
    name = forms.CharField(
        label="Your name",
        max_length=200,
        help_text="Typed in full, it stands for your signature.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Type your name."},
    )

    def __init__(self, *args, known: str, **kwargs):
        super().__init__(*args, **kwargs)
        typed = self.data.get("name", "").strip()
        if typed and words_of(known) and not words_of(typed) & words_of(known):
            asks = f"You are answering as {known}. Correct your name, or say that this one is yours."
            self.fields["is_mine"] = forms.BooleanField(label="Yes, this is my name", error_messages={"required": asks})


class DeclineForm(forms.Form):
    """Why somebody does not agree."""

    words = forms.CharField(
        label="What should be different",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The tutor reads it and gets in touch.",
        error_messages={"required": "Say in a few words what should be different."},
    )


class ParentForm(forms.Form):
    """Who is asked at home."""

    parent_name = forms.CharField(
        label="Name of the parent or carer", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    parent_address = forms.EmailField(
        label="Their e-mail address",
        max_length=254,
        help_text="They get a link by mail, and need no account.",
    )


class PaperForm(forms.Form):
    """A paper that was signed: the scan, the day, and who has signed it."""

    scan = UploadField(kinds=(PDF, PICTURE), label="Scan or photo of the signed paper", help_text="PDF, JPEG or PNG.")
    on = DayField(label="Signed on")
    parties = forms.MultipleChoiceField(
        label="Signed by",
        choices=Party.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick who has signed."},
    )

    def __init__(self, *args, open_parties: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parties"].choices = [choice for choice in Party.choices if choice[0] in open_parties]
        self.initial.setdefault("parties", open_parties)
        if Party.PARENT in open_parties:
            self.fields["parent_name"] = forms.CharField(
                label="Name of the parent or carer", max_length=200, required=False
            )

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError("This day is still to come.")
        if (timezone.localdate() - on).days > 2 * 366:
            raise forms.ValidationError("That is more than two years ago. Check the year.")
        return on


class TextForm(SeenFields, forms.Form):
    """A new version of the agreement text."""

    text = forms.CharField(
        label="Text of the agreement",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "true"}),
        help_text="A line that begins with # is a heading, one that begins with - stands in a list.",
        error_messages={"required": "The agreement needs a text."},
    )
    wants_parent = forms.BooleanField(
        label=AgreementText._meta.get_field("wants_parent").verbose_name.capitalize(),
        required=False,
        help_text="The student or the staff say who it is. The agreement then waits for them, too.",
    )

    def clean_text(self):
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        if unknown := unknown_placeholders(text):
            named = ", ".join(f"{{{name}}}" for name in unknown)
            raise forms.ValidationError(
                f"The portal does not know {named}. The placeholders are listed beside the text."
            )
        return text
