"""Searching employers."""

import django_filters
from django import forms

from employers.directory import narrowings
from employers.models import Employer, Size
from portal.searching import matching


class EmployerFilter(django_filters.FilterSet):
    """Employers by name or place, sector, town and size, and by what other rooms know (employers.directory).

    Sectors and towns are those that occur in `queryset`.
    """

    q = django_filters.CharFilter(
        label="Search", method="by_words", widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
    )
    sector = django_filters.ChoiceFilter(label="Sector", empty_label="Every sector")
    town = django_filters.ChoiceFilter(label="Town", empty_label="Every town")
    size = django_filters.ChoiceFilter(label="Size", choices=Size, empty_label="Every size")

    class Meta:
        model = Employer
        fields = []

    def __init__(self, *args, desk, **kwargs):
        super().__init__(*args, **kwargs)
        pairs = set(self.queryset.order_by().values_list("sector", "town").distinct())
        for name, values in [("sector", {sector for sector, _ in pairs}), ("town", {town for _, town in pairs})]:
            self.filters[name].extra["choices"] = [(value, value) for value in sorted(values - {""}, key=str.lower)]
        for narrowing in narrowings():
            made = narrowing.make(desk)
            made.model, made.field_name, made.parent = Employer, narrowing.name, self
            self.filters[narrowing.name] = made

    def by_words(self, employers, name, value):
        return employers.filter(matching(value, "name", "town", "postcode", "sector"))
