"""The student's notes before the first day, and what is known of that day."""

from django import forms

from placements.arrangements.models import QUESTIONS, FirstDay, Preparation
from portal.form_seen import SeenForm
from portal.workflow import SomebodyWasQuicker

JOURNEY = ["how", "leave_at", "arrive_at", "cost", "plan_b"]
ASKED = [f"question_{number}" for number in range(1, QUESTIONS + 1)]
WORDS_OF = {3: JOURNEY, 8: ASKED}  # what is written to a shipped arrangement, by its number
CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class PreparationForm(forms.ModelForm):
    """The journey, plan B, and the five questions. Nothing is required: it is filled in bit by bit.

    `seen` is the version that the page showed: it saves itself, and goes on from what it has stored.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    class Meta:
        model = Preparation
        fields = [*JOURNEY, *ASKED]
        widgets = {"leave_at": CLOCK, "arrive_at": CLOCK, "plan_b": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.version

    def keep(self):
        """Write the record. Raises SomebodyWasQuicker where it has changed since the page was opened."""
        seen = self.cleaned_data.get("seen")
        if self.instance.pk is None:
            if type(self.instance).objects.filter(placement=self.instance.placement).exists():
                raise SomebodyWasQuicker(self.instance)
            self.instance.version = 1
        else:
            self.instance.take_turn(seen=-1 if seen is None else seen)
        return self.instance

    def clean(self):
        data = super().clean()
        leave, arrive = data.get("leave_at"), data.get("arrive_at")
        if leave and arrive and arrive <= leave:
            self.add_error("arrive_at", "You would be there before you leave. Change one of the two times.")
        return data

    @property
    def journey(self) -> list:
        return [self[name] for name in JOURNEY]

    @property
    def questions(self) -> list:
        return [self[name] for name in ASKED]

    def emptied(self) -> list[int]:
        """The numbers of the arrangements to which something was written, and nothing is any more (of a valid form)."""
        return [
            number
            for number, names in WORDS_OF.items()
            if any(self.initial[name] for name in names) and not any(self.cleaned_data[name] for name in names)
        ]


class FirstDayForm(SeenForm, forms.ModelForm):
    """What staff or the line manager know of the first day; an empty card may be filled in by two at once, too.

    An empty card shows the words of the `last` one, which are stored only once somebody saves them.
    """

    class Meta:
        model = FirstDay
        fields = ["ask_for", "go_to", "wear_and_bring", "phone"]
        widgets = {
            "go_to": forms.Textarea(attrs={"rows": 2}),
            "wear_and_bring": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, last: FirstDay | None = None, **kwargs):
        words = {name: getattr(last, name) for name in FirstDay.WORDS} if last else {}
        super().__init__(*args, initial=words, **kwargs)
        self.last = last

    def is_stored(self) -> bool:
        return True
