"""Telling in advance that one will be away."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from placements.bank_holidays import name_of, named
from placements.models import Placement
from placements.timesheets.away import locked_weeks, told_already, worked_already
from placements.timesheets.models import AbsenceKind
from portal.words import during

DAYS_AT_MOST = 60


class AbsenceForm(forms.Form):
    """First and last day away, and why. Bank holidays and days off within it are left out."""

    placement = forms.ModelChoiceField(Placement.objects.none(), label="Which placement", empty_label=None)
    first = forms.DateField(label="First day away", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(
        label="Last day away",
        required=False,
        help_text="Leave empty for a single day.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    kind = forms.ChoiceField(
        label="Why", choices=[choice for choice in AbsenceKind.choices if choice[0] != AbsenceKind.BANK_HOLIDAY]
    )
    note = forms.CharField(
        label="Note", required=False, max_length=300, help_text="Only what your manager and tutor need to know."
    )

    def __init__(self, *args, placements, **kwargs):
        super().__init__(*args, **kwargs)
        self.placements = {placement.pk: placement for placement in placements}
        self.fields["placement"].queryset = Placement.objects.filter(pk__in=self.placements)
        self.fields["placement"].label_from_instance = lambda placement: self.placements[placement.pk].where
        if len(placements) == 1:
            self.fields["placement"].initial = placements[0].pk
            self.fields["placement"].widget = forms.HiddenInput()

    def clean(self):
        data = super().clean()
        placement, first = data.get("placement"), data.get("first")
        last = data.get("last") or first
        if not placement or not first or "last" in self.errors:
            return data
        placement = data["placement"] = self.placements[placement.pk]
        if first < timezone.localdate():
            self.add_error("first", "This day is past. Write it into its week instead.")
        elif last < first:
            self.add_error("last", "The last day is before the first.")
        elif (last - first).days >= DAYS_AT_MOST:
            self.add_error("last", f"That is more than {DAYS_AT_MOST} days. Talk to your tutor about it.")
        elif not placement.covers(first) or not placement.covers(last):
            self.add_error(
                "first",
                f"The {placement.called} runs {during(placement.first_on, placement.last_on)}.",
            )
        else:
            data["days"] = self._working_days(placement, first, last)
        return data

    def _working_days(self, placement, first, last):
        span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        days = [day for day in span if placement.pattern.on(day) and not name_of(day)]
        if not days:
            self.add_error("first", nothing_to_tell(placement, span))
        if locked := locked_weeks([placement], days):
            self.add_error("first", " ".join(week.why_locked() for week in locked.values()))
        elif told := told_already(placement, days):
            them = "it" if len(told) == 1 else "them"
            self.add_error("first", f"{' '.join(told)} Take {them} back in the list below to tell {them} anew.")
        elif worked := worked_already(placement, days):
            self.add_error("first", f"{' '.join(worked)} Change the hours in their week first, or say it there.")
        return days


def nothing_to_tell(placement, span) -> str:
    """Why nobody need be told of these days, with the bank holidays among them by name."""
    free = [day for day in span if name_of(day)]
    if not free:
        return "You do not work on any of these days, so there is nothing to tell."
    others = " You do not work on the other days." if len(free) < len(span) else ""
    return f"{named(free)}: nobody expects you, so there is nothing to tell.{others}"
