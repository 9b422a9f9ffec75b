"""Today, in one tap and one line."""

from placements.bank_holidays import name_of
from placements.timesheets.week_form import SpellForm


class TodayForm(SpellForm):
    """One spell of today, prefilled from the working pattern; `taken` are the spells of today that exist already."""

    def __init__(self, data=None, *, day, agreed, taken, **kwargs):
        self.taken = taken
        initial = {"break_minutes": agreed.break_minutes} if agreed else {}
        if agreed and not taken and not name_of(day):
            initial |= {"starts": agreed.starts, "finishes": agreed.finishes}
        super().__init__(data, day=day, initial=initial, **kwargs)
        self.fields["activity"].label = "What did you do today?"
        self.fields["activity"].help_text = "A line is enough. No names of customers or patients."

    def clean(self):
        data = super().clean()
        if self.is_blank():
            self.add_error("starts", "Give the times of your day.")
        if not self.errors:
            for spell in self.taken:
                if data["starts"] < spell.finishes and spell.starts < data["finishes"] and not self.is_same(spell):
                    self.add_error("starts", f"This overlaps with the time from {spell} that is written down already.")
        return data

    def is_same(self, spell) -> bool:
        """Whether this is the spell that is there already: a second click."""
        data = self.cleaned_data
        return (spell.starts, spell.finishes, spell.activity) == (data["starts"], data["finishes"], data["activity"])
