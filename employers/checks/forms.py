"""Forms of checks: recording and correcting one, the kinds of a provider, what an employer sent."""

from django import forms
from django.db.models.functions import Lower
from django.utils import timezone

from employers.checks.keeping import months_after
from employers.checks.models import Check, CheckKind
from employers.models import Employer
from portal.files.fields import UploadField
from portal.form_fields import DayField
from portal.form_seen import SeenForm
from portal.uploads import PDF, PICTURE, WORD

YEARS_AT_MOST = 10
DOCUMENTS = (PDF, PICTURE, WORD)


class SitesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


class CheckForm(SeenForm, forms.ModelForm):
    """A check of a kind; about sites where the kind is. `document` cleans to what may be stored, or None."""

    sites = SitesField(queryset=None, label="Sites that it covers", error_messages={"required": "Choose a site."})
    checked_on = DayField(label="Checked on")
    expires_on = DayField(label="Holds until", required=False)
    document = UploadField(kinds=DOCUMENTS, label="Document", required=False)

    field_order = ["sites", "checked_on", "checked_by", "expires_on", "document", "note"]

    class Meta:
        model = Check
        fields = ["checked_on", "checked_by", "expires_on", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, kind: CheckKind, employer: Employer | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["checked_by"].help_text = "The person who looked at it, or who wrote the assessment."
        self.fields["note"].help_text = kind.hint
        kept = self.instance.document if self.instance.document_id else None
        self.fields["document"].help_text = (
            f"There is one: {kept}. A new one takes its place." if kept else "A PDF, a picture or a Word document."
        )
        self.fields["checked_by"].widget.attrs["autocomplete"] = "off"
        self.choose_sites(employer)
        self.ask_for_the_last_day()

    def choose_sites(self, employer):
        sites = employer.sites.all() if employer and self.kind.is_per_site else None
        if sites is None or not sites.exists():
            del self.fields["sites"]
        else:
            self.fields["sites"].queryset = sites

    def ask_for_the_last_day(self):
        field, months = self.fields["expires_on"], self.kind.months
        if not self.kind.expires:
            del self.fields["expires_on"]
        elif months and self.instance.pk is None:
            field.help_text = f"Leave empty for {months} month{'' if months == 1 else 's'} after the day of the check."
        else:
            field.required = True
            field.help_text = "The last day on which it holds; it stands on the document."

    def clean_checked_on(self):
        day = self.cleaned_data["checked_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("This day is still to come.")
        if day.year < 2000:
            raise forms.ValidationError("That is too long ago. Look at the year.")
        return day

    def clean(self):
        data = super().clean()
        day, until = data.get("checked_on"), data.get("expires_on")
        if not day or "expires_on" not in self.fields or "expires_on" in self.errors:
            return data
        if until is None:
            data["expires_on"] = months_after(day, self.kind.months)
        elif until < day:
            self.add_error("expires_on", "This is before the day of the check.")
        elif until > months_after(day, 12 * YEARS_AT_MOST):
            self.add_error("expires_on", f"That is more than {YEARS_AT_MOST} years. Look at the year.")
        return data

    @property
    def facts(self) -> dict:
        """What goes into the record."""
        return {name: self.cleaned_data.get(name) for name in self._meta.fields}


class TakeOutForm(forms.Form):
    """Why a check is taken out."""

    because = forms.CharField(
        label="What was wrong with it", max_length=300, help_text="The check before it, if any, holds again."
    )


class CheckKindForm(SeenForm, forms.ModelForm):
    """A kind of check of a provider. How often it is made stays once there are checks of it."""

    months = forms.IntegerField(
        label="How many months it usually holds",
        min_value=1,
        max_value=12 * YEARS_AT_MOST,
        required=False,
        help_text="Leave empty where the last day stands on the document, as on a certificate of insurance.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    class Meta:
        model = CheckKind
        fields = [
            "title", "hint", "scope", "needed", "of_tasters", "expires", "months", "wants_document", "from_employer",
        ]  # fmt: skip
        widgets = {"scope": forms.RadioSelect, "needed": forms.RadioSelect, "hint": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, has_checks: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("scope", "needed"):
            self.fields[name].choices = [choice for choice in self.fields[name].choices if choice[0]]
        if has_checks:
            del self.fields["scope"]

    def clean_title(self):
        title = " ".join(self.cleaned_data["title"].split())
        same = CheckKind.objects.filter(provider=self.instance.provider_id).exclude(pk=self.instance.pk)
        if same.annotate(lower=Lower("title")).filter(lower=title.lower()).exists():
            raise forms.ValidationError("There is a check of this name already.")
        return title

    def clean(self):
        data = super().clean()
        if not data.get("expires"):
            data["months"] = None
        return data


class SendBackForm(forms.Form):
    """What is not right yet with something that an employer sent; they read it."""

    sent_back_because = forms.CharField(
        label="What is not right yet",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="They read this in a mail, and can send it again.",
    )
