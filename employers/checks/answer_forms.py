"""What somebody at an employer fills in by the link: one form for each thing, filled with what is known already."""

from django import forms
from django.utils import timezone

from employers.checks.asking import FIELDS, SITE_FIELDS
from employers.checks.forms import DOCUMENTS, YEARS_AT_MOST
from employers.checks.keeping import months_after
from employers.checks.models import CheckItem
from employers.forms import TidyForm
from employers.models import Employer, Site
from portal.files.fields import UploadField
from portal.form_fields import PHONE, DayField


class ItemForm(forms.ModelForm):
    """One thing that the employer is asked for. `later` leaves it for another day."""

    document = UploadField(kinds=DOCUMENTS, label="Document", required=False)
    expires_on = DayField(label="Holds until", required=False, help_text="The last day; it stands on the document.")
    later = forms.BooleanField(label="I will send this another day", required=False)

    field_order = ["document", "expires_on", "note", "later"]

    class Meta:
        model = CheckItem
        fields = ["expires_on", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        item = self.instance
        self.summary_label = str(item)
        self.fields["note"].label = "In a few words"
        self.fields["note"].help_text = item.hint
        self.fields["note"].required = not item.kind.wants_document
        self.ask_for_the_last_day()
        self.ask_for_the_document()

    def ask_for_the_last_day(self):
        """Where it stands on the document; else it holds for as long as such a check usually does."""
        if not self.instance.kind.expires or self.instance.kind.months:
            del self.fields["expires_on"]
        else:
            self.fields["expires_on"].required = True

    def ask_for_the_document(self):
        field, kept = self.fields["document"], self.instance.document
        if not self.instance.kind.wants_document:
            del self.fields["document"]
        elif kept:
            field.help_text = f"You sent {kept}. A new one takes its place."
        else:
            field.required = True
            field.help_text = "A PDF, a picture or a Word document, at most 10 MB."

    def full_clean(self):
        """What is left for another day may be half filled in."""
        super().full_clean()
        if self.is_bound and self.is_left:
            self._errors.clear()

    @property
    def is_left(self) -> bool:
        return bool(self.data.get(self.add_prefix("later")))

    def clean_expires_on(self):
        day, today = self.cleaned_data["expires_on"], timezone.localdate()
        if day < today:
            raise forms.ValidationError("This day is past. The one that holds now is needed.")
        if day > months_after(today, 12 * YEARS_AT_MOST):
            raise forms.ValidationError(f"That is more than {YEARS_AT_MOST} years. Look at the year.")
        return day

    @property
    def given(self) -> dict:
        names = ("document", "expires_on", "note")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class PlaceForm(TidyForm):
    """Shared by the employer and its sites: an address in parts."""

    def validate_unique(self):
        """A name that another site has is sorted out by staff, when they look at it."""


class EmployerFactsForm(PlaceForm):
    """Where the employer is, and how to reach it."""

    class Meta:
        model = Employer
        fields = FIELDS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phone"].validators.append(PHONE)
        self.summary_label = "Your organisation"


class SiteFactsForm(PlaceForm):
    """One site; the last row is for one that we do not know yet and may stay empty."""

    class Meta:
        model = Site
        fields = SITE_FIELDS

    def __init__(self, *args, **kwargs):
        kwargs["empty_permitted"] = kwargs.get("instance") is None
        kwargs["use_required_attribute"] = False
        super().__init__(*args, **kwargs)
        self.summary_label = f"Site {self.instance}" if self.instance.pk else "Another site"

    def validate_constraints(self):
        """See validate_unique."""


class FactsForms:
    """The facts about an employer as several forms under one button. `initial`: what was sent before, if anything."""

    def __init__(self, employer: Employer, data=None, sent: dict | None = None, prefix: str = "facts"):
        sent = sent or {"employer": {}, "sites": []}
        before = {row.get("pk"): row for row in sent["sites"]}
        self.later_name = f"{prefix}-later"
        self.is_left = bool(data and data.get(self.later_name))
        data = None if self.is_left else data
        self.about = EmployerFactsForm(data, instance=employer, initial=sent["employer"], prefix=prefix)
        self.sites = [
            SiteFactsForm(data, instance=site, initial=before.get(site.pk, {}), prefix=f"{prefix}-{site.pk}")
            for site in employer.sites.all()
        ]
        self.new = SiteFactsForm(data, initial=before.get(None, {}), prefix=f"{prefix}-new")

    @property
    def all(self):
        return [self.about, *self.sites, self.new]

    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in self.all]  # each of them, so that each tells what is wrong
        return all(valid)

    @property
    def given(self) -> dict:
        """What CheckItem.facts holds."""
        sites = [{"pk": form.instance.pk} | form.cleaned_data for form in self.sites]
        if self.new.has_changed():
            sites.append({"pk": None} | self.new.cleaned_data)
        return {"facts": {"employer": self.about.cleaned_data, "sites": sites}}


class Together:
    """All forms of the page as one, for the summary of errors. `parts`: ItemForms and FactsForms."""

    is_bound, can_delete = True, False

    def __init__(self, parts):
        self.forms = [form for part in parts for form in getattr(part, "all", [part]) if form.is_bound]

    def non_form_errors(self):
        return []
