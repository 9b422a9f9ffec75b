"""The form of a new work taster: what, with whom, its days and its times, all at once."""

from datetime import date, timedelta

from placements.dates import what_is_wrong
from placements.models import PatternDay, Placement
from placements.pattern import Pattern
from placements.setup.forms import PlacementAddForm, PlacementForm
from placements.setup.pattern_form import TimesForm
from placements.setup.plan import overlapping, problems_together
from placements.setup.tasters import TasterHours, agreed_minutes, allowed_for, long_past, taken_by_tasters, why_closed
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

    def days(self) -> list[PatternDay]:
        """The pattern that it makes, not stored yet. Call on a form that is valid so far."""
        data = self.cleaned_data
        times = {name: data[name] for name in ("starts", "finishes")} | {"break_minutes": data["break_minutes"] or 0}
        return [PatternDay(weekday=weekday, **times) for weekday in weekdays_within(data["first_on"], data["last_on"])]

    def span(self) -> tuple[Pattern, date, date]:
        """The pattern, and its first and last day. Call on a form that is valid so far."""
        first_on, last_on = self.cleaned_data["first_on"], self.cleaned_data["last_on"]
        return Pattern.of([(first_on, self.days())]), first_on, last_on


class TasterAddForm(TasterDaysForm, PlacementAddForm):
    """A new work taster. A first day long past, and more hours than can count, are asked about once."""

    kind = Placement.Kind.TASTER
    field_order = ["role", "site", "manager", "first_on", "last_on", "starts", "finishes", "break_minutes"]

    class Meta(PlacementForm.Meta):
        fields = ["role", "site", "manager", "first_on", "last_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].label = "What the student will see"
        self.fields["role"].help_text = "For example 'Shadowing the design team'."

    def clean(self):
        data = super().clean()
        if not self.errors:
            pattern, first_on, last_on = self.span()
            student, beside = self.instance.student, overlapping(self.instance, first_on, last_on)
            if closed := why_closed(pattern, first_on, last_on):
                self.add_error("first_on", closed)
            for problem in problems_together(student, pattern, beside, first_on, last_on):
                self.add_error("finishes", problem)
            self.ask_about(first_on, comes_to(student, pattern, first_on, last_on))
        return data

    def ask_about(self, first_on: date, found: TasterHours):
        """What may be a slip, and may be meant."""
        if says := long_past(first_on):
            says = f"{says} Correct the day, or say below that it is right: its hours are then asked for at once."
            self.ask("first_on_is_right", "Yes, it began on this day", about="first_on", says=says)
        if found.goes_beyond:
            says = f"{found.beyond()} Correct the days or times, or say below that it is meant."
            self.ask("is_that_long", "Yes, it is meant to be that long", about="last_on", says=says)

    @property
    def what(self) -> list:
        """The fields above the times."""
        return [self[name] for name in self.fields if name not in TimesForm.base_fields]

    @property
    def times(self) -> list:
        return [self[name] for name in TimesForm.base_fields]


def comes_to(student: Student, *agreed) -> TasterHours:
    """What a new taster (its pattern, first and last day) adds up to beside the student's others; 0 without one."""
    taken = taken_by_tasters([student.pk])[student.pk]
    return TasterHours(allowed_for(student), taken, agreed_minutes(*agreed) if agreed else 0)


def reckoned(student: Student, data) -> TasterHours | None:
    """What was typed adds up to, as far as it is right; None while it is not."""
    form = TasterDaysForm(data)
    return comes_to(student, *form.span()) if form.is_valid() else None


def weekdays_within(first_on: date, last_on: date) -> list[int]:
    """The weekdays from one day to another; Saturday and Sunday only where there is no other."""
    days = min((last_on - first_on).days + 1, 7)
    found = sorted((first_on + timedelta(days=n)).weekday() for n in range(days))
    return [weekday for weekday in found if weekday < 5] or found
