"""Forms about an early end."""

from django import forms
from django.utils import timezone

from placements.ending.models import EarlyEnd, EndReason
from placements.timesheets.models import Spell
from portal.form_fields import DayField
from portal.form_seen import SeenForm

SETTLED = {EarlyEnd.Next.NOTHING, EarlyEnd.Next.LEAVES}


class NextForm(SeenForm, forms.ModelForm):
    """How the student goes on. What is open needs a date."""

    next_on = DayField(label="By when?", required=False, help_text="Needed unless there is nothing more to be done.")

    class Meta:
        model = EarlyEnd
        fields = ["next_step", "next_words", "next_on"]
        labels = {"next_step": "What comes next for the student?", "next_words": "Who does what?"}
        help_texts = {"next_words": "The student reads it. For example: we meet on Tuesday and look at three places."}
        widgets = {"next_step": forms.RadioSelect, "next_words": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["next_step"].choices = EarlyEnd.Next.choices

    def clean(self):
        data = super().clean()
        step, day = data.get("next_step"), data.get("next_on")
        if step and step not in SETTLED and not day and "next_on" not in self.errors:
            self.add_error("next_on", "Agree a date, so that the student is not forgotten.")
        elif day and day < timezone.localdate() and "next_on" in self.changed_data:
            self.add_error("next_on", "This day has passed already.")
        return data


class EarlyEndForm(NextForm):
    """All that is said when a placement ends before its time."""

    last_on = DayField(label="Last day")
    tell = forms.BooleanField(label="Mail these words to the line manager now", required=False)

    field_order = [
        "asked_by", "reason", "words", "last_on", "next_step", "next_words", "next_on", "told_text", "tell",
    ]  # fmt: skip

    class Meta(NextForm.Meta):
        fields = ["asked_by", "reason", "words", "last_on", "told_text", *NextForm.Meta.fields]
        labels = NextForm.Meta.labels | {
            "asked_by": "Who wants it to end?",
            "reason": "Why?",
            "words": "In your own words",
            "told_text": "What the employer is told",
        }
        help_texts = NextForm.Meta.help_texts | {
            "words": "The student can read it, the line manager cannot.",
            "told_text": "A draft, without the reason. Change it as you like; the student does not see it.",
        }
        widgets = NextForm.Meta.widgets | {
            "asked_by": forms.RadioSelect,
            "words": forms.Textarea(attrs={"rows": 2}),
            "told_text": forms.Textarea(attrs={"rows": 12}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["asked_by"].choices = EarlyEnd.Asked.choices
        self.fields["reason"].queryset = EndReason.objects.filter(retired_at=None)
        self.fields["reason"].empty_label = "Choose one"
        self.fields["asked_by"].error_messages["required"] = "Choose one of the three."
        if self.instance.placement.manager is None:
            del self.fields["tell"]

    def clean_last_on(self):
        last_on, placement = self.cleaned_data["last_on"], self.instance.placement
        if last_on < placement.first_on:
            raise forms.ValidationError(f"The placement began on {placement.first_on:%-d %B %Y}.")
        if last_on > timezone.localdate():
            raise forms.ValidationError("This day is still to come. Until then change the last day on the placement.")
        later = Spell.objects.filter(timesheet__placement=placement, day__gt=last_on).order_by("day").last()
        if later:
            raise forms.ValidationError(f"Hours were written down for {later.day:%-d %B %Y}, after this day.")
        return min(last_on, placement.last_on)

    def clean(self):
        data = super().clean()
        reason = data.get("reason")
        if reason and reason.needs_words and not data.get("words") and "words" not in self.errors:
            self.add_error("words", "Say in a few words why the placement ends.")
        if data.get("tell") and not data.get("told_text"):
            self.add_error("told_text", "Write what the line manager is to be told.")
        return data


class TellForm(SeenForm, forms.ModelForm):
    """The words to the employer, after the end."""

    class Meta:
        model = EarlyEnd
        fields = ["told_text"]
        labels = {"told_text": "What the employer is told"}
        help_texts = {"told_text": "It goes to the line manager by mail. Leave the reason out."}
        widgets = {"told_text": forms.Textarea(attrs={"rows": 12})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["told_text"].required = True
