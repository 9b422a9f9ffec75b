"""The form of a conversation, and the search among them."""

import django_filters
from django import forms
from django.utils import timezone

from employers.conversations.models import Conversation
from portal.form_fields import DayField
from portal.form_seen import SeenForm
from portal.searching import matching


class ConversationForm(SeenForm, forms.ModelForm):
    """What was said, and what comes next; a next step has a day."""

    spoken_on = DayField(label="When")
    next_on = DayField(label="By when", required=False)

    field_order = ["spoken_on", "way", "with_whom", "about", "next_step", "next_on"]

    class Meta:
        model = Conversation
        fields = ["spoken_on", "way", "with_whom", "about", "next_step", "next_on"]
        widgets = {"about": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "with_whom": "Who it was at the employer.",
            "about": "The employer and the students do not see it. Tutors and the placement office do.",
            "next_step": "What somebody promised to do, if anything.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["with_whom"].widget.attrs["autocomplete"] = "off"
        self.fields["way"].choices = [choice for choice in self.fields["way"].choices if choice[0]]

    def clean_spoken_on(self):
        day = self.cleaned_data["spoken_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("This day is still to come. What is planned goes into the next step.")
        if day.year < 2000:
            raise forms.ValidationError("That is too long ago. Look at the year.")
        return day

    def clean(self):
        data = super().clean()
        step, day = data.get("next_step"), data.get("next_on")
        if step and not day and "next_on" not in self.errors:
            self.add_error("next_on", "Give the next step a day.")
        if day and not step and "next_step" not in self.errors:
            self.add_error("next_step", "What is to be done by that day?")
        spoken = data.get("spoken_on")
        if day and spoken and day < spoken:
            self.add_error("next_on", "This is before the conversation.")
        elif day and day.year > timezone.localdate().year + 5:
            self.add_error("next_on", "That is far away. Look at the year.")
        return data


class ConversationFilter(django_filters.FilterSet):
    """Conversations by words, by who had them, and by whether something is still to be done."""

    q = django_filters.CharFilter(
        label="Search", method="by_words", widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
    )
    step = django_filters.ChoiceFilter(
        label="Next step",
        choices=[("due", "Due now"), ("open", "Not done yet")],
        method="by_step",
        empty_label="All conversations",
    )
    mine = django_filters.BooleanFilter(label="Only my own", method="by_me", widget=forms.CheckboxInput)

    class Meta:
        model = Conversation
        fields = []

    def by_words(self, rows, name, value):
        return rows.filter(matching(value, "employer__name", "with_whom", "about", "next_step"))

    def by_step(self, rows, name, value):
        found = rows.with_next_step().order_by("next_on", "pk")
        return found.filter(next_on__lte=timezone.localdate()) if value == "due" else found

    def by_me(self, rows, name, value):
        return rows.filter(made_by=self.request.user) if value else rows
