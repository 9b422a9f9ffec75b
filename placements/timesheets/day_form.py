"""A day as a form: spells of work, or an absence. What is impossible is refused here, next to the field."""

from calendar import SUNDAY
from datetime import date, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.html import format_html_join

from placements.bank_holidays import name_of
from placements.models import Placement
from placements.timesheets.models import Absence, AbsenceKind, Spell
from portal.form_fields import ClockField, FinishField, MinutesField
from portal.posted import whole_number
from portal.times_of_day import DAY, finish_minute, is_in_turn, minutes_between
from students.tlevels.models import Approach
from students.tlevels.rules import ApproachCap, approaches_for

ROWS_AT_MOST = 6
LONGEST = {"activity": 500, "note": 300}


def split_at_midnight(day: date) -> str:
    """What to do with work that began on `day` and went on past midnight."""
    following = f"{day + timedelta(days=1):%A %-d %B}"
    if day.weekday() == SUNDAY:
        following += ", in the week after"
    return (
        "Did you work past midnight? Then split it at midnight: write it until 00:00 here, and the rest from 00:00 on "
        f"{following}."
    )


def is_past_midnight(starts: time, finishes: time) -> bool:
    """Whether times the wrong way round read like a night's work (of 12 hours at most), and not like a slip."""
    return finishes < starts and DAY - minutes_between(finishes, starts) <= 12 * 60


def approaches_at(placement: Placement) -> dict[str, ApproachCap]:
    """How hours may be worked there: at a work taster as such alone, elsewhere as all else that can count."""
    possible = approaches_for(placement.student)
    taster = possible.pop(Approach.TASTER, ApproachCap())
    return {Approach.TASTER: taster} if placement.is_taster else possible


class SpellForm(forms.Form):
    """One spell of work. An empty one is ignored."""

    starts = ClockField(label="Start")
    finishes = FinishField(label="Finish")
    break_minutes = MinutesField(label="Break, min")
    approach = forms.ChoiceField(label="How", choices=Approach, initial=Approach.IN_PERSON, required=False)
    activity = forms.CharField(
        label="What I did",
        required=False,
        max_length=LONGEST["activity"],
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": "Keep this to 500 characters; longer thoughts belong in the logbook."},
    )

    def __init__(self, *args, day: date, approaches: dict[str, ApproachCap], **kwargs):
        """`approaches` (`approaches_at` the placement) are offered; what was chosen before stays."""
        self.day, self.summary_label = day, f"{day:%A %-d %B}"
        super().__init__(*args, **kwargs)
        self._offer(approaches)

    def _offer(self, approaches: dict[str, ApproachCap]):
        """Where there is only one approach, nobody is asked. What the chosen one means stands beside (week.css)."""
        how = self.fields["approach"]
        if set(approaches) == {Approach.TASTER}:
            how.disabled, self.initial["approach"] = True, Approach.TASTER
        notes = ((approach, cap.note) for approach, cap in approaches.items() if cap.note)
        how.help_text = format_html_join(" ", '<span data-how="{}">{}</span>', notes)  # a bound field remembers it
        chosen = self["approach"].value()
        how.choices = [choice for choice in Approach.choices if choice[0] in approaches or choice[0] == chosen]
        if len(how.choices) == 1:
            how.widget = how.hidden_widget()

    def is_blank(self) -> bool:
        """Whether nothing was typed that means a spell."""
        names = ("starts", "finishes", "activity")
        return not any((self.data.get(self.add_prefix(name)) or "").strip() for name in names)

    def typed_words(self) -> str:
        """What was typed, right or wrong: '09:00 to 17:00, break 60 min, Remote, Wrote tests'; '' for a blank row."""
        if self.is_blank():
            return ""
        starts, finishes, pause, how, activity = (
            str(self[name].value() or "").strip()
            for name in ("starts", "finishes", "break_minutes", "approach", "activity")
        )
        times = f"{starts or '?'} to {finishes or '?'}" if starts or finishes else ""
        rest = f"break {pause} min" if pause.strip("0") else ""
        approach = dict(Approach.choices).get(how, how) if how != Approach.IN_PERSON else ""
        return ", ".join(filter(None, (times, rest, approach, activity)))

    def minutes(self) -> int:
        """Minutes of work as far as they can be read from what stands in the fields; 0 otherwise. For display."""
        fields = self.fields
        try:
            starts, finishes = (fields[name].to_python(self[name].value()) for name in ("starts", "finishes"))
            pause = fields["break_minutes"].clean(str(self["break_minutes"].value() or ""))
        except forms.ValidationError:
            return 0
        return max(minutes_between(starts, finishes) - pause, 0) if starts and finishes else 0

    def clean(self):
        data = super().clean()
        if self.is_blank():
            return data
        starts, finishes, pause = data.get("starts"), data.get("finishes"), data.get("break_minutes")
        for name, word in (("starts", "start"), ("finishes", "finish")):
            if data.get(name) is None and name not in self.errors:
                self.add_error(name, f"Give the time of the {word}.")
        if starts and finishes:
            if not is_in_turn(starts, finishes):
                split = f" {split_at_midnight(self.day)}" if is_past_midnight(starts, finishes) else ""
                self.add_error("finishes", f"The finish must be later than the start.{split}")
            elif pause is not None and pause >= minutes_between(starts, finishes):
                self.add_error("break_minutes", "The break is as long as the whole time, or longer.")
        if self.day > timezone.localdate():
            self.add_error("starts", "This day has not come yet. Hours can be written down from the day itself on.")
        data["approach"] = data.get("approach") or Approach.IN_PERSON
        return data

    def as_spell(self) -> Spell | None:
        """The unsaved Spell, or None for a blank row. Call after is_valid()."""
        if self.is_blank():
            return None
        return Spell(day=self.day, **self.cleaned_data)


class DayForm(forms.Form):
    """What is said about a whole day: an absence, foreseen or not."""

    absence = forms.ChoiceField(
        label="Not at work?", choices=[("", "I was at work"), *AbsenceKind.choices], required=False
    )
    foreseen = forms.BooleanField(label="Known in advance", required=False)
    note = forms.CharField(
        label="Note", required=False, max_length=LONGEST["note"], widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    rows = forms.CharField(required=False, widget=forms.HiddenInput)  # read by row_count, which takes any nonsense

    away_to_come = "When you save the week, your manager and your tutor get a mail that you will be away."
    no_reason = "Say why you were away, or remove the note."

    def __init__(self, *args, day: date, agreed=None, is_open=True, **kwargs):
        """`agreed` is the PatternDay of the day or None; a day that is not `is_open` lies outside the placement."""
        self.day, self.agreed, self.is_open = day, agreed, is_open
        self.summary_label = f"{day:%A %-d %B}"
        self.bank_holiday = name_of(day)
        self.spell_forms: list[SpellForm] = []
        self.is_asked_about = self.unfolded = False
        super().__init__(*args, **kwargs)

    def hears(self) -> str:
        """Who is told that somebody is away on this day, where it is a day of work to come; else ''."""
        return self.away_to_come if self._is_ahead() else ""

    def _is_ahead(self) -> bool:
        return bool(self.agreed and self.is_open and self.day > timezone.localdate() and not self.bank_holiday)

    def clean(self):
        data = super().clean()
        if data.get("note") and not data.get("absence"):
            self.add_error("absence", self.no_reason)
        return data

    def row_count(self) -> int:
        """How many spells were sent for this day."""
        return min(max(whole_number(str(self.data.get(self.add_prefix("rows")) or "1")), 1), ROWS_AT_MOST)

    def minutes(self) -> int:
        """Minutes of work on the day, for display."""
        return sum(form.minutes() for form in self.spell_forms)

    def is_wrong(self) -> bool:
        return self.is_bound and bool(self.errors or any(form.errors for form in self.spell_forms))

    def is_missing(self) -> bool:
        """Whether work was agreed for this day, it has come, and nothing is said about it yet."""
        due = self.agreed and self.is_open and self.day <= timezone.localdate() and not self.bank_holiday
        return bool(due) and not self["absence"].value() and all(not form.minutes() for form in self.spell_forms)

    def is_to_come(self) -> bool:
        """Whether work is agreed for this day, it is not here yet, and nothing is said about it."""
        return self._is_ahead() and not self["absence"].value()

    def told(self) -> str:
        """What stands in the day, for its heading: 'Sick', '09:00 to 12:00 and 13:00 to 17:00. Wrote tests'."""
        kind = self["absence"].value()
        parts = [AbsenceKind(kind).label] if kind in AbsenceKind.values else []
        worked = [form for form in self.spell_forms if form.minutes()]
        if worked:
            words = "; ".join(filter(None, (str(form["activity"].value() or "") for form in worked)))
            parts.append(f"{self.told_times(worked)}. {words}".strip())
        return "; ".join(parts)

    def typed_words(self) -> str:
        """What was typed about the day, right or wrong; '' for nothing."""
        kind, note = str(self["absence"].value() or ""), str(self["note"].value() or "").strip()
        away = ", ".join(filter(None, (dict(AbsenceKind.choices).get(kind, kind), note)))
        return "; ".join(filter(None, (away, *(form.typed_words() for form in self.spell_forms))))

    @staticmethod
    def told_times(worked: list[SpellForm]) -> str:
        """When that was: one spell or two in full, more by their number."""
        starts, finishes = (
            [form.fields[name].to_python(form[name].value()) for form in worked] for name in ("starts", "finishes")
        )
        if len(worked) < 3:
            return " and ".join(
                f"{start:%H:%M} to {finish:%H:%M}" for start, finish in zip(starts, finishes, strict=True)
            )
        return f"{len(worked)} spells from {min(starts):%H:%M} to {max(finishes, key=finish_minute):%H:%M}"

    def as_absence(self) -> Absence | None:
        """The unsaved Absence, or None. Call after is_valid()."""
        if not self.cleaned_data["absence"]:
            return None
        return Absence(
            day=self.day,
            kind=self.cleaned_data["absence"],
            foreseen=self.cleaned_data["foreseen"],
            note=self.cleaned_data["note"],
        )
