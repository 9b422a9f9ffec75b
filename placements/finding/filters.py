"""Searching for places, for those who offer them, and for students without one."""

import django_filters
from django import forms
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from employers.opportunities.models import Opportunity
from placements.finding.models import Application, Find
from placements.hours.models import Stage
from portal.people.models import Role, User
from portal.searching import matching
from students import years
from students.models import Student
from students.tlevels.models import TLevel

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def search_input() -> forms.TextInput:
    return forms.TextInput(attrs={"type": "search", "autocomplete": "off"})


def in_town(rows, name, value):
    """Where the work is: a town, or the beginning of a postcode; of the site, else of the employer."""
    at_site = Q(site__town__reads_like=value) | Q(site__postcode__istartswith=value)
    at_employer = Q(employer__town__reads_like=value) | Q(employer__postcode__istartswith=value)
    return rows.filter(at_site | at_employer & (Q(site=None) | Q(site__town="", site__postcode="")))


class PlaceFilter(django_filters.FilterSet):
    """Open places for a student. Sectors are those that occur in `queryset`."""

    town = django_filters.CharFilter(label="Town or start of the postcode", method=in_town, widget=search_input())
    sector = django_filters.ChoiceFilter(label="Sector", field_name="employer__sector", empty_label="Every sector")
    days = django_filters.TypedMultipleChoiceFilter(
        label="Only on these days", coerce=int, method="by_days", choices=list(enumerate(WEEKDAYS)),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    class Meta:
        model = Opportunity
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sectors = set(self.queryset.order_by().values_list("employer__sector", flat=True).distinct()) - {""}
        self.filters["sector"].extra["choices"] = [(name, name) for name in sorted(sectors, key=str.lower)]

    def by_days(self, rows, name, value):
        """Places whose agreed days all lie among the chosen ones; days not agreed yet are no obstacle."""
        others = [weekday for weekday in range(7) if weekday not in value]
        return rows.exclude(days__weekday__in=others) if value else rows


class OpportunityFilter(django_filters.FilterSet):
    """All opportunities of a provider, for its staff."""

    q = django_filters.CharFilter(label="Role or employer", method="by_words", widget=search_input())
    state = django_filters.ChoiceFilter(
        label="Status", method="by_state", empty_label="Every status",
        choices=[("open", "Open"), ("full", "Full"), ("over", "Past the last day to apply"), ("closed", "Closed")],
    )  # fmt: skip
    tlevel = django_filters.ModelChoiceFilter(
        label="T Level", field_name="tlevels", queryset=TLevel.objects.order_by("title"), empty_label="Every T Level"
    )
    town = django_filters.CharFilter(label="Town or start of the postcode", method=in_town, widget=search_input())

    class Meta:
        model = Opportunity
        fields = []

    def by_words(self, rows, name, value):
        return rows.filter(matching(value, "role", "employer__name"))

    def by_state(self, rows, name, value):
        today, full = timezone.localdate(), Q(taken__gte=F("places"))
        is_open = Q(status=Opportunity.Status.OPEN)
        match value:
            case "open":
                return rows.open_on(today)
            case "full":
                return rows.filter(is_open & full)
            case "over":
                return rows.filter(is_open & ~full, closes_on__lt=today)
        return rows.filter(status=Opportunity.Status.CLOSED)


class Looking(years.ShownByYear, django_filters.FilterSet):
    """Students of the board 'Finding places'."""

    WITHOUT, NOTHING, OFFER, FOUND = "without", "nothing", "offer", "found"
    SHOWN = [
        (WITHOUT, "Without a place"),
        (NOTHING, "Without a place, nothing tried"),
        (OFFER, "With an offer to answer"),
        (FOUND, "With an employer to be checked"),
        ("all", "Everybody"),
    ]

    q = django_filters.CharFilter(label="Name", method="by_words", widget=search_input())
    show = django_filters.ChoiceFilter(label="Show", choices=SHOWN, method="by_state", empty_label=None)
    tlevel = django_filters.ModelChoiceFilter(
        label="T Level", queryset=TLevel.objects.order_by("title"), empty_label="Every T Level"
    )
    year = django_filters.ChoiceFilter(label="Year of entry", method="by_year", empty_label=years.ON_COURSE)
    tutor = django_filters.ModelChoiceFilter(label="Tutor", queryset=User.objects.none(), empty_label="Every tutor")

    class Meta:
        model = Student
        fields = []

    def __init__(self, data, *args, desk, **kwargs):
        data = data.copy()
        data.setdefault("show", self.WITHOUT)
        super().__init__(data, *args, **kwargs)
        self.filters["year"].extra["choices"] = years.choices(timezone.localdate())
        if desk.role == Role.COORDINATOR:
            tutors = User.objects.filter(memberships__provider=desk.provider_id, memberships__role=Role.TUTOR)
            self.filters["tutor"].queryset = tutors
        else:
            del self.filters["tutor"]

    def by_words(self, rows, name, value):
        return rows.filter(matching(value, "user__first_name", "user__last_name"))

    def by_state(self, rows, name, value):
        mine = Application.objects.filter(student=OuterRef("pk"))
        asked = Find.objects.filter(student=OuterRef("pk"), status=Find.Status.ASKED)
        match value:
            case self.WITHOUT:
                return rows.filter(hours__stage=Stage.WITHOUT)
            case self.NOTHING:
                return rows.filter(~Exists(mine), ~Exists(asked), hours__stage=Stage.WITHOUT)
            case self.OFFER:
                return rows.filter(Exists(mine.filter(status=Application.Status.OFFERED)))
            case self.FOUND:
                return rows.filter(Exists(asked))
        return rows
