"""Today, in one tap and one line."""

from django import forms

from placements.bank_holidays import name_of
from placements.timesheets.day_form import SpellForm
from placements.today.same import is_same, overlap
from portal.words import hours


class TodayForm(SpellForm):
    """One spell of today, prefilled from the working pattern; `taken` are the spells of today that exist already.

    Times that nobody looked at are not written down by a slip: without a line on what was done, the form says first
    what it would write (`lacks_line`), and a button of its own (`without`) writes it so.
    """

    without = forms.CharField(required=False, widget=forms.HiddenInput)
    lacks_line = False

    def __init__(self, data=None, *, day, agreed, taken, **kwargs):
        self.taken = taken
        initial = {"break_minutes": agreed.break_minutes} if agreed else {}
        if agreed and not taken and not name_of(day):
            initial |= {"starts": agreed.starts, "finishes": agreed.finishes}
        super().__init__(data, day=day, initial=initial, **kwargs)
        self.fields["activity"].label = "What did you do today?"
        self.fields["activity"].help_text = "A line. No names of customers or patients."

    def clean(self):
        data = super().clean()
        without = data.pop("without", "")
        if self.is_blank():
            self.add_error("starts", "Give the times of your day.")
        if not self.errors:
            for spell in self.taken:
                if overlap(self.as_spell(), spell) and not is_same(self.as_spell(), spell):
                    self.add_error("starts", f"This overlaps with the time from {spell} that is written down already.")
        if not self.errors and not data["activity"] and not without:
            self.lacks_line = True
            written = f"{data['starts']:%H:%M} to {data['finishes']:%H:%M}, {hours(self.minutes())}"
            self.add_error("activity", f"Write a line about what you did. Without one, just this is logged: {written}.")
        return data
