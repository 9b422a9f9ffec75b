"""Today, in one tap and one line."""

from django import forms
from django.utils import timezone

from placements.bank_holidays import name_of
from placements.timesheets.day_form import SpellForm
from placements.today.same import is_same
from portal.times_of_day import overlap
from portal.words import hours


class TodayForm(SpellForm):
    """One spell of today, prefilled from the working pattern; `taken` are the spells of today that exist already,
    `elsewhere` those with another employer.

    Times that nobody looked at are not written down by a slip: without a line on what was done, the form says first
    what it would write (`lacks_line`), and a button of its own (`without`) writes it so. A page that was opened on
    another day asks which of the two it is about (`asks_which_day`).
    """

    on = forms.CharField(required=False, widget=forms.HiddenInput)  # the day on which the page was opened
    late = forms.CharField(required=False, widget=forms.HiddenInput)  # said: it is about that day, not about today
    without = forms.CharField(required=False, widget=forms.HiddenInput)
    lacks_line = asks_which_day = False

    def __init__(self, data=None, *, day, agreed, taken, elsewhere, **kwargs):
        self.taken, self.elsewhere = taken, elsewhere
        initial = {"on": day.isoformat()}
        if agreed and not taken:  # the break of the day lies in or before what is written down already
            initial["break_minutes"] = agreed.break_minutes
            if not name_of(day):
                initial |= {"starts": agreed.starts, "finishes": agreed.finishes}
        super().__init__(data, day=day, initial=initial, **kwargs)
        self.fields["activity"].label = "What did you do today?"
        self.fields["activity"].help_text = "A line. No names of customers or patients."

    def clean(self):
        data = super().clean()
        late, without, _ = (data.pop(name, "") for name in ("late", "without", "on"))
        if self.is_blank():
            self.add_error("starts", "Give the times of your day.")
        if not self.errors:
            self._refuse_overlaps()
        if not self.errors and not late:
            self._ask_which_day()
        if not self.errors and not data["activity"] and not without:
            self.lacks_line = True
            written = f"{data['starts']:%H:%M} to {data['finishes']:%H:%M}, {hours(self.minutes())}"
            self.add_error("activity", f"Write a line about what you did. Without one, just this is logged: {written}.")
        return data

    def _refuse_overlaps(self):
        own = self.as_spell()
        found = [(spell, "") for spell in self.taken]
        found += [(spell, f" at {spell.timesheet.placement.employer}") for spell in self.elsewhere]
        for spell, at in found:
            if overlap(own, spell) and not is_same(own, spell):
                self.add_error("starts", f"This overlaps with the time from {spell} that is written down already{at}.")

    def _ask_which_day(self):
        today = timezone.localdate()
        if self.day != today:
            self.asks_which_day = True
            days = f"opened on {self.day:%A %-d %B}, and today is {today:%A %-d %B}"
            self.add_error("activity", f"This page was {days}. Which day is it about?")
