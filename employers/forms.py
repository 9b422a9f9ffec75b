"""Forms about employers, their sites and their line managers."""

from django import forms
from django.db.models.functions import Lower

from employers.models import Employer, LineManager, Site
from portal.form_asking import AskingForm
from portal.form_fields import PHONE, DigitsField, clean_postcode
from portal.form_seen import SeenForm
from portal.identifiers import UNKNOWN_ERN
from portal.people import joining
from portal.people.forms import PERSONAL, PersonFields
from portal.people.models import Role, User


class TidyForm(forms.ModelForm):
    """An address in parts. Nobody fills these in about themselves: the browser should not offer their own details."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    def clean_postcode(self):
        return clean_postcode(self.cleaned_data["postcode"])


class EmployerForm(AskingForm, SeenForm, TidyForm):
    """An employer of a provider; its name stands once in the provider's list, whatever its capitals.

    A number that another employer has is asked about once: it may be the same one under another name.
    """

    class Meta:
        model = Employer
        fields = ["name", "ern", "sector", "size", "address", "town", "postcode", "phone"]
        labels = {"name": "Name of the employer"}
        help_texts = {"sector": "In a word or two, for example Health or Software."}
        field_classes = {"ern": DigitsField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phone"].validators.append(PHONE)
        self.fields["ern"].required = False
        sizes = self.fields["size"]
        sizes.choices = [("", "Not known"), *sizes.choices[1:]]

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if self.others().annotate(lower=Lower("name")).filter(lower=name.lower()).exists():
            raise forms.ValidationError("You keep an employer of this name already. Search for it in the list.")
        return name

    def clean_ern(self):
        return self.cleaned_data["ern"] or UNKNOWN_ERN

    def clean(self):
        data = super().clean()
        ern = data.get("ern", UNKNOWN_ERN)
        is_news = data.get("name") and ern not in (UNKNOWN_ERN, self.stored["ern"])
        if is_news and (other := self.others().filter(ern=ern).first()):
            says = "If it is the same employer, go on with that one; else say below that both have it."
            label = "Yes, both employers have this number"
            self.ask("ern_is_shared", label, about="ern", says=f"{other} has this number already. {says}")
        return data

    def others(self):
        """The other employers of the provider."""
        return Employer.objects.filter(provider=self.instance.provider_id).exclude(pk=self.instance.pk)


class SiteForm(SeenForm, TidyForm):
    """A site of an employer."""

    class Meta:
        model = Site
        fields = ["name", "address", "town", "postcode"]
        help_texts = {"name": "As people there call it, for example Head office or Harbour Street."}

    def clean_name(self):
        name = self.cleaned_data["name"]
        same = Site.objects.filter(employer=self.instance.employer_id, name__iexact=name).exclude(pk=self.instance.pk)
        if same.exists():
            raise forms.ValidationError("This employer has a site of this name already.")
        return name


class LineManagerForm(PersonFields, SeenForm, forms.ModelForm):
    """A line manager: the person, and what they are called at the employer."""

    field_order = ["first_name", "last_name", "job_title", "email", "phone"]

    class Meta:
        model = LineManager
        fields = ["job_title"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = "Weeks to approve go there, so it must be their own address at work."


class LineManagerAddForm(LineManagerForm):
    def clean_email(self):
        email = self.cleaned_data["email"]
        if LineManager.objects.filter(employer=self.instance.employer_id, user__email__iexact=email).exists():
            raise forms.ValidationError("A line manager of this employer has this address already.")
        return email

    def clean(self):
        data = super().clean()
        self.refuse_somebody_else(self.instance.employer.provider, Role.MANAGER)
        return data


class LineManagerEditForm(LineManagerForm):
    """Corrects a line manager. Where the details are not ours to change (`fixed`), only the job title is asked for."""

    def __init__(self, *args, fixed: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= {name: getattr(self.instance.user, name) for name in PERSONAL}
        if fixed:
            for name in PERSONAL:
                del self.fields[name]

    def person(self) -> dict:
        """The details of the person that are ours to correct."""
        return {name: self.cleaned_data[name] for name in PERSONAL if name in self.fields}

    def clean_email(self):
        email = self.cleaned_data["email"]
        other: User | None = joining.find(email)
        if other and other != self.instance.user:
            raise forms.ValidationError("Somebody else has this address. Add them as a line manager instead.")
        return email
