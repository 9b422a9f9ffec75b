"""Searching worries, for staff."""

import django_filters
from django import forms
from django.db.models import Count, Q
from django.utils import timezone

from placements.concerns.models import Concern
from placements.concerns.models.rows import is_overdue, readable_at_office
from portal.people.models import Role
from portal.searching import matching

STATES = [("open", "Open"), ("overdue", "Answer overdue"), ("follow_up", "To be followed up"), ("closed", "Settled")]


def states(now) -> dict[str, Q]:
    """Those that are open, overdue, to be followed up, or settled (and withdrawn)."""
    return {
        "open": Q(status__in=Concern.OPEN),
        "overdue": is_overdue(now),
        "follow_up": Q(follow_up_on__isnull=False),
        "closed": Q(status__in=Concern.CLOSED),
    }


def counts_of(desk) -> list[tuple[str, str, int]]:
    """(label, query, number) of each state that the desk may read. One query.

    To the office's overdue ones belong those of which it knows only that they wait (`known_to`): they stand in the
    same list.
    """
    rows, may_read = Concern.objects.at_desk(desk), Q()
    if desk.role == Role.COORDINATOR:
        rows, may_read = Concern.objects.filter(provider=desk.provider_id), readable_at_office(desk.user_id)
    filters = states(timezone.now())
    wanted = {name: found if name == "overdue" else found & may_read for name, found in filters.items()}
    found = rows.aggregate(**{name: Count("pk", filter=one) for name, one in wanted.items()})
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
