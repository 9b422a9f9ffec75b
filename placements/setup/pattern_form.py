"""The working pattern as a form: a row for each weekday, and a helper for days that are alike."""

from dataclasses import dataclass
from datetime import date, time

from django import forms

from placements.models import PatternDay, Placement
from portal.form_asking import AskingForm
from portal.form_fields import ClockField, DayField, FinishField, MinutesField
from portal.form_seen import SeenField, SeenFields
from portal.times_of_day import is_in_turn, minutes_between
from portal.words import long_date

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


class TimesForm(forms.Form):
    """A start, a finish and a break; all of it or nothing."""

    starts = ClockField(label="Start")
    finishes = FinishField(label="Finish")
    break_minutes = MinutesField(label="Break, minutes")

    def clean(self):
        data = super().clean()
        starts, finishes, pause = data.get("starts"), data.get("finishes"), data.get("break_minutes")
        if pause and not starts and not finishes and not self.errors:
            self.add_error("starts", "Give the times, or take the break out.")
        if finishes and not starts and "starts" not in self.errors:
            self.add_error("starts", "Give the start as well.")
        if starts and not finishes and "finishes" not in self.errors:
            self.add_error("finishes", "Give the finish as well.")
        if starts and finishes:
            if not is_in_turn(starts, finishes):
                self.add_error("finishes", "The finish has to be later than the start.")
            elif pause is not None and pause >= minutes_between(starts, finishes):
                self.add_error("break_minutes", "The break is as long as the whole day.")
        return data

    @property
    def is_free(self) -> bool:
        """Whether this is a day off (of a valid form)."""
        return not self.cleaned_data.get("starts")


class StoredTimesForm(SeenFields, TimesForm):
    """The times of a day that others may change meanwhile, also by filling in a free one."""

    def is_stored(self) -> bool:
        return True


class AlikeForm(TimesForm):
    """The same times for several days: fills the rows in, stores nothing."""

    days = forms.TypedMultipleChoiceField(
        label="On these days", coerce=int, choices=list(enumerate(WEEKDAYS)), widget=forms.CheckboxSelectMultiple
    )

    def clean(self):
        data = super().clean()
        if not self.errors and self.is_free:
            self.add_error("starts", "Give the times first.")
        return data


class FromForm(AskingForm, SeenFields, forms.Form):
    """The day from which a pattern is valid. `others`: from when others hold, as the page showed it."""

    valid_from = DayField(label="Valid from", help_text="It holds until the next pattern begins.")
    others = SeenField(required=False)

    def __init__(self, *args, placement: Placement, replaces: date | None = None, **kwargs):
        self.placement, self.replaces = placement, replaces
        self.taken = [start for start, _ in placement.pattern.versions if start != replaces]
        super().__init__(*args, **kwargs)
        if replaces:
            self.fields["valid_from"].help_text = (
                f"It takes the place of what was agreed from {long_date(replaces)}, also with a later day. To keep "
                "that until then, choose “Another pattern from a later day”."
            )
        self.initial["others"] = " ".join(start.isoformat() for start in self.taken)

    def is_stored(self) -> bool:
        return self.replaces is not None

    def clean(self):
        data = super().clean()
        now, others = self.initial["others"], self.add_prefix("others")
        if self.data.get(others, now) != now:
            there_is = " and ".join(f"one from {long_date(start)}" for start in self.taken) or "none"
            says = f"Somebody changed the patterns meanwhile: besides this one there is now {there_is}."
            self.add_error(None, f"{says} Look at what is agreed, and save again.")
            self.data = self.data.copy()
            self.data[others] = now
        return data

    def typed_day(self) -> date | None:
        """The day that was typed, also where another pattern begins on it; None where it is no date."""
        try:
            return self.fields["valid_from"].clean(self["valid_from"].value())
        except forms.ValidationError:
            return None

    def clean_valid_from(self):
        day, placement = self.cleaned_data["valid_from"], self.placement
        if not placement.covers(day):
            raise forms.ValidationError(
                f"The placement lasts from {placement.first_on:%-d %B %Y} to {placement.last_on:%-d %B %Y}."
            )
        if day in self.taken:
            raise forms.ValidationError("Another pattern begins on this day. Change that one instead.")
        return day


@dataclass
class Agreed:
    """One weekday of a pattern that is not stored (yet)."""

    weekday: int
    starts: time
    finishes: time
    break_minutes: int

    @property
    def minutes(self) -> int:
        return minutes_between(self.starts, self.finishes) - self.break_minutes

    def __str__(self):
        return f"{self.starts:%H:%M} to {self.finishes:%H:%M}"


class PatternForm:
    """The whole form: `head` (valid from), `alike` (the helper) and `rows`, one for each weekday.

    Built from the pattern in force, or from what was typed. `wants_filling` says that only the helper was pressed.
    """

    def __init__(self, placement: Placement, valid_from: date, replaces: date | None = None, data=None):
        self.placement, self.replaces = placement, replaces
        self.wants_filling = bool(data) and "fill" in data
        in_force = placement.pattern.in_force_on(valid_from) if placement.pattern else {}
        self.head = FromForm(
            data, placement=placement, replaces=replaces, prefix="pattern", initial={"valid_from": valid_from}
        )
        first = next(iter(in_force.values()), None)
        alike = self.times(first) if first else {"starts": time(9), "finishes": time(17), "break_minutes": 60}
        self.alike = AlikeForm(
            data if self.wants_filling else None, prefix="alike", initial=alike | {"days": list(range(5))}
        )
        self.rows = [self.row(weekday, in_force.get(weekday), data) for weekday in range(7)]

    @staticmethod
    def times(day) -> dict:
        return {"starts": day.starts, "finishes": day.finishes, "break_minutes": day.break_minutes} if day else {}

    def row(self, weekday: int, day, data) -> StoredTimesForm:
        form = StoredTimesForm(data, prefix=f"day{weekday}", initial=self.times(day))
        form.weekday, form.summary_label = WEEKDAYS[weekday], WEEKDAYS[weekday]
        return form

    # What the error summary asks of a formset.
    can_delete = False

    @property
    def forms(self) -> list[StoredTimesForm]:
        return self.rows

    @property
    def is_bound(self) -> bool:
        return any(form.is_bound for form in self.rows)

    def non_form_errors(self) -> list:
        return []

    def fill(self) -> bool:
        """Put the helper's times into the rows of its days; what else was typed stays. False if it has errors."""
        if not self.alike.is_valid():
            return False
        chosen = self.alike.cleaned_data
        typed = self.head.data.copy()
        for weekday in chosen["days"]:
            typed[f"day{weekday}-starts"] = f"{chosen['starts']:%H:%M}"
            typed[f"day{weekday}-finishes"] = f"{chosen['finishes']:%H:%M}"
            typed[f"day{weekday}-break_minutes"] = str(chosen["break_minutes"])
        for form in (self.head, *self.rows):
            form.initial = {name: typed.get(form.add_prefix(name), "") for name in form.fields}
            form.is_bound = False
        return True

    def is_valid(self) -> bool:
        """Whether every field is right and at least one day is agreed."""
        each = [form.is_valid() for form in (self.head, *self.rows)]
        valid = all(each)
        if valid and not self.days():
            self.head.add_error(None, "Give the times of at least one day, or press 'Fill in these days'.")
            return False
        return valid

    def refuse(self, reasons: dict[int, str]):
        """Say next to their days why they will not do: weekday -> sentence."""
        for weekday, says in reasons.items():
            self.rows[weekday].add_error("starts", says)

    @property
    def valid_from(self) -> date:
        return self.head.cleaned_data["valid_from"]

    def days(self) -> list[Agreed]:
        """The agreed days (of a valid form)."""
        found = []
        for weekday, form in enumerate(self.rows):
            if not form.is_free:
                times = {name: form.cleaned_data[name] for name in ("starts", "finishes", "break_minutes")}
                found.append(Agreed(weekday, **times))
        return found

    def typed_days(self) -> list[Agreed]:
        """The days typed so far, as far as they are right (also of a form that is not)."""
        rows = [(weekday, form) for weekday, form in enumerate(self.rows) if form.is_bound and form.is_valid()]
        self.head.is_valid()
        names = ("starts", "finishes", "break_minutes")
        return [
            Agreed(weekday, **{name: form.cleaned_data[name] for name in names})
            for weekday, form in rows
            if not form.is_free
        ]

    def pattern_days(self) -> list[PatternDay]:
        """The agreed days, to be stored."""
        return [PatternDay(**vars(day)) for day in self.days()]
