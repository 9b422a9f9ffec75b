"""The forms of a work taster: what, with whom, its days and its times, all at once; and its days changed later."""

from placements.dates import what_is_wrong
from placements.models import PatternDay, Placement
from placements.pattern import Pattern
from placements.setup.dates import pattern_on
from placements.setup.forms import PlacementAddForm, PlacementEditForm, PlacementForm
from placements.setup.pattern_form import TimesForm
from placements.setup.plan import overlapping, problems_together, said_once
from placements.setup.tasters import TasterDays, TasterHours, comes_to, long_past, look_over, weekdays_within
from portal.form_asking import AskingForm
from portal.form_fields import DayField
from students.models import Student


class TasterDaysForm(TimesForm):
    """Its days, and the times on each of them. Alone it says what they add up to while they are being chosen."""

    first_on = DayField(label="First day")
    last_on = DayField(label="Last day", required=False, help_text="Leave it empty where it is one day.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["starts"].required = self.fields["finishes"].required = True

    def clean_last_on(self):
        return self.cleaned_data["last_on"] or self.cleaned_data.get("first_on")

    def clean(self):
        data = super().clean()
        if not self.errors and (wrong := what_is_wrong(data["first_on"], data["last_on"])):
            self.add_error(None, wrong)
        return data

    def pattern_days(self) -> list[PatternDay]:
        """The pattern that it makes, not stored yet. Call on a form that is valid so far."""
        data = self.cleaned_data
        times = {name: data[name] for name in ("starts", "finishes")} | {"break_minutes": data["break_minutes"] or 0}
        return [PatternDay(weekday=weekday, **times) for weekday in weekdays_within(data["first_on"], data["last_on"])]

    def days(self) -> TasterDays:
        """Its days and times. Call on a form that is valid so far."""
        first_on, last_on = self.cleaned_data["first_on"], self.cleaned_data["last_on"]
        return TasterDays(Pattern.of([(first_on, self.pattern_days())]), first_on, last_on)


class TasterAddForm(TasterDaysForm, PlacementAddForm):
    """A new work taster. A first day long past, and more hours than can count, are asked about once."""

    kind = Placement.Kind.TASTER
    field_order = ["role", "site", "manager", "first_on", "last_on", "starts", "finishes", "break_minutes"]

    class Meta(PlacementForm.Meta):
        fields = ["role", "site", "manager", "first_on", "last_on"]

    def clean(self):
        data = super().clean()
        if not self.errors:
            days, student = self.days(), self.instance.student
            pattern, first_on, last_on = days
            beside = overlapping(self.instance, first_on, last_on)
            for problem in said_once(problems_together(student, pattern, beside, first_on, last_on)):
                self.add_error("finishes", problem)
            ask_of_long_past(self, first_on)
            look_over(self, student, days, closed="first_on", beyond="last_on")
        return data

    @property
    def what(self) -> list:
        """The fields above the times."""
        return [self[name] for name in self.fields if name not in TimesForm.base_fields]

    @property
    def times(self) -> list:
        return [self[name] for name in TimesForm.base_fields]


class TasterEditForm(AskingForm, PlacementEditForm):
    """Changes a work taster. Other days are asked about as those of a new one are; its times go along with them."""

    def clean(self):
        data = super().clean()
        if not self.errors and self.has_other_days(data):
            first_on, last_on = data["first_on"], data["last_on"]
            if first_on != self.before.first_on:
                ask_of_long_past(self, first_on)
            if self.before.pattern:
                days = TasterDays(pattern_on(self.before, first_on, last_on), first_on, last_on)
                look_over(self, self.before.student, days, stored=self.before, closed="first_on", beyond="last_on")
        return data


def ask_of_long_past(form: AskingForm, first_on):
    """Ask once about a first day that may be a slip of the year or month."""
    if says := long_past(first_on):
        says = f"{says} Correct the day, or say below that it is right: its hours are then asked for at once."
        form.ask("first_on_is_right", "Yes, it began on this day", about="first_on", says=says)


def reckoned(student: Student, data) -> TasterHours | None:
    """What was typed adds up to, as far as it is right; None while it is not."""
    form = TasterDaysForm(data)
    return comes_to(student, form.days()) if form.is_valid() else None
