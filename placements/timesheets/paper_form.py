"""The form of a week that came on paper, in words for the tutor who records it."""

from django.utils import timezone

from placements.timesheets.day_form import DayForm, SpellForm
from placements.timesheets.forms import PaperForm
from placements.timesheets.models import AbsenceKind
from placements.timesheets.week_form import WeekForm
from portal.times_of_day import finish_minute, minute_of


class PaperSpellForm(SpellForm):
    """A spell of somebody else. On paper it is over: the week may be approved with it, and then nobody looks again."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["activity"].label = "What they did"

    def clean(self):
        data = super().clean()
        now, finishes = timezone.localtime(), data.get("finishes")
        if finishes and self.day == now.date() and finish_minute(finishes) > minute_of(now.time()):
            words = "This time is still to come. Record the week once it is past, or write down what was worked so far."
            self.add_error("finishes", words)
        return data


class PaperDayForm(DayForm):
    """A day of somebody else."""

    away_to_come = "The line manager gets a mail that they will be away."
    no_reason = "Say why they were away, or remove the note."

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["absence"].choices = [("", "At work"), *AbsenceKind.choices]


class PaperWeekForm(WeekForm):
    """A week of somebody else; an empty one is refused at its first day."""

    day_form, spell_form = PaperDayForm, PaperSpellForm
    elsewhere_called = "the other placement"

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        if self.spells() or self.absences():
            return True
        name = self.timesheet.placement.student.user.first_name
        words = f"This week is empty. Write down the hours that {name} worked, or why {name} was away."
        self.open_days()[0].spell_forms[0].add_error("starts", words)
        self._unfold()
        return False

    def lines(self) -> list[str]:
        """What was typed, with the name under the paper."""
        signed_by = self.data.get("signed_by", "").strip()
        signed = [f"{PaperForm.base_fields['signed_by'].label}: {signed_by}"] if signed_by else []
        return [*super().lines(), *signed]
