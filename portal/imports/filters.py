"""Searching the rows of a preview."""

import django_filters
from django import forms

from portal.imports.models import ImportRow


class RowFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label="Rows", choices=ImportRow.STATES, empty_label="All rows")
    search = django_filters.CharFilter(
        label="Search",
        field_name="title",
        lookup_expr="reads_like",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    class Meta:
        model = ImportRow
        fields = []
