"""The form of an opportunity: what is offered, and the days and times that come with it."""

from django import forms

from employers.opportunities.models import Opportunity, OpportunityDay
from placements.dates import what_is_wrong
from placements.finding.models import Application
from placements.setup.pattern_form import WEEKDAYS, StoredTimesForm, TimesForm
from placements.working_time import plan_problems
from portal.form_fields import DayField
from portal.form_seen import SeenForm
from portal.people.models import User
from students.tlevels.models import Specialism
from students.tlevels.rules import in_force_on, working_time_for

ADULT = 18
MOST_PLACES = 99
TOO_FEW_PLACES = "Offer at least 1 place."
TOO_MANY_PLACES = f"At most {MOST_PLACES} places are possible."


class OpportunityForm(SeenForm, forms.ModelForm):
    """Everything but the days. Sites and contacts are those of the employer."""

    first_on = DayField(label="First day")
    last_on = DayField(label="Last day")
    closes_on = DayField(label="Last day to apply")

    class Meta:
        model = Opportunity
        fields = [
            "role", "description", "tlevels", "specialism", "site", "manager", "first_on", "last_on", "places",
            "closes_on",
        ]  # fmt: skip
        widgets = {
            "role": forms.TextInput(attrs={"autocomplete": "off"}),
            "description": forms.Textarea(attrs={"rows": 6}),
            "tlevels": forms.CheckboxSelectMultiple,
            "places": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        }
        help_texts = {
            "role": "As the student will call it, for example 'IT service desk'.",
            "description": "What the student will do and learn there, who will look after them. Students read this.",
            "tlevels": "Students of these see it.",
            "specialism": "Only where it is for one specialism of these T Levels.",
        }
        error_messages = {
            "tlevels": {"required": "Choose at least one T Level: its students see the place."},
            "places": {"min_value": TOO_FEW_PLACES, "max_value": TOO_MANY_PLACES},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        employer = self.instance.employer
        self.fields["tlevels"].queryset = self.fields["tlevels"].queryset.filter(is_closed=False).order_by("title")
        self.fields["site"].queryset = employer.sites.all()
        self.fields["site"].empty_label = "The employer's own address"
        self.fields["manager"].queryset = User.objects.filter(line_manager_at__employer=employer, is_active=True)
        self.fields["manager"].empty_label = "Nobody yet: the office records what the employer decides"
        self.fields["manager"].help_text = "Sees the applicants by a link in a mail, and decides. No password needed."
        specialisms = Specialism.objects.select_related("tlevel")
        self.fields["specialism"].queryset = specialisms
        self.fields["specialism"].empty_label = "Every specialism"
        self.fields["specialism"].label_from_instance = lambda found: f"{found.title} ({found.tlevel.title})"
        if self.instance.pk is None:
            self.prefer_the_only_one("site", "manager")

    def prefer_the_only_one(self, *names: str):
        """Of a new one: where the employer has a single site or line manager, it is most likely that one."""
        for name in names:
            known = list(self.fields[name].queryset[:2])
            if len(known) == 1 and not self.initial.get(name):
                self.initial[name] = known[0].pk

    def clean_places(self):
        places = self.cleaned_data["places"]
        if places > MOST_PLACES:
            raise forms.ValidationError(TOO_MANY_PLACES)
        offered = 0
        if self.instance.pk:
            offered = Application.objects.filter(opportunity=self.instance.pk, status="offered").count()
        promised = self.instance.taken + offered
        if places < max(promised, 1):
            says = f"{promised} of them are taken or offered already." if promised else TOO_FEW_PLACES
            raise forms.ValidationError(says)
        return places

    def clean(self):
        data = super().clean()
        first_on, last_on, closes_on = data.get("first_on"), data.get("last_on"), data.get("closes_on")
        if first_on and last_on:
            if wrong := what_is_wrong(first_on, last_on, self.instance.first_on):
                self.add_error(None, wrong)
            elif closes_on and closes_on > last_on:
                self.add_error("closes_on", "The work is over by then.")
        specialism, tlevels = data.get("specialism"), data.get("tlevels")
        if specialism and tlevels is not None and specialism.tlevel not in tlevels:
            self.add_error("specialism", f"This belongs to {specialism.tlevel}. Choose that T Level as well.")
        return data


class DaysForm:
    """A row of times for each weekday; all of it may be empty while the days are not agreed."""

    can_delete = False

    def __init__(self, days, data=None, *, are_stored: bool = False):
        known = {day.weekday: day for day in days}
        form_class = StoredTimesForm if are_stored else TimesForm
        self.forms = [self.row(form_class, weekday, known.get(weekday), data) for weekday in range(7)]

    @staticmethod
    def row(form_class, weekday: int, day, data) -> TimesForm:
        names = ("starts", "finishes", "break_minutes")
        initial = {name: getattr(day, name) for name in names} if day else {}
        form = form_class(data, prefix=f"day{weekday}", initial=initial)
        form.weekday = form.summary_label = WEEKDAYS[weekday]
        return form

    @property
    def is_bound(self) -> bool:
        return self.forms[0].is_bound

    def non_form_errors(self) -> list:
        return []

    def is_valid(self) -> bool:
        each = [form.is_valid() for form in self.forms]
        return all(each)

    def days(self) -> list[OpportunityDay]:
        """The days that were given (of a valid form), unsaved."""
        names = ("starts", "finishes", "break_minutes")
        return [
            OpportunityDay(weekday=weekday, **{name: form.cleaned_data[name] for name in names})
            for weekday, form in enumerate(self.forms)
            if not form.is_free
        ]


def refused_by_working_time(opportunity: Opportunity, days) -> list[str]:
    """Why nobody may work these days, as sentences: limits that hold at 18 as well. [] if they may be offered."""
    return plan_problems(days, working_time_for(ADULT, in_force_on(opportunity.first_on)))


def only_from_18(opportunity: Opportunity, days) -> list[str]:
    """What students under 18 may not work of these days, as sentences; [] if anybody may."""
    return plan_problems(days, working_time_for(ADULT - 1, in_force_on(opportunity.first_on)))


class CloseForm(forms.Form):
    """Why nobody can apply any more."""

    reason = forms.CharField(
        label="Reason",
        max_length=300,
        help_text="Staff can read it.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say in a few words why it is closed."},
    )


class ReopenForm(forms.Form):
    """Until when one can apply again."""

    closes_on = DayField(label="Last day to apply")
