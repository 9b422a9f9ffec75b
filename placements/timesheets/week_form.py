"""The week as a form: seven days, and what only shows across their spells."""

from datetime import date

from django import forms
from django.utils import timezone

from placements.timesheets.day_form import DayForm, SpellForm, approaches_at
from placements.timesheets.models import Absence, Spell, Timesheet
from portal.times_of_day import overlap


class MessageForm(forms.Form):
    """What goes to the manager with the week once it is handed in; until then it is kept with the draft."""

    summary_label = "Handing in"

    message = forms.CharField(
        label="Message to your manager",
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class WeekForm:
    """Seven days with their spells, and the message to the manager, in one form.

    Bound to `data` (a QueryDict or dict) or filled from the week.
    `elsewhere` are spells of the student's other placements in the same week, which these may not overlap.
    """

    day_form, spell_form = DayForm, SpellForm
    elsewhere_called = "your other placement"

    def __init__(self, timesheet, data=None, *, spells=(), absences=(), elsewhere=()):
        self.timesheet, self.data, self.elsewhere = timesheet, data, elsewhere
        placement = timesheet.placement
        approaches = approaches_at(placement)
        by_day = {absence.day: absence for absence in absences}
        self.days = []
        for number, day in enumerate(timesheet.days):
            agreed = placement.pattern.on(day)
            form = self.day_form(
                data,
                prefix=f"d{number}",
                day=day,
                agreed=agreed,
                is_open=placement.covers(day),
                initial=self._absence_initial(by_day.get(day)),
            )
            own = [spell for spell in spells if spell.day == day]
            rows = form.row_count() if data is not None else max(len(own), 1)
            for row in range(rows):
                initial = self._spell_initial(own[row]) if row < len(own) else self._blank_initial(agreed)
                form.spell_forms.append(
                    self.spell_form(data, prefix=f"d{number}-{row}", day=day, approaches=approaches, initial=initial)
                )
            form.initial["rows"] = rows
            form.is_asked_about = day == timesheet.asked_on and timesheet.status == Timesheet.Status.SENT_BACK
            self.days.append(form)
        self.to_manager = MessageForm(data, initial={"message": timesheet.message_begun})
        self._unfold()

    def _unfold(self):
        """Show unfolded what needs attention: anything wrong; else the day that the manager asked about; else today or
        the first day still to be written."""
        today = timezone.localdate()
        wrong = [day for day in self.days if day.is_wrong()]
        asked = [day for day in self.days if day.is_asked_about]
        missing = [day for day in self.days if day.is_missing()]
        at_hand = [day for day in missing if day.day == today] or missing[:1]
        for day in self.days:
            day.unfolded = day in (wrong or asked or at_hand)

    @staticmethod
    def _absence_initial(absence):
        if absence is None:
            return {}
        return {"absence": absence.kind, "foreseen": absence.foreseen, "note": absence.note}

    @staticmethod
    def _spell_initial(spell):
        names = ("starts", "finishes", "break_minutes", "approach", "activity")
        return {name: getattr(spell, name) for name in names}

    @staticmethod
    def _blank_initial(agreed):
        return {"break_minutes": agreed.break_minutes} if agreed else {}

    def open_days(self) -> list[DayForm]:
        return [day for day in self.days if day.is_open]

    def still(self) -> list[date]:
        """Days of work still to come in a week that has begun, of which nothing is told: they would go empty."""
        return [] if self.timesheet.has_not_begun else [day.day for day in self.days if day.is_to_come()]

    # What the error summary asks of a formset.
    can_delete = False

    @property
    def is_bound(self) -> bool:
        return self.data is not None

    @property
    def forms(self) -> list[forms.Form]:
        """All forms in the order of the page."""
        return [form for day in self.open_days() for form in (day, *day.spell_forms)] + [self.to_manager]

    def non_form_errors(self) -> list:
        return []

    def is_valid(self) -> bool:
        """Check every field, then what only shows across spells: overlaps, with other placements too.

        Days with anything wrong are shown unfolded from then on.
        """
        answers = [form.is_valid() for form in self.forms]  # every form, so that all errors show at once
        if all(answers):
            for day in self.open_days():
                self._refuse_overlaps(day)
        self._unfold()
        return all(not form.errors for form in self.forms)

    def _refuse_overlaps(self, day: DayForm):
        taken = [(spell, self.elsewhere_called) for spell in self.elsewhere if spell.day == day.day]
        for form in day.spell_forms:
            if form.is_blank():
                continue
            spell = form.as_spell()
            for other, whose in taken:
                if overlap(spell, other):
                    form.add_error("starts", f"This overlaps with {whose} from {other}.")
                    break
            taken.append((spell, "the time"))

    def minutes(self) -> int:
        """Minutes of work in the week, for display."""
        return sum(day.minutes() for day in self.days)

    def spells(self) -> list[Spell]:
        """The unsaved spells. Call after is_valid()."""
        found = [form.as_spell() for day in self.open_days() for form in day.spell_forms]
        return [spell for spell in found if spell]

    def absences(self) -> list[Absence]:
        """The unsaved absences. Call after is_valid()."""
        return [absence for day in self.open_days() if (absence := day.as_absence())]

    def message(self) -> str:
        """The message to the manager. Call after is_valid()."""
        return self.to_manager.cleaned_data["message"]

    def lines(self) -> list[str]:
        """What was typed, right or wrong, a line for each day of which something is said, and the message."""
        lines = [f"{day.summary_label}: {words}" for day in self.open_days() if (words := day.typed_words())]
        message = self.to_manager["message"].value()
        return [*lines, f"{self.to_manager.fields['message'].label}: {message}"] if message else lines

    def typed(self) -> dict:
        """All that was typed, as plain values, to be kept where it cannot be stored as hours: too long words, too."""
        names = [
            form.add_prefix(name)
            for form in (*self.days, *(s for d in self.days for s in d.spell_forms), self.to_manager)
            for name in form.fields
        ]
        typed = {name: str(self.data[name]).replace("\x00", "") for name in names if self.data.get(name)}
        return typed | {day.add_prefix("rows"): str(day.row_count()) for day in self.days}
