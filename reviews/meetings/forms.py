"""Forms of meetings: adding one, dates, reasons, the student's preparation, confirmations, the provider's pattern."""

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone

from portal.form_fields import ClockField, DayField
from reviews.forms.models import Progress
from reviews.meetings.models import Meeting, Party, PatternMeeting, Preparation, Way

LONGEST = 2000
OFFERS = 3
ROWS_AT_MOST = 8


def words_field(label: str, *, rows: int = 3, hint: str = "", longest: int = LONGEST) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=hint,
        error_messages={"max_length": f"At most {longest} characters are possible. Say it shorter."},
    )


class MeetingForm(forms.ModelForm):
    """A meeting planned by hand."""

    due_on = DayField(label="Around", help_text="The date itself is agreed with everybody afterwards.")

    class Meta:
        model = Meeting
        fields = ["title", "due_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = "For example 'After the project week'."

    def clean_due_on(self):
        due, placement = self.cleaned_data["due_on"], self.instance.placement
        if not placement.first_on <= due <= placement.last_on + timedelta(days=60):
            raise forms.ValidationError(
                f"The placement runs from {placement.first_on:%-d %B %Y} to {placement.last_on:%-d %B %Y}."
            )
        return due


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
            elif day and clock and moment_of(day, clock) <= timezone.now():
                self.add_error(f"day{number}", "This date is past.")
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


class ReasonForm(forms.Form):
    """Why a meeting was missed or is cancelled, or why its notes are opened again."""

    reason = forms.CharField(label="Reason", max_length=300, help_text="Everybody can read it.")


class PrepareForm(forms.ModelForm):
    """The student's preparation: three questions, and how far each goal is."""

    class Meta:
        model = Preparation
        fields = ["went_well", "hard", "talk_about"]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in fields}

    def __init__(self, *args, goals, stored, **kwargs):
        super().__init__(*args, **kwargs)
        self.goals = goals
        for goal in goals:
            said = stored.get(goal.pk)
            self.fields[f"goal{goal.pk}"] = forms.ChoiceField(
                label=goal.wording,
                required=False,
                choices=Progress.choices,
                widget=forms.RadioSelect,
                initial=said.progress if said else "",
            )
            field = words_field("What shows it", rows=2)
            field.initial = said.words if said else ""
            self.fields[f"goal{goal.pk}-words"] = field

    def rows(self):
        """(goal, choice, words) for each goal."""
        for goal in self.goals:
            yield goal, self[f"goal{goal.pk}"], self[f"goal{goal.pk}-words"]

    def said(self):
        """(goal, progress, words) of the goals without an error."""
        for goal in self.goals:
            names = f"goal{goal.pk}", f"goal{goal.pk}-words"
            if not set(names) & set(self.errors):
                yield goal, *(self.cleaned_data.get(name, "").strip() for name in names)


class ConfirmForm(forms.Form):
    """Whether somebody agrees with the notes, and what they see differently."""

    agrees = forms.ChoiceField(
        label="Do the notes say what was agreed?",
        choices=[("yes", "Yes, I agree"), ("no", "Not with all of it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no."},
    )
    words = words_field("What do you see differently?", hint="It stands beside the notes and changes nothing in them.")

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.use_required_attribute = False

    def clean(self):
        data = super().clean()
        if data.get("agrees") == "no" and not data.get("words", "").strip() and "words" not in self.errors:
            self.add_error("words", "Say what you see differently.")
        return data

    def answer(self) -> dict:
        """The arguments of `confirm`."""
        agrees = self.cleaned_data["agrees"] == "yes"
        return {"agrees": agrees, "words": "" if agrees else self.cleaned_data["words"]}


class AtTheTableForm(ConfirmForm):
    """What somebody said at the table, recorded by staff."""

    party = forms.ChoiceField(label="Who", widget=forms.RadioSelect)

    def __init__(self, parties, data=None):
        super().__init__(data, prefix="table")
        self.fields["party"].choices = [(party, Party(party).label) for party in parties]
        self.fields["agrees"].label = "Does that person agree with the notes?"
        self.fields["words"].label = "What does that person see differently?"
        self.order_fields(["party", "agrees", "words"])


class ChooseForm(forms.Form):
    """One of the dates offered, or when another would fit."""

    date = forms.ChoiceField(label="Which date fits?", widget=forms.RadioSelect, required=False)
    words = words_field("None fits? Say when you could", rows=2, longest=300)

    def __init__(self, offers, data=None):
        super().__init__(data)
        self.offers = {str(offer.pk): offer for offer in offers}
        self.fields["date"].choices = [(key, str(offer)) for key, offer in self.offers.items()]
        self.fields["words"].help_text = "The tutor then offers other dates."

    def clean(self):
        data = super().clean()
        if not data.get("date") and not data.get("words", "").strip() and not self.errors:
            self.add_error("date", "Choose a date, or say when you could.")
        return data


class PatternForm(forms.ModelForm):
    """One row of the provider's pattern."""

    class Meta:
        model = PatternMeeting
        fields = ["title", "days", "anchor"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["days"] = forms.IntegerField(
            label="Days", min_value=0, max_value=365, widget=forms.TextInput(attrs={"inputmode": "numeric"})
        )


class PatternRows(forms.BaseModelFormSet):
    """The whole pattern; an emptied row is taken out."""

    def clean(self):
        if any(self.errors):
            return
        rows = [form.cleaned_data or form.initial for form in self.forms]
        titles = [row["title"] for row in rows if row.get("title") and not row.get("DELETE")]
        if not titles:
            raise forms.ValidationError("Keep at least one meeting.")
        if len({title.casefold() for title in titles}) < len(titles):
            raise forms.ValidationError("Two meetings have the same name.")

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.summary_label = f"Meeting {index + 1}"
        form.fields["DELETE"].label = "Take it out"
