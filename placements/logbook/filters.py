"""Searching a logbook."""

import django_filters
from django import forms
from django.db.models import Q

from placements.behaviours.models import Behaviour, by_group
from placements.goals.models import LearningGoal
from placements.logbook.goal_lines import GoalLine, current_lines
from placements.logbook.models import Entry, EntryGoal, Reflection
from portal.form_fields import DayField
from portal.searching import matching


class DayFilter(django_filters.Filter):
    field_class = DayField


class EntryFilter(django_filters.FilterSet):
    """Entries by words, goal, behaviour and dates; for the student (`own`) also by how they stand.

    The student's search finds what they wrote for themselves, too; nobody else's search can reach it.
    """

    q = django_filters.CharFilter(
        label="Words", method="by_words", widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
    )
    goal = django_filters.ChoiceFilter(label="Goal", method="by_goal", empty_label="Every goal")
    behaviour = django_filters.ChoiceFilter(
        label="Behaviour", field_name="behaviours__code", empty_label="Every behaviour"
    )
    since = DayFilter(label="From", field_name="day", lookup_expr="gte")
    until = DayFilter(label="Until", field_name="day", lookup_expr="lte")
    status = django_filters.ChoiceFilter(label="Shows", choices=Entry.Status, empty_label="Drafts and shared")

    class Meta:
        model = Entry
        fields = []

    def __init__(self, data, queryset, *, user, own, placement=None, goals=None):
        super().__init__(data, queryset)
        self.user, self.own = user, own
        self.filters["behaviour"].extra["choices"] = behaviours_offered
        if goals is None and own:
            goals = current_lines(LearningGoal.objects.filter(placement__student__user=user))
        self.goals = {line.key: line for line in goals or []}
        self.filters["goal"].extra["choices"] = [(key, short(line)) for key, line in self.goals.items()]
        if not self.goals:
            del self.filters["goal"]
        if not own:
            del self.filters["status"]

    @property
    def qs(self):
        """Removed entries only where they are asked for."""
        found = super().qs
        asked = self.form.cleaned_data.get("status") if self.form.is_valid() else ""
        return found if asked == Entry.Status.REMOVED else found.written()

    def by_words(self, entries, name, value):
        wanted = matching(value, *Entry.WORDS)
        if self.own:
            private = Reflection.objects.visible_to(self.user).filter(matching(value, "words"))
            wanted |= Q(pk__in=private.values("entry"))
        return entries.filter(wanted)

    def by_goal(self, entries, name, value):
        return entries.filter(pk__in=EntryGoal.objects.filter(goal__in=self.goals[value].pks).values("entry"))


def behaviours_offered() -> list:
    """The behaviours that hold now, by group."""
    found = by_group(Behaviour.objects.current())
    return [(group, [(one.code, one.wording) for one in rows]) for group, rows in found]


def short(line: GoalLine) -> str:
    """A goal as it fits a list to choose from."""
    words = f"{line.number}. {line.held.wording}"
    return words if len(words) <= 70 else f"{words[:69]}…"
