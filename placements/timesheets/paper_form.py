"""The form of a week that came on paper, in words for the tutor who records it."""

from placements.timesheets.day_form import DayForm
from placements.timesheets.models import AbsenceKind
from placements.timesheets.week_form import WeekForm


class PaperDayForm(DayForm):
    """A day of somebody else."""

    no_reason = "Say why they were away, or remove the note."


class PaperWeekForm(WeekForm):
    """A week of somebody else; an empty one is refused at its first day."""

    day_form = PaperDayForm
    elsewhere_called = "the other placement"

    def __init__(self, timesheet, *args, **kwargs):
        super().__init__(timesheet, *args, **kwargs)
        self.name = timesheet.placement.student.user.first_name
        for day in self.days:
            day.fields["absence"].choices = [("", f"{self.name} was at work"), *AbsenceKind.choices]
            for spell in day.spell_forms:
                spell.fields["activity"].label = f"What {self.name} did"

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        if self.spells() or self.absences():
            return True
        words = f"This week is empty. Write down the hours that {self.name} worked, or why {self.name} was away."
        self.open_days()[0].spell_forms[0].add_error("starts", words)
        self._unfold()
        return False
