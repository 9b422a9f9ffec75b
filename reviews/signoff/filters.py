"""Where students stand on the way to their sign-off, for the list of the placement office."""

import django_filters
from django import forms
from django.db.models import QuerySet

from portal.people.models import Role, User
from portal.searching import matching
from reviews.dashboards.filters import ByKey, PlainSelect
from reviews.signoff.completion import holding, is_complete
from reviews.signoff.models import Judgement, SignOff, SpecialConsideration
from students.models import Student
from students.tlevels.models import TLevel

STATES = [
    ("ready", "Complete, not signed off"),
    ("hours", "Hours reached, something is missing"),
    ("considered", "Special consideration waits for a second person"),
    ("signed_off", "Signed off"),
    ("reopened", "Opened again"),
    ("left", "Placement will not be completed"),
]


def in_state(students: QuerySet, state: str) -> QuerySet:
    """Those of `students` (of one provider) in one of STATES, in an order that an index or their number makes cheap."""
    if state == "left":
        return students.filter(left_on__isnull=False).order_by("-left_at", "pk")
    students = students.filter(left_on=None)
    match state:
        case "ready":
            open_ones = Judgement.objects.current().filter(is_sufficient=True, settled_at=None)
            found = students.filter(pk__in=open_ones.values("student"), signed_off_at=None)
            return found.alias(**holding()).filter(is_complete())
        case "hours":
            found = students.alias(**holding()).filter(~is_complete(), signed_off_at=None, has_hours=True)
            return found.order_by("-hours__counted", "-pk")
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
    tlevel = ByKey(field_name="tlevel", label="T Level", widget=PlainSelect)
    tutor = ByKey(field_name="tutor", label="Tutor", widget=PlainSelect)

    class Meta:
        model = Student
        fields = []

    def __init__(self, data, *, provider, **kwargs):
        data = data.copy()
        if data.get("state") not in dict(STATES):
            data["state"] = "ready"
        super().__init__(data, **kwargs)
        tutors = User.objects.filter(memberships__provider=provider, memberships__role=Role.TUTOR)
        names = tutors.order_by("first_name", "last_name").values_list("pk", "first_name", "last_name")
        fields = self.form.fields
        fields["tutor"].widget.choices = [("", "All"), *((pk, f"{first} {last}") for pk, first, last in names)]
        fields["tlevel"].widget.choices = [("", "All"), *TLevel.objects.order_by("title").values_list("pk", "title")]

    def by_words(self, rows, name, value):
        return rows.filter(matching(value, "user__first_name", "user__last_name", "uln"))

    def by_state(self, rows, name, value):
        return in_state(rows, value)

    @property
    def chosen_state(self) -> str:
        return self.data["state"]
