"""Forms about the date of a meeting: offering some, setting one, choosing among those offered."""

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone

from portal.form_fields import ClockField, DayField, why_far_off
from reviews.meetings.forms import words_field
from reviews.meetings.models import Meeting, Way

OFFERS = 3
FARTHEST_YEARS = 2


class WhereForm(forms.Form):
    """How a meeting is held, and why it is moved where a date was agreed already."""

    way = forms.ChoiceField(label="How", choices=Way.choices, widget=forms.RadioSelect)
    where = forms.CharField(
        label="Place, link or number", required=False, max_length=300, help_text="Everybody gets it by mail."
    )
    minutes = forms.TypedChoiceField(
        label="How long",
        coerce=int,
        choices=[(15, "15 minutes"), (30, "30 minutes"), (45, "45 minutes"), (60, "1 hour")],
    )
    reason = forms.CharField(label="Why is the date moved?", max_length=300)

    def __init__(self, meeting: Meeting, data=None):
        initial = {"way": meeting.way, "where": meeting.where, "minutes": meeting.minutes}
        super().__init__(data, initial=initial | self.more_initial(meeting))
        if not meeting.is_agreed:
            del self.fields["reason"]
        for name in {"time", "time1"} & set(self.fields):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = "Give the time as well."

    def more_initial(self, meeting) -> dict:
        return {}

    def settled(self) -> dict:
        """The arguments that `offer` and `fix` share."""
        data = self.cleaned_data
        return {name: data.get(name, "") for name in ("way", "where", "minutes", "reason")}


def moment_of(day, clock):
    return timezone.make_aware(datetime.combine(day, clock)) if day and clock else None


def why_not_on(day, clock) -> str:
    """Why a meeting to come cannot be meant for then, as a sentence; '' if it can."""
    if day < timezone.localdate():
        return "This date is past."
    return why_far_off(day, FARTHEST_YEARS) or ("This date is past." if moment_of(day, clock) <= timezone.now() else "")


class OfferForm(WhereForm):
    """Up to three dates for the line manager to choose from."""

    day1 = DayField(label="Date 1")
    time1 = ClockField(label="Time 1")
    day2 = DayField(label="Date 2", required=False)
    time2 = ClockField(label="Time 2")
    day3 = DayField(label="Date 3", required=False)
    time3 = ClockField(label="Time 3")

    def __init__(self, meeting, data=None):
        super().__init__(meeting, data)
        dates = [f"{part}{number}" for number in range(1, OFFERS + 1) for part in ("day", "time")]
        self.order_fields([*dates, "way", "where", "minutes", "reason"])

    def clean(self):
        data = super().clean()
        for number in range(1, OFFERS + 1):
            day, clock = data.get(f"day{number}"), data.get(f"time{number}")
            if day and not clock and f"time{number}" not in self.errors:
                self.add_error(f"time{number}", "Give the time as well.")
            elif clock and not day and f"day{number}" not in self.errors:
                self.add_error(f"day{number}", "Give the day as well.")
            elif day and clock and (why_not := why_not_on(day, clock)):
                self.add_error(f"day{number}", why_not)
        return data

    def dates(self) -> list[datetime]:
        """What was offered (of a valid form)."""
        data = self.cleaned_data
        found = [moment_of(data.get(f"day{number}"), data.get(f"time{number}")) for number in range(1, OFFERS + 1)]
        return [moment for moment in found if moment]


class FixForm(WhereForm):
    """The date as it was agreed by word of mouth; also of a meeting that has been."""

    day = DayField(label="Date")
    time = ClockField(label="Time")

    def more_initial(self, meeting) -> dict:
        if not meeting.starts_at:
            return {"day": max(meeting.due_on, timezone.localdate())}
        starts = timezone.localtime(meeting.starts_at)
        return {"day": starts.date(), "time": starts.time()}

    def __init__(self, meeting, data=None):
        super().__init__(meeting, data)
        self.placement = meeting.placement
        self.order_fields(["day", "time", "way", "where", "minutes", "reason"])

    def clean(self):
        data = super().clean()
        day = data.get("day")
        if day and not self.placement.first_on <= day <= self.placement.last_on + timedelta(days=90):
            self.add_error("day", "This date is outside the placement.")
        return data

    def starts_at(self) -> datetime:
        return moment_of(self.cleaned_data["day"], self.cleaned_data["time"])


class ChooseForm(forms.Form):
    """One of the dates offered, or when another would fit: never both, as only one of them would be heard."""

    NONE = "none"

    date = forms.ChoiceField(label="Which date fits?", widget=forms.RadioSelect, required=False)
    words = words_field("None fits? Say when you could", rows=2, longest=300)

    def __init__(self, offers, data=None):
        super().__init__(data)
        self.offers = {str(offer.pk): offer for offer in offers}
        self.fields["date"].choices = [
            *((key, str(offer)) for key, offer in self.offers.items()),
            (self.NONE, "None of these"),
        ]
        self.fields["words"].help_text = "The tutor then offers other dates."

    def clean(self):
        data = super().clean()
        date, words = data.get("date"), data.get("words", "").strip()
        if self.errors:
            return data
        if date in self.offers and words:
            self.add_error(
                "words",
                "You chose a date and wrote this as well. Choose “None of these” to send your words, "
                "or clear them to take the date.",
            )
        elif date == self.NONE and not words:
            self.add_error("words", "Say when you could, for example “Tuesdays after 3”.")
        elif not date and not words:
            self.add_error("date", "Choose a date, or say when you could.")
        return data
