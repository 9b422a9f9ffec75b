"""Where students stand on the way to their sign-off, for the list of the placement office."""

import django_filters
from django import forms
from django.db.models import QuerySet

from portal.people.filters import matching
from portal.people.models import Role, User
from reviews.signoff.completion import is_complete
from reviews.signoff.models import Judgement, SignOff, SpecialConsideration
from students.models import Student
from students.tlevels.models import TLevel

STATES = [
    ("ready", "Complete, not signed off"),
    ("hours", "Hours reached, something is missing"),
    ("considered", "Special consideration waits for a second person"),
    ("signed_off", "Signed off"),
    ("reopened", "Opened again"),
]


def ready(students: QuerySet) -> QuerySet:
    """Those of `students` (with `holding`) who are complete and wait for their sign-off: judgements open are few."""
    open_ones = Judgement.objects.current().filter(is_sufficient=True, settled_at=None)
    return students.filter(is_complete(), pk__in=open_ones.values("student"), signed_off_at=None)


def in_state(students: QuerySet, state: str) -> QuerySet:
    """Those of `students` (with `holding`) in one of STATES."""
    match state:
        case "ready":
            return ready(students)
        case "hours":
            return students.filter(~is_complete(), signed_off_at=None, has_hours=True)
        case "considered":
            waiting = SpecialConsideration.objects.filter(status=SpecialConsideration.Status.PROPOSED)
            return students.filter(pk__in=waiting.values("student"))
        case "signed_off":
            return students.filter(signed_off_at__isnull=False).order_by("-signed_off_at", "pk")
    reopened = SignOff.objects.filter(status=SignOff.Status.REOPENED)
    return students.filter(signed_off_at=None, pk__in=reopened.values("student"))


class SignOffFilter(django_filters.FilterSet):
    """By how it stands (complete and not signed off unless chosen otherwise), name, T Level and tutor."""

    q = django_filters.CharFilter(
        label="Name or ULN", method="by_words", widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
    )
    state = django_filters.ChoiceFilter(label="How it stands", choices=STATES, method="by_state", empty_label=None)
    tlevel = django_filters.ModelChoiceFilter(
        label="T Level", queryset=TLevel.objects.order_by("title"), empty_label="All"
    )
    tutor = django_filters.ModelChoiceFilter(label="Tutor", queryset=User.objects.none(), empty_label="All")

    class Meta:
        model = Student
        fields = []

    def __init__(self, data, *, provider, **kwargs):
        data = data.copy()
        if data.get("state") not in dict(STATES):
            data["state"] = "ready"
        super().__init__(data, **kwargs)
        tutors = User.objects.filter(memberships__provider=provider, memberships__role=Role.TUTOR)
        self.filters["tutor"].queryset = tutors.order_by("last_name", "first_name").distinct()

    def by_words(self, rows, name, value):
        return rows.filter(matching(value, "user__first_name", "user__last_name", "uln"))

    def by_state(self, rows, name, value):
        return in_state(rows, value)

    @property
    def chosen_state(self) -> str:
        return self.data["state"]
