"""Searching certificates."""

import django_filters
from django import forms

from portal.searching import matching
from reviews.certificates.models import Certificate


class CertificateFilter(django_filters.FilterSet):
    """By name or number, and whether it holds."""

    q = django_filters.CharFilter(
        label="Name or number",
        method="by_words",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    status = django_filters.ChoiceFilter(label="Status", choices=Certificate.Status, empty_label="All")

    class Meta:
        model = Certificate
        fields = []

    def by_words(self, rows, name, value):
        return rows.filter(matching(value.replace("\x00", ""), "holder", "number"))
