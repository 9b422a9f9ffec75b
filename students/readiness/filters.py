"""Searching students by how ready they are. The options of long lists are given when they are drawn."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from portal.people.models import Membership, Role
from portal.searching import matching
from students import years
from students.models import Student
from students.readiness.models import Point, Settled
from students.tlevels.models import TLevel

READY, MISSING = "ready", "missing"
TUTORS_AT_MOST = 200


def lacks(points):
    """Whether one of `points` (a queryset) is not settled for the Student of the outer query."""
    settled = Settled.objects.filter(student=OuterRef(OuterRef("pk")), code=OuterRef("code"))
    return Exists(points.filter(~Exists(settled)))


class ByKey(django_filters.NumberFilter):
    """A filter by primary key with a list to choose from."""

    field_class = forms.IntegerField

    def __init__(self, **kwargs):
        super().__init__(widget=forms.Select, **kwargs)


class ReadinessFilter(years.ShownByYear, django_filters.FilterSet):
    """Students of `queryset` by name, how ready they are, tutor (for the placement office), T Level and year."""

    q = django_filters.CharFilter(
        label="Name", method="by_words", widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
    )
    show = django_filters.CharFilter(label="Show", method="by_standing", widget=forms.Select)
    tutor = ByKey(label="Tutor", field_name="tutor")
    tlevel = ByKey(label="T Level", field_name="tlevel")
    year = django_filters.ChoiceFilter(label="Year of entry", method="by_year", empty_label=years.ON_COURSE)

    class Meta:
        model = Student
        fields = []

    def __init__(self, data, queryset, *, desk):
        super().__init__(data, queryset)
        self.desk = desk
        self.filters["year"].extra["choices"] = years.choices(timezone.localdate())
        if desk.role == Role.TUTOR:
            del self.filters["tutor"]

    def by_words(self, students, name, value):
        return students.filter(matching(value, "user__first_name", "user__last_name"))

    def by_standing(self, students, name, value):
        points = Point.objects.current()
        if value == READY:
            return students.filter(~lacks(points))
        return students.filter(lacks(points if value == MISSING else points.filter(code=value)))

    def offer(self, points):
        """Give the options of the lists. One query."""
        fields = self.form.fields
        missing = [(point.code, f"Missing: {point.short}") for point in points]
        fields["show"].widget.choices = [
            ("", "Everybody"), (MISSING, "Something missing"), (READY, "All settled"), *missing
        ]  # fmt: skip
        tlevels, tutors = options(self.desk)
        fields["tlevel"].widget.choices = [("", "Every T Level"), *tlevels]
        if "tutor" in fields:
            fields["tutor"].widget.choices = [("", "Every tutor"), *tutors]


def options(desk) -> tuple[list, list]:
    """(T Levels, tutors of the provider) as pairs of key and name, in their order. One query."""
    tutors = Membership.objects.filter(provider=desk.provider_id, role=Role.TUTOR)
    first = tutors.order_by("user__last_name", "user__first_name", "pk").values("pk")[:TUTORS_AT_MOST]
    name = Concat("user__first_name", Value(" "), "user__last_name", output_field=TextField())
    people = Membership.objects.filter(pk__in=first).order_by().values_list(Value("tutors"), "user", name)
    courses = TLevel.objects.order_by().values_list(Value("tlevels"), "pk", Cast("title", TextField()))
    found = {"tlevels": [], "tutors": []}
    for kind, pk, named in courses.union(people, all=True):
        found[kind].append((pk, named))
    return tuple(sorted(rows, key=lambda row: row[1]) for rows in found.values())
