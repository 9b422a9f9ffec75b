"""Searching worries, for staff."""

import django_filters
from django import forms
from django.db.models import Count, Q
from django.utils import timezone

from placements.concerns.models import Concern
from placements.concerns.models.rows import is_overdue
from portal.people.filters import matching

STATES = [("open", "Open"), ("overdue", "Answer overdue"), ("follow_up", "To be followed up"), ("closed", "Settled")]


def states(now) -> dict[str, Q]:
    """Those that are open, overdue, to be followed up, or settled (and withdrawn)."""
    return {
        "open": Q(status__in=Concern.OPEN),
        "overdue": is_overdue(now),
        "follow_up": Q(follow_up_on__isnull=False),
        "closed": Q(status__in=Concern.CLOSED),
    }


def counts_of(rows) -> list[tuple[str, str, int]]:
    """(label, query, number) of each state. One query."""
    found = rows.aggregate(**{name: Count("pk", filter=wanted) for name, wanted in states(timezone.now()).items()})
    return [(label, f"?state={name}", found[name]) for name, label in STATES]


class ConcernFilter(django_filters.FilterSet):
    """By the student's name, how it stands, and kind. What was written is not searched."""

    q = django_filters.CharFilter(
        label="Student", method="by_words", widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
    )
    student = django_filters.NumberFilter(field_name="student", widget=forms.HiddenInput())
    state = django_filters.ChoiceFilter(label="How it stands", choices=STATES, method="by_state", empty_label="All")
    accident = django_filters.ChoiceFilter(
        label="Kind",
        field_name="kind__is_accident",
        choices=[("False", "Worries"), ("True", "Accidents")],
        empty_label="All",
    )

    class Meta:
        model = Concern
        fields = []

    def by_words(self, rows, name, value):
        return rows.filter(matching(value, "student__user__first_name", "student__user__last_name"))

    def by_state(self, rows, name, value):
        return rows.filter(states(timezone.now())[value])
