"""Searching placements."""

import django_filters
from django import forms

from placements.models import Placement
from portal.form_fields import DayField
from portal.people.models import Role, User
from portal.searching import matching
from students.tlevels.models import TLevel

SORTS = {
    "student": ("student__user__last_name", "student__user__first_name"),
    "employer": ("employer__name",),
    "first": ("first_on",),
    "last": ("last_on",),
}


class DayFilter(django_filters.Filter):
    field_class = DayField


class PlacementFilter(django_filters.FilterSet):
    """Placements by the people in them, status, T Level, tutor (for coordinators), and the days that they touch."""

    q = django_filters.CharFilter(
        label="Student or employer",
        method="by_words",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    status = django_filters.ChoiceFilter(label="Status", choices=Placement.Status, empty_label="Every status")
    kind = django_filters.ChoiceFilter(label="Kind", choices=Placement.Kind, empty_label="All")
    tlevel = django_filters.ModelChoiceFilter(
        label="T Level", field_name="student__tlevel", queryset=TLevel.objects.order_by("title"), empty_label="All"
    )
    tutor = django_filters.ModelChoiceFilter(
        label="Tutor", field_name="student__tutor", queryset=User.objects.none(), empty_label="Every tutor"
    )
    since = DayFilter(label="On placement from", field_name="last_on", lookup_expr="gte")
    until = DayFilter(label="On placement until", field_name="first_on", lookup_expr="lte")

    class Meta:
        model = Placement
        fields = []

    def __init__(self, *args, desk, **kwargs):
        super().__init__(*args, **kwargs)
        if desk.role == Role.COORDINATOR:
            tutors = User.objects.filter(memberships__provider=desk.provider_id, memberships__role=Role.TUTOR)
            self.filters["tutor"].queryset = tutors
        else:
            del self.filters["tutor"]

    def by_words(self, placements, name, value):
        ways = ("student__user__first_name", "student__user__last_name", "employer__name")
        return placements.filter(matching(value, *ways))


def in_order(placements, asked: str):
    """`placements` sorted as ?sort= asks: 'student', '-student', ...; the latest first where nothing known is asked."""
    fields = SORTS.get(asked.removeprefix("-"))
    if not fields:
        return placements.order_by("-first_on", "-pk")
    sign = "-" if asked.startswith("-") else ""
    return placements.order_by(*(sign + field for field in fields), "pk")
