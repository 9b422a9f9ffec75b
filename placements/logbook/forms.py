"""What a student writes into the logbook, what others write about it, and how somebody rates a goal."""

from django import forms
from django.utils import timezone

from placements.behaviours.models import by_group
from placements.logbook.models import FILES_AT_MOST, Entry, GoalRating
from placements.logbook.naming import seems_to_name
from placements.logbook.offering import initial_of, offered_behaviours, offered_goals, offered_spells, said, value_of
from portal.files.fields import UploadsField
from portal.form_fields import DayField
from portal.uploads import PDF, PICTURE, WORD, accept

LONGEST = 5000
TOO_LONG = {"max_length": "This is too long: at most %(limit_value)d characters fit, and it has %(show_value)d."}
NO_NAMES = "Write about the work, not about people: no names of customers, patients or children."


class FilesField(UploadsField):
    """Files of which the good ones are kept even if others are refused: cleans to (accepted, what was refused)."""

    is_kept_at_once = True

    def clean(self, data, initial=None):
        accepted, refused = [], []
        for upload in data if isinstance(data, list | tuple) else [data]:
            if not upload:
                continue
            try:
                accepted.append(accept(upload, kinds=self.kinds, most_mb=self.most_mb))
            except forms.ValidationError as error:
                refused += error.messages
        return accepted, refused


class EntryForm(forms.Form):
    """An entry. Nothing is required of a draft; `sharing` asks for what was done.

    `cleaned_data` is what writing.write takes: day, spell_starts, did, learned, skills, goals, behaviours, reflection.
    """

    did = forms.CharField(label="What I did", required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 4}))
    learned = forms.CharField(
        label="What I learned",
        required=False,
        max_length=LONGEST,
        help_text="What can you do or do you know now? What would you do differently?",
        widget=forms.Textarea({"rows": 4}),
    )
    files = FilesField(
        label="Photos or files",
        kinds=[PICTURE, PDF, WORD],
        most=FILES_AT_MOST,
        required=False,
        help_text=f"Up to {FILES_AT_MOST}, 10 MB each. Where a photo was taken is removed from it. Nobody should be "
        "recognised in it without having agreed.",
    )
    goals = forms.MultipleChoiceField(label="Goals that it serves", required=False, widget=forms.CheckboxSelectMultiple)
    day = DayField(label="Date", required=False, show_hidden_initial=True)
    spell = forms.ChoiceField(
        label="Hours it belongs to",
        required=False,
        show_hidden_initial=True,
        help_text="Choose others and the date follows from them. Write another date and it belongs to none of these.",
    )
    skills = forms.CharField(
        label="Skills that I used",
        required=False,
        max_length=300,
        help_text="In your own words, for example 'spreadsheets, talking on the phone'.",
    )
    behaviours = forms.MultipleChoiceField(
        label="Behaviours that I showed", required=False, widget=forms.CheckboxSelectMultiple
    )
    reflection = forms.CharField(
        label="Just for me",
        required=False,
        max_length=LONGEST,
        help_text="How it felt, what worries you, what you are proud of. Nobody else ever reads this: no tutor, no "
        "manager, not the college.",
        widget=forms.Textarea({"rows": 3}),
    )
    asked = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def __init__(self, data=None, files=None, *, placement, entry: Entry | None = None, sharing=False, **kwargs):
        self.placement, self.entry, self.sharing = placement, entry, sharing
        self.goals, self.offered = offered_goals(placement, entry), offered_behaviours(entry)
        self.spells = offered_spells(placement, entry, kwargs.get("initial", {}).get("day"))
        initial = initial_of(entry, self.goals, self.offered) | kwargs.pop("initial", {})
        super().__init__(data, files, initial=initial, **kwargs)
        self.fields["did"].help_text = NO_NAMES
        self.fields["goals"].choices = [(line.key, (line.chosen or line.held).wording) for line in self.goals]
        self.fields["behaviours"].choices = [
            (group, [(str(one.pk), one.wording) for one in rows]) for group, rows in by_group(self.offered)
        ]
        self.fields["spell"].choices = [("", "None"), *((value_of(spell), said(spell)) for spell in self.spells)]
        for field in self.fields.values():
            field.error_messages |= TOO_LONG
        if not self.goals:
            del self.fields["goals"]
        self.use_required_attribute = False

    # --- what was sent ---

    def clean_did(self):
        did = self.cleaned_data["did"]
        if self.sharing and not did.strip():
            raise forms.ValidationError("Write what you did, then share it. A line is enough.")
        return did

    def clean_goals(self):
        wanted = self.cleaned_data["goals"]
        return [line.chosen or line.held for line in self.goals if line.key in wanted]

    def clean_behaviours(self):
        wanted = self.cleaned_data["behaviours"]
        return [one for one in self.offered if str(one.pk) in wanted]

    def clean_files(self):
        """The good ones are kept whatever else is wrong; see `accepted`."""
        self.accepted, refused = self.cleaned_data["files"]
        if refused:
            raise forms.ValidationError(refused)
        return self.accepted

    def clean(self):
        data = super().clean()
        spell = self.chosen_spell()
        data["spell_starts"] = spell.starts if spell else None
        if spell:
            data["day"] = spell.day
            self._errors.pop("day", None)
        elif "day" in data:
            data["day"] = data["day"] or timezone.localdate()
            self.refuse_days_outside(data["day"])
        return data

    def chosen_spell(self):
        """The hours that are meant: a date that was written wins over hours that stood there; both is an error."""
        day, changed = self.cleaned_data.get("day"), self.changed_data
        spell = next((spell for spell in self.spells if value_of(spell) == self.cleaned_data.get("spell")), None)
        agrees = spell and "day" not in self.errors and day in (None, spell.day)
        if not spell or agrees or "day" not in changed:
            return spell
        if "spell" in changed and day:
            self.add_error("day", f"The hours that you chose are of {spell.day:%-d %B %Y}. Choose one or the other.")
        return None

    def refuse_days_outside(self, day):
        """An entry is about a day of the placement that has come."""
        placement = self.placement
        if day > timezone.localdate():
            self.add_error("day", "This day has not come yet.")
        elif not placement.covers(day):
            self.add_error(
                "day", f"The placement runs from {placement.first_on:%-d %B %Y} to {placement.last_on:%-d %B %Y}."
            )

    @property
    def has_more(self) -> bool:
        """Whether something is filled in, or wrong, in the part that is folded away."""
        return any(self[name].value() or self[name].errors for name in ("skills", "behaviours"))

    @property
    def good_files(self) -> list:
        """Files that may be kept, also where the form as a whole is not valid."""
        return getattr(self, "accepted", [])

    def names(self) -> list[str]:
        """What in the words that others will read seems to name a person."""
        return seems_to_name(self.data.get("did", ""), self.data.get("learned", ""))

    def names_to_ask_about(self) -> list[str]:
        """Those that the student was not asked about yet."""
        asked = self.data.get("asked", "").split("|")
        return [name for name in self.names() if name not in asked]


class CommentForm(forms.Form):
    """A comment or an answer."""

    words = forms.CharField(
        label="Comment",
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Write a sentence or two."} | TOO_LONG,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False


class RatingForm(forms.ModelForm):
    """How far the student is with a goal today."""

    class Meta:
        model = GoalRating
        fields = ["level", "note"]
        widgets = {"level": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [choice for choice in self.fields["level"].choices if choice[0]]
        self.fields["level"].error_messages["required"] = "Choose how far you are."
        self.fields["note"].help_text = "What makes you say so? Your tutor and your manager can read this."
        self.use_required_attribute = False


class PrintForm(forms.Form):
    """Which entries of a placement go into the PDF."""

    since = DayField(label="From", required=False)
    until = DayField(label="Until", required=False)
    private = forms.BooleanField(
        label="With what I wrote just for me",
        required=False,
        help_text="Only you can make such a PDF. Think before you hand it on.",
    )

    def clean(self):
        data = super().clean()
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", "The last day is before the first.")
        return data
