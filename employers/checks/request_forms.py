"""The form with which staff ask an employer for what is missing."""

from django import forms

from employers.checks.standing import Standing
from employers.models import Employer

OTHER = "other"


class RequestForm(forms.Form):
    """Whom to ask (a line manager, or somebody else by name and address), and for what.

    What is missing, lapsed or about to lapse is ticked already; what is in order is not even offered.
    """

    whom = forms.ChoiceField(label="Whom to ask", widget=forms.RadioSelect)
    name = forms.CharField(label="Name", max_length=200, required=False)
    address = forms.EmailField(label="E-mail address", max_length=254, required=False)
    what = forms.MultipleChoiceField(
        label="What to ask for",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Ticked is what is missing or will lapse soon. What they gave before is filled in for them.",
    )
    facts = forms.BooleanField(
        label="Let them look through address, phone number and sites",
        required=False,
        help_text="They see what we know, and correct it.",
    )
    message = forms.CharField(
        label="A few words of your own", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, employer: Employer, standings: list[Standing], managers: list, **kwargs):
        super().__init__(*args, **kwargs)
        self.managers = {str(manager.user_id): manager.user for manager in managers if manager.user.is_active}
        self.standings = {key_of(standing): standing for standing in standings if is_askable(standing)}
        people = [(key, f"{person.name}, {person.email}") for key, person in self.managers.items()]
        self.fields["whom"].choices = [*people, (OTHER, "Somebody else")]
        self.fields["whom"].initial = people[0][0] if people else OTHER
        self.fields["what"].choices = [
            (key, f"{standing}. {standing.sentence()}") for key, standing in self.standings.items()
        ]
        self.fields["what"].initial = [key for key, standing in self.standings.items() if standing.is_due]
        self.fields["facts"].initial = not (employer.address and employer.phone)
        if not self.standings:
            del self.fields["what"]
        for name in ("name", "address"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["name"].help_text = self.fields["address"].help_text = "Only for somebody else."

    def clean(self):
        data = super().clean()
        if data.get("whom") == OTHER:
            for name in ("name", "address"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, "This is missing.")
        if not data.get("what") and not data.get("facts") and "what" not in self.errors:
            self.add_error("facts", "Choose at least one thing to ask for.")
        return data

    @property
    def wanted(self) -> list[Standing]:
        return [self.standings[key] for key in self.cleaned_data.get("what") or []]

    @property
    def person(self) -> dict:
        """Keyword arguments for portal.asks.asking.ask: `to`, or `address` and `name`."""
        if self.cleaned_data["whom"] == OTHER:
            return {"address": self.cleaned_data["address"], "name": self.cleaned_data["name"]}
        return {"to": self.managers[self.cleaned_data["whom"]]}


def key_of(standing: Standing) -> str:
    """The kind and the place in one word, for a form."""
    return f"{standing.kind.pk}-{standing.site.pk if standing.site else ''}"


def is_askable(standing: Standing) -> bool:
    """Whether the employer can send it, and it is not in order."""
    kind, check = standing.kind, standing.check
    return kind.is_used and kind.from_employer and (check is None or standing.is_due)
