"""Forms about employers that students found themselves."""

from django import forms
from django.db.models.functions import Lower
from django.utils import timezone

from employers.forms import TidyForm
from employers.models import Employer
from placements.dates import what_is_wrong
from placements.finding.models import Find
from portal.form_fields import DayField
from portal.people.forms import PERSONAL, PersonFields
from portal.people.models import Role


class DatesForm(forms.Form):
    """First and last day, and that they make sense together."""

    first_on = DayField(label="First day")
    last_on = DayField(label="Last day")

    def clean(self):
        data = super().clean()
        first_on, last_on = data.get("first_on"), data.get("last_on")
        if first_on and last_on:
            if first_on <= last_on < timezone.localdate():
                self.add_error("last_on", "This day has passed already.")
            else:
                self.add_error(None, what_is_wrong(first_on, last_on))
        return data


class FindForm(DatesForm, TidyForm):
    """What the student tells."""

    class Meta:
        model = Find
        fields = [
            "name", "role", "address", "town", "postcode", "contact_first_name", "contact_last_name", "contact_email",
            "contact_phone", "first_on", "last_on", "words",
        ]  # fmt: skip
        widgets = {"words": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "role": "In a few words, for example 'Help in the workshop'.",
            "contact_first_name": "Who there knows of it, and would look after you.",
            "contact_email": "Their address at work. Nobody gets a mail before the placement office has looked at it.",
            "first_on": "Roughly, if it is not agreed yet.",
            "words": "Your aunt works there, you asked in the shop, they know what a T Level is.",
        }


class FindAcceptForm(PersonFields, DatesForm):
    """Which employer it is, who is the line manager there (the student may have mistyped it), and what is planned."""

    employer = forms.ModelChoiceField(
        Employer.objects.none(), label="Which employer", required=False, empty_label="A new one, as the student told"
    )
    role = forms.CharField(label="Role", max_length=150)

    field_order = ["employer", *PERSONAL, "role", "first_on", "last_on"]

    def __init__(self, *args, find: Find, **kwargs):
        self.find = find
        super().__init__(*args, **kwargs)
        known = Employer.objects.filter(provider=find.student.provider_id)
        self.fields["employer"].queryset = known
        self.fields["employer"].help_text = "Choose it where you keep it already, so that it is not there twice."
        same = known.annotate(lower=Lower("name")).filter(lower=find.name.lower()).first()
        self.initial = {"role": find.role, "first_on": find.first_on, "last_on": find.last_on, "employer": same}
        for name in PERSONAL:
            field = self.fields[name]
            field.label = f"Line manager's {field.label.lower()}"
            self.initial[name] = getattr(find, f"contact_{name}")
        self.fields["email"].help_text = "Weeks to approve go there, so it must be their own address at work."

    def clean(self):
        data, find = super().clean(), self.find
        if "employer" not in self.errors and data.get("employer") is None:
            known = Employer.objects.filter(provider=find.student.provider_id, name__iexact=find.name)
            if known.exists():
                self.add_error("employer", "You keep an employer of this name already. Choose it here.")
        self.refuse_somebody_else(find.student.provider, Role.MANAGER)
        return data

    def details(self) -> dict:
        """What `accept_find` needs."""
        data = self.cleaned_data
        return {
            "employer": data["employer"],
            "person": {name: data[name] for name in PERSONAL},
            "details": {name: data[name] for name in ("role", "first_on", "last_on")},
        }


class FindTurnDownForm(forms.Form):
    reason = forms.CharField(
        label="Reason",
        max_length=500,
        help_text="The student reads it.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why in a few words: the student reads them."},
    )
