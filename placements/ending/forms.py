"""Forms about the end of a placement."""

from django import forms
from django.utils import timezone

from placements.ending.models import Feedback, Handover, Letter, Presentation, Reference, Reflection
from placements.ending.models.feedback import SCALE
from portal.files.fields import UploadField
from portal.form_fields import DayField
from portal.uploads import PDF, PICTURE, WORD
from portal.words import long_date


class ReflectionForm(forms.ModelForm):
    """The four prompts. Any of them may stay empty in a draft; sharing needs at least one."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Reflection
        fields = Reflection.PROMPTS
        labels = {
            "did": "What did I do?",
            "learned": "What did I learn?",
            "proud": "What am I proud of?",
            "differently": "What would I do differently?",
        }
        help_texts = {
            "did": "The work that took most of your time, and the day that you would tell a friend about.",
            "learned": "About the work, about working with people, about yourself.",
            "proud": "Something that would not have happened, or not so well, without you.",
            "differently": "If you could begin again tomorrow, knowing what you know now.",
        }
        widgets = {name: forms.Textarea(attrs={"rows": 5}) for name in Reflection.PROMPTS}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.version

    @property
    def is_empty(self) -> bool:
        return not any(self.cleaned_data[name].strip() for name in Reflection.PROMPTS)


class PresentationForm(forms.ModelForm):
    """When it is held, and the slides."""

    held_on = DayField(label="When do you give it?", required=False)
    upload = UploadField(
        label="The slides as a file",
        kinds=(PDF, WORD, PICTURE),
        required=False,
        help_text="A PDF is best (every program for slides can save one), at most 10 MB.",
    )
    link = forms.URLField(
        label="Or a link to them",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="If they are kept somewhere on the web. Begin with https://",
        error_messages={"invalid": "This is not a web address. Write it like https://example.org."},
    )
    drop_file = forms.BooleanField(label="Remove the file", required=False)

    field_order = ["title", "held_on", "upload", "drop_file", "link"]

    class Meta:
        model = Presentation
        fields = ["title", "held_on", "link"]
        labels = {"title": "What is it called?"}
        widgets = {"title": forms.TextInput(attrs={"autocomplete": "off"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.file_id:
            del self.fields["drop_file"]


class HandoverForm(forms.ModelForm):
    """One piece of work, and who goes on with it."""

    class Meta:
        model = Handover
        fields = ["what", "to_whom"]
        labels = {"what": "What do you hand over?", "to_whom": "To whom?"}
        help_texts = {"what": "For example: the list of laptops that wait for a new battery, in the shared folder."}
        widgets = {
            "what": forms.TextInput(attrs={"autocomplete": "off"}),
            "to_whom": forms.TextInput(attrs={"autocomplete": "off"}),
        }


class LetterForm(forms.ModelForm):
    """The letter of thanks."""

    class Meta:
        model = Letter
        fields = ["text"]
        labels = {"text": "Your letter"}
        help_texts = {"text": "A draft to start from. Make it yours: the best ones name a thing that really happened."}
        widgets = {"text": forms.Textarea(attrs={"rows": 18})}


class ReferenceAskForm(forms.ModelForm):
    """A word to the manager with the request."""

    class Meta:
        model = Reference
        fields = ["message"]
        labels = {"message": "A word to go with it"}
        help_texts = {"message": "For example what you want the reference for, and by when."}
        widgets = {"message": forms.Textarea(attrs={"rows": 3})}


class ReferenceForm(forms.ModelForm):
    """What a manager says in a reference."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Reference
        fields = ["known_for", "work", "strengths", "words", "recommends", "given_title"]
        labels = {
            "known_for": "How do you know them?",
            "work": "What did they do?",
            "strengths": "What are their strengths?",
            "words": "What would you like to say?",
            "recommends": "Would you recommend them?",
            "given_title": "Your job title",
        }
        help_texts = {
            "known_for": "For example: I was their line manager for four months.",
            "work": "In a sentence or two. It may help somebody who does not know your trade.",
            "strengths": "Two or three, with an example if one comes to mind.",
            "words": "This goes to the student, who may show it to whomever they like.",
        }
        widgets = {
            "known_for": forms.TextInput(attrs={"autocomplete": "off"}),
            "work": forms.Textarea(attrs={"rows": 3}),
            "strengths": forms.Textarea(attrs={"rows": 3}),
            "words": forms.Textarea(attrs={"rows": 5}),
            "recommends": forms.RadioSelect,
            "given_title": forms.TextInput(attrs={"autocomplete": "organization-title"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.version
        if not self.instance.known_for:
            self.initial |= first_words(self.instance)
        self.fields["recommends"].choices = Reference.Recommends.choices
        for name in ("words", "recommends", "known_for"):
            self.fields[name].required = True
        self.fields["words"].error_messages["required"] = "A sentence is enough, but there has to be one."
        self.fields["recommends"].error_messages["required"] = "Choose one. You may also rather not say."
        self.fields["known_for"].error_messages["required"] = "Say in a few words how you know them."


def first_words(reference: Reference) -> dict[str, str]:
    """What the portal knows already, so that the manager need not type it: how they know the student, the job title."""
    placement = reference.placement
    first_on, last_on = long_date(placement.first_on), long_date(placement.last_on)
    known_for = f"I was the line manager from {first_on} to {last_on}."
    if placement.last_on > timezone.localdate():
        known_for = f"I have been the line manager since {first_on}."
    here = reference.manager.line_manager_at.filter(employer=placement.employer_id)
    title = here.values_list("job_title", flat=True).first() or ""
    return {"known_for": known_for, "given_title": title}


class DeclineForm(forms.Form):
    """A kind word with the no."""

    because = forms.CharField(
        label="A word to the student",
        max_length=500,
        required=False,
        help_text="They can read it. For example: our company gives no references, but I wish you all the best.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class FeedbackForm(forms.ModelForm):
    """The statements as five-point scales (fields `statement_<pk>`), whether to recommend it, and words."""

    class Meta:
        model = Feedback
        fields = ["recommend", "good", "better"]
        labels = {
            "recommend": "Would you recommend this placement to another student?",
            "good": "What was good?",
            "better": "What could be better?",
        }
        help_texts = {"better": "Is something wrong right now? Tell your tutor directly as well."}
        widgets = {
            "recommend": forms.RadioSelect,
            "good": forms.Textarea(attrs={"rows": 3}),
            "better": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, statements, values, **kwargs):
        super().__init__(*args, **kwargs)
        self.statements = {f"statement_{statement.pk}": statement for statement in statements}
        self.fields["recommend"].choices = Feedback._meta.get_field("recommend").choices
        self.fields["recommend"].error_messages["required"] = "Choose one of the three."
        for name, statement in self.statements.items():
            self.fields[name] = forms.TypedChoiceField(
                label=statement.wording,
                choices=SCALE,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": "Choose how far you agree."},
                initial=values.get(statement.pk),
            )
        self.order_fields([*self.statements, "recommend", "good", "better"])

    @property
    def values(self) -> dict:
        """{statement: 1 to 5}"""
        return {statement: self.cleaned_data[name] for name, statement in self.statements.items()}
