"""Forms about a placement."""

from copy import copy

from django import forms
from django.utils import timezone

from employers.models import Employer, Site
from placements.dates import LONGEST_DAYS, there_is_one, what_is_wrong
from placements.models import Placement
from placements.setup.dates import agreed_meanwhile, pattern_on, problems_of_dates, problems_of_resuming
from placements.setup.tasters import TasterDays, look_over
from placements.timesheets.models import Spell
from portal.form_asking import AskingForm
from portal.form_fields import DayField
from portal.form_seen import SeenForm
from portal.people.models import User
from portal.words import hours, long_date


class PlacementForm(forms.ModelForm):
    """Where, with whom and when. Sites and line managers are those of the placement's employer."""

    first_on = DayField(label="First day")
    last_on = DayField(label="Last day")

    field_order = ["role", "departments", "site", "manager", "first_on", "last_on", "pay"]

    class Meta:
        model = Placement
        fields = ["role", "departments", "site", "manager", "first_on", "last_on", "pay"]
        widgets = {
            "pay": forms.RadioSelect,
            "role": forms.TextInput(attrs={"autocomplete": "off"}),
            "departments": forms.TextInput(attrs={"autocomplete": "off"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        employer: Employer = self.instance.employer
        self.fields["site"].queryset = employer.sites.all()
        self.fields["site"].empty_label = "The employer's own address"
        managers = User.objects.filter(line_manager_at__employer=employer, is_active=True)
        self.fields["manager"].queryset = managers
        self.fields["manager"].empty_label = "Not known yet"
        self.fields["manager"].help_text = "Approves the hours by a link in a mail. Needed before the first day."
        if self.instance.is_taster:
            self.fields["role"].label = "What the student will see"
            self.fields["role"].help_text = "For example 'Shadowing the design team'."
        if "pay" in self.fields:
            self.fields["pay"].choices = list(Placement._meta.get_field("pay").choices)

    def clean(self):
        data = super().clean()
        first_on, last_on = data.get("first_on"), data.get("last_on")
        if first_on and last_on:
            if wrong := what_is_wrong(first_on, last_on, self.instance.first_on):
                self.add_error(None, wrong)
            else:
                self.check_twice(first_on)
        return data

    def check_twice(self, first_on):
        same = Placement.objects.filter(
            student=self.instance.student_id, employer=self.instance.employer_id, first_on=first_on
        ).exclude(pk=self.instance.pk)
        if there := same.first():
            self.add_error(
                "first_on",
                f"{self.instance.student} already has a {there.called} with {self.instance.employer} from this day.",
            )


class PlacementAddForm(AskingForm, PlacementForm):
    """A new placement of a student with an employer, both chosen before. One in the time of another is asked about."""

    kind = Placement.Kind.PLACEMENT

    def __init__(self, *args, student, employer, **kwargs):
        super().__init__(*args, instance=Placement(kind=self.kind, student=student, employer=employer), **kwargs)
        managers, sites = list(self.fields["manager"].queryset[:2]), list(self.fields["site"].queryset[:2])
        for name, known in (("manager", managers), ("site", sites)):
            if len(known) == 1:
                self.initial[name] = known[0].pk

    def clean(self):
        data = super().clean()
        if not self.errors.keys() & {"first_on", "last_on"}:
            same = self.instance.student.placements.filter(employer=self.instance.employer).select_related("employer")
            if there := same.filter(first_on__lte=data["last_on"], last_on__gte=data["first_on"]).first():
                says = "If its days have changed, change them there; if this is a further one, say so below."
                label = f"Yes, this is a further {self.instance.called} with {there.employer}"
                self.ask("is_further", label, about="first_on", says=f"{there_is_one(there)} {says}")
        return data


class PlacementEditForm(SeenForm, PlacementForm):
    """Changes a placement. Days that hours were written down for cannot fall out of it.

    While weeks may be waiting for the line manager, they are changed on the page about the approver.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.before = copy(self.instance)
        if self.instance.manager_id and self.instance.status != Placement.Status.PLANNED:
            del self.fields["manager"]

    def clean(self):
        data = super().clean()
        first_on, last_on = data.get("first_on"), data.get("last_on")
        days = Spell.objects.filter(timesheet__placement=self.instance.pk).order_by("day")
        if first_on and first_on > self.before.first_on and (spell := days.filter(day__lt=first_on).first()):
            self.add_error("first_on", f"Hours were written down for {spell.day:%-d %B %Y}, before this day.")
        if last_on and last_on < self.before.last_on and (spell := days.filter(day__gt=last_on).last()):
            self.add_error("last_on", f"Hours were written down for {spell.day:%-d %B %Y}, after this day.")
        if last_on and self.instance.status == Placement.Status.ENDED and last_on > timezone.localdate():
            called = self.instance.called
            self.add_error("last_on", f"This {called} has ended. Take it up again to give it days to come.")
        if not self.errors and self.has_other_days(data):
            field = "last_on" if last_on > self.before.last_on else "first_on"
            for problem in problems_of_dates(self.before, first_on, last_on):
                self.add_error(field, problem)
        return data

    def has_other_days(self, data) -> bool:
        return (data["first_on"], data["last_on"]) != (self.before.first_on, self.before.last_on)


class ResumeForm(AskingForm, forms.Form):
    """Until when a placement goes on that had ended. The pattern has to fit, as on any other change of days."""

    last_on = DayField(label="New last day")

    def __init__(self, *args, placement: Placement, **kwargs):
        self.placement = placement
        super().__init__(*args, **kwargs)

    def clean_last_on(self):
        last_on = self.cleaned_data["last_on"]
        if last_on < timezone.localdate():
            raise forms.ValidationError("This day has passed already.")
        if (last_on - self.placement.first_on).days > LONGEST_DAYS:
            raise forms.ValidationError("That makes a placement of more than two years. Check the year.")
        return last_on

    def clean(self):
        data = super().clean()
        if not self.errors:
            placement, last_on = self.placement, data["last_on"]
            for problem in problems_of_resuming(placement, timezone.localdate(), last_on):
                self.add_error("last_on", problem)
            if not self.errors and placement.is_taster and placement.pattern:
                days = TasterDays(pattern_on(placement, placement.first_on, last_on), placement.first_on, last_on)
                look_over(self, placement.student, days, stored=placement, closed="last_on", beyond="last_on")
            if minutes := agreed_meanwhile(placement, timezone.localdate()):
                self.ask_about_the_time_between(minutes)
        return data

    def ask_about_the_time_between(self, minutes: int):
        """Whoever was away for weeks has a further placement, not a longer one: its hours would be wrong for good."""
        placement = self.placement
        says = (
            f"It ended on {long_date(placement.last_on)}. {hours(minutes)} agreed for the days since then would belong "
            f"to it as well, and their weeks would be asked for. If nobody was at work then, set up a further "
            f"{placement.called} with {placement.employer} instead."
        )
        self.ask("went_on", "Yes, those days belong to it", about="last_on", says=says)


class DatesForm(forms.Form):
    """First and last day alone, as far as they make sense."""

    first_on = DayField(label="First day")
    last_on = DayField(label="Last day")

    def clean(self):
        data = super().clean()
        first_on, last_on = data.get("first_on"), data.get("last_on")
        if first_on and last_on and not 0 <= (last_on - first_on).days <= LONGEST_DAYS:
            raise forms.ValidationError("The last day lies before the first, or more than two years later.")
        return data


class FromDayForm(forms.Form):
    """Something that holds from a day on: today, or a day to come within the placement."""

    from_on = DayField(label="From", help_text="Today, or a day to come. What was before keeps its history.")

    def __init__(self, *args, placement: Placement, **kwargs):
        self.placement = placement
        super().__init__(*args, **kwargs)
        self.initial.setdefault("from_on", timezone.localdate())

    def clean_from_on(self):
        from_on = self.cleaned_data["from_on"]
        if from_on < timezone.localdate():
            raise forms.ValidationError("This day has passed. A change holds from today at the earliest.")
        if from_on > self.placement.last_on:
            raise forms.ValidationError(f"The placement ends on {self.placement.last_on:%-d %B %Y}.")
        return from_on


class ManagerFromForm(FromDayForm):
    """Another line manager from a day on."""

    manager = forms.ModelChoiceField(
        User.objects.none(),
        label="Line manager",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose who it is."},
    )
    field_order = ["manager", "from_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        placement = self.placement
        rows = User.objects.filter(line_manager_at__employer=placement.employer_id, is_active=True)
        self.fields["manager"].queryset = rows.exclude(pk=placement.manager_id)


class SiteFromForm(FromDayForm):
    """Another site from a day on."""

    site = forms.ModelChoiceField(
        Site.objects.none(), label="Site", required=False, empty_label="The employer's own address"
    )
    field_order = ["site", "from_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = self.placement.employer.sites.all()
        self.initial["site"] = self.placement.site_id

    def clean_site(self):
        site = self.cleaned_data["site"]
        if site == self.placement.site:
            raise forms.ValidationError("That is where the student is already. Choose another one.")
        return site
