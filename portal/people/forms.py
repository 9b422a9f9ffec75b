"""Forms about people and the provider."""

from django import forms
from django.contrib.auth import password_validation
from django.core.files.uploadedfile import UploadedFile

from portal.form_fields import PHONE, DigitsField
from portal.form_seen import SeenForm
from portal.people import joining, logos
from portal.people.models import Provider, Role, User

STAFF_ROLES = [
    (Role.TUTOR, "Tutor: looks after students, sees their own caseload"),
    (Role.COORDINATOR, "Coordinator: runs the placement office, sees everybody"),
]

PERSONAL = ("first_name", "last_name", "email", "phone")


class EmailField(forms.EmailField):
    def __init__(self, **kwargs):
        super().__init__(**{"label": "E-mail address", "max_length": 254} | kwargs)
        self.widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def clean(self, value):
        return super().clean(value).lower()


class PersonFields(forms.Form):
    """Name, address and phone number of a person, for every form that adds or corrects somebody."""

    first_name = forms.CharField(label="First name", max_length=100)
    last_name = forms.CharField(label="Last name", max_length=100)
    email = EmailField(
        help_text="They sign in with it, and mails go there. When it is corrected, links in earlier mails end."
    )
    phone = forms.CharField(label="Phone number", max_length=40, required=False, validators=[PHONE])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name", "phone"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def refuse_somebody_else(self, provider: Provider, role: str):
        """For forms that add somebody: nobody gets a role here because an address was mistyped."""
        names = ("email", "first_name", "last_name")
        details = {name: self.cleaned_data.get(name) or "" for name in names}
        if "email" not in self.errors and (reason := joining.why_not_joining(provider, role, **details)):
            self.add_error("email", reason)


class PersonAddForm(PersonFields):
    """A tutor or coordinator, new or known already."""

    role = forms.ChoiceField(label="Role", choices=STAFF_ROLES, widget=forms.RadioSelect)
    invite = forms.BooleanField(
        label="Mail the invitation now", required=False, initial=True, help_text="You can also do it later."
    )

    def __init__(self, *args, provider: Provider, **kwargs):
        self.provider = provider
        super().__init__(*args, **kwargs)

    def clean(self):
        data = super().clean()
        user = joining.find(data.get("email") or "")
        if user and user.memberships.filter(provider=self.provider, role=data.get("role")).exists():
            self.add_error(
                "email", f"{user.name} has this address and is a {joining.called(data['role'])} here already."
            )
        if data.get("role"):
            self.refuse_somebody_else(self.provider, data["role"])
        return data


class CoordinatorForm(PersonFields):
    """The first coordinator of a provider, whose phone number stands on every page at first."""

    phone = forms.CharField(label="Phone number", max_length=40, validators=[PHONE])


class PersonEditForm(PersonFields, SeenForm, forms.ModelForm):
    """Corrects the details of a person whom nobody else relies on."""

    class Meta:
        model = User
        fields = PERSONAL

    def clean_email(self):
        email = self.cleaned_data["email"]
        other = joining.find(email)
        if other and other != self.instance:
            raise forms.ValidationError("Somebody else has this address.")
        return email


class RoleForm(forms.Form):
    """A further role for somebody who belongs to the provider."""

    role = forms.ChoiceField(label="Role", choices=STAFF_ROLES, widget=forms.RadioSelect)


class ProfileForm(forms.ModelForm):
    """One's own details; the name of a student is corrected by the placement office."""

    class Meta:
        model = User
        fields = ["first_name", "last_name", "phone"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phone"].validators.append(PHONE)
        for name, autocomplete in [("first_name", "given-name"), ("last_name", "family-name"), ("phone", "tel")]:
            self.fields[name].widget.attrs["autocomplete"] = autocomplete
        if not joining.names_themselves(self.instance):
            del self.fields["first_name"], self.fields["last_name"]


class WelcomeForm(forms.Form):
    """The password of somebody who comes in for the first time."""

    password = forms.CharField(
        label="Choose a password",
        help_text="At least 10 characters. Three unrelated words are easy to remember and hard to guess.",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Choose a password, or go on without one."},
    )

    def __init__(self, *args, user: User, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self):
        password = self.cleaned_data["password"]
        password_validation.validate_password(password, self.user)
        return password


class ProviderForm(SeenForm, forms.ModelForm):
    """The provider, as its coordinator keeps it. `logo` is cleaned to a picture written afresh."""

    logo = forms.FileField(
        label="New logo",
        required=False,
        help_text="A PNG or JPEG picture of at most 2 MB. It stands on timesheets and statements.",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    without_logo = forms.BooleanField(label="Take the logo away", required=False)

    class Meta:
        model = Provider
        fields = ["name", "ukprn", "address", "safeguarding_name", "safeguarding_phone", "safeguarding_email"]
        labels = {"name": "Name of the provider", "safeguarding_name": "Name of the contact"}
        help_texts = {"ukprn": "8 digits."}
        field_classes = {"ukprn": DigitsField, "safeguarding_email": EmailField}
        widgets = {"address": forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})}
        error_messages = {"ukprn": {"unique": "Another provider has this UKPRN. Check the digits."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["safeguarding_phone"].validators.append(PHONE)
        if not self.instance.logo:
            del self.fields["without_logo"]

    def clean_logo(self):
        upload = self.cleaned_data.get("logo")
        return logos.rewritten(upload) if isinstance(upload, UploadedFile) else None
