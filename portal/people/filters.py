"""Searching people."""

import django_filters
from django import forms

from portal.people.models import Membership, Role, User
from portal.searching import matching


class PeopleFilter(django_filters.FilterSet):
    """People of the provider that is passed as `provider`, by name or address, role and whether they came in yet."""

    q = django_filters.CharFilter(
        label="Search", method="by_words", widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
    )
    role = django_filters.ChoiceFilter(label="Role", choices=Role, method="by_role", empty_label="Every role")
    state = django_filters.ChoiceFilter(
        label="Signing in",
        choices=[("in", "Has signed in"), ("never", "Has not come in yet"), ("out", "Access closed")],
        method="by_state",
        empty_label="All",
    )

    class Meta:
        model = User
        fields = []

    def __init__(self, *args, provider, **kwargs):
        self.provider = provider
        super().__init__(*args, **kwargs)

    def by_words(self, people, name, value):
        return people.filter(matching(value, "first_name", "last_name", "email"))

    def by_role(self, people, name, value):
        return people.filter(pk__in=Membership.objects.filter(provider=self.provider, role=value).values("user"))

    def by_state(self, people, name, value):
        if value == "out":
            return people.filter(is_active=False)
        return people.filter(is_active=True, last_login__isnull=value == "never")
