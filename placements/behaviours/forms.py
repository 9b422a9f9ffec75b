"""One group of behaviours as a form: a point for each, and a word to the group."""

from django import forms

from placements.behaviours.models import POINTS, Behaviour, GroupWord, Rating
from placements.behaviours.models.reflection import NO_CHANCE
from portal.form_merged import MergedFields

NONE = "none"
CHOICES = [*((str(value), words) for value, words in POINTS.items()), (NONE, NO_CHANCE)]
WORDS = GroupWord._meta.get_field("words").max_length


class GroupForm(MergedFields, forms.Form):
    """The behaviours of one group. Nothing is required here: it is saved as one goes."""

    words = forms.CharField(
        label="In your own words",
        required=False,
        max_length=WORDS,
        help_text="What shows it? What would you like to do better?",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, behaviours: list[Behaviour], ratings: dict[int, int | None], words: str, data=None):
        """`ratings` and `words`: what is stored so far, value by behaviour."""
        super().__init__(data, initial={"words": words})
        self.behaviours = behaviours
        for behaviour in behaviours:
            stored = ratings.get(behaviour.pk, "")
            self.fields[name_of(behaviour)] = forms.ChoiceField(
                label=behaviour.wording,
                choices=CHOICES,
                required=False,
                initial=NONE if stored is None else str(stored),
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": "Choose one of the six."},
            )

    def rows(self):
        """The controls of the behaviours in their order."""
        return [self[name_of(behaviour)] for behaviour in self.behaviours]

    def given(self) -> list[tuple[Behaviour, int | None]]:
        """(behaviour, value) of what was changed, and rightly, also when another answer was wrong."""
        found = [(behaviour, self.changes.get(name_of(behaviour))) for behaviour in self.behaviours]
        return [(behaviour, None if value == NONE else int(value)) for behaviour, value in found if value]


def name_of(behaviour: Behaviour) -> str:
    return f"behaviour-{behaviour.pk}"


def save_group(reflection, group: str, form: GroupForm):
    """Keep what was changed in a validated form and holds no error; words that were emptied are taken out."""
    rows = [Rating(reflection=reflection, behaviour=behaviour, value=value) for behaviour, value in form.given()]
    Rating.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["reflection", "behaviour"], update_fields=["value", "rated_at"]
    )
    if "words" not in form.changes:
        return
    if words := form.changes["words"]:
        GroupWord.objects.update_or_create(reflection=reflection, group=group, defaults={"words": words})
    else:
        GroupWord.objects.filter(reflection=reflection, group=group).delete()
