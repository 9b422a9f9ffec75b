"""Forms about contacts, and the search."""

import django_filters
from django import forms

from portal.searching import matching
from students.contacts.models import Contact, Touch


class ContactForm(forms.ModelForm):
    """A person whom the student met. Only the name is needed; the rest can follow."""

    class Meta:
        model = Contact
        fields = ["name", "role", "organisation", "met", "email", "phone", "touch", "notes"]
        labels = {"email": "Work e-mail", "phone": "Work phone", "touch": "Are they happy to stay in touch?"}
        help_texts = {
            "role": "For example: service desk lead.",
            "met": "For example: she showed me the network cabinets in my second week.",
            "email": "Only an address that they gave you for this.",
            "notes": "What you talked about, what you could ask them one day.",
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "role": forms.TextInput(attrs={"autocomplete": "off"}),
            "organisation": forms.TextInput(attrs={"autocomplete": "off"}),
            "met": forms.Textarea(attrs={"rows": 2}),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
            "touch": forms.RadioSelect,
            "notes": forms.Textarea(attrs={"rows": 3}),
        }
        error_messages = {
            "name": {"required": "Write the person's name, or what you remember of it."},
            "email": {"invalid": "This is not an e-mail address. Write it like r.khan@hospital.example."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["touch"].choices = Touch.choices


class ContactFilter(django_filters.FilterSet):
    """One's contacts by any of their words, and by whether they are happy to stay in touch."""

    q = django_filters.CharFilter(
        label="Search", method="by_words", widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
    )
    touch = django_filters.ChoiceFilter(label="Staying in touch", choices=Touch, empty_label="Everybody")

    class Meta:
        model = Contact
        fields = []

    def by_words(self, contacts, name, value):
        return contacts.filter(matching(value, "name", "role", "organisation", "met", "notes"))
