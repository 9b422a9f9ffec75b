"""Searching the checks of all employers."""

import django_filters
from django import forms
from django.utils import timezone

from employers.checks.models import Check, CheckKind
from employers.checks.queries import employers_of, lapsed, lapsing_within
from portal.searching import matching

MISSING = "missing"
STATES = [
    ("lapsed", "Lapsed"),
    ("7", "Lapsing within 7 days"),
    ("30", "Lapsing within 30 days"),
    ("60", "Lapsing within 60 days"),
    (MISSING, "Missing"),
    ("good", "Holding longer than that"),
]


class CheckFilter(django_filters.FilterSet):
    """Current checks by employer, kind and how they stand. `employers` are those that the search leaves."""

    q = django_filters.CharFilter(
        label="Employer", method="nothing", widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
    )
    state = django_filters.ChoiceFilter(label="State", choices=STATES, method="by_state", empty_label="All recorded")
    kind = django_filters.ModelChoiceFilter(label="Check", queryset=CheckKind.objects.none(), empty_label="Every check")
    hosts = django_filters.BooleanFilter(
        label="Only employers with students now or soon", method="nothing", widget=forms.CheckboxInput
    )

    class Meta:
        model = Check
        fields = []

    def __init__(self, *args, desk, **kwargs):
        super().__init__(*args, **kwargs)
        self.desk = desk
        self.filters["kind"].queryset = CheckKind.objects.filter(provider=desk.provider_id)

    def nothing(self, rows, name, value):
        return rows

    def by_state(self, checks, name, value):
        today = timezone.localdate()
        if value == MISSING:
            return checks.none()
        if value == "good":
            return checks.exclude(lapsed(today) | lapsing_within(60, today))
        return checks.filter(lapsed(today) if value == "lapsed" else lapsing_within(int(value), today))

    @property
    def asked(self) -> dict:
        return self.form.cleaned_data if self.is_valid() else {}

    @property
    def employers(self):
        """The employers whose checks are looked at."""
        found = employers_of(self.desk, hosting=bool(self.asked.get("hosts")))
        if text := self.asked.get("q"):
            found = found.filter(matching(text, "name", "town", "sector"))
        return found

    def of_employers(self, checks):
        """`checks` of those employers only."""
        if not self.asked.get("q") and not self.asked.get("hosts"):
            return checks
        return checks.filter(employer__in=self.employers.values("pk"))
