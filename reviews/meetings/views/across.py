"""Review meetings across placements, for the tutor's caseload and the placement office."""

from datetime import datetime

import django_filters
from django import forms
from django.db.models import Case, DateTimeField, F, Q, QuerySet, When
from django.db.models.functions import Cast
from django.shortcuts import render
from django.utils import timezone

from portal.access import role_required
from portal.paging import BoundedPaginator, CountUpTo, in_words
from portal.people.models import STAFF, Provider, Role, User
from portal.searching import matching
from reviews.meetings.models import Meeting
from reviews.meetings.overdue import is_overdue
from reviews.meetings.views.meetings import PAGE

Status = Meeting.Status
STATES = [
    ("upcoming", "To come"),
    ("undated", "Without a date"),
    ("overdue", "Overdue"),
    ("to_record", "To be written down"),
    ("to_confirm", "Waiting for confirmation"),
    ("over", "Over"),
]


def states(now: datetime) -> dict[str, Q]:
    """Overdue: see `is_overdue`; among them are those to be written down. The others as they are called."""
    return {
        "upcoming": Q(status=Status.AGREED, starts_at__gte=now),
        "undated": Q(status__in=[Status.PLANNED, Status.OFFERED]),
        "overdue": is_overdue(now),
        "to_record": Q(status=Status.AGREED, starts_at__lt=now),
        "to_confirm": Q(status=Status.HELD),
        "over": Q(status__in=[Status.SETTLED, Status.MISSED, Status.CANCELLED]),
    }


class MeetingFilter(django_filters.FilterSet):
    """By who and where, how it stands, and the tutor (for the placement office). Without a state: all that is open."""

    q = django_filters.CharFilter(
        label="Student or employer",
        method="by_words",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    state = django_filters.ChoiceFilter(
        label="How it stands", choices=STATES, method="by_state", empty_label="Everything open"
    )
    tutor = django_filters.ModelChoiceFilter(
        label="Tutor", field_name="placement__student__tutor", queryset=User.objects.none(), empty_label="Every tutor"
    )

    def __init__(self, data, *, queryset, desk):
        super().__init__(data, queryset=queryset)
        if desk.role == Role.COORDINATOR:
            tutors = User.objects.filter(memberships__provider=desk.provider_id, memberships__role=Role.TUTOR)
            self.filters["tutor"].queryset = tutors
        else:
            del self.filters["tutor"]

    @property
    def chosen_state(self) -> str:
        """The state that is chosen; '' where none is, or nothing that there is."""
        self.form.is_valid()
        return self.form.cleaned_data.get("state") or ""

    def by_words(self, rows, name, value):
        ways = ("placement__student__user__first_name", "placement__student__user__last_name")
        return rows.filter(matching(value, *ways, "placement__employer__name"))

    def by_state(self, rows, name, value):
        return rows.filter(states(timezone.now())[value])


def meetings_at(desk) -> QuerySet:
    """The meetings of a tutor's own students, or of the whole provider."""
    rows = Meeting.objects.filter(placement__provider=desk.provider_id)
    return rows.filter(placement__student__tutor=desk.user_id) if desk.role == Role.TUTOR else rows


@role_required(*STAFF)
def review_meeting_list(request):
    """The nearest first; what is over, the latest first."""
    rows = meetings_at(request.desk)
    chosen = MeetingFilter(request.GET, queryset=rows, desk=request.desk)
    page = BoundedPaginator(shown(chosen), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "filter": chosen, "counts": counts_of(rows, request.desk)}
    return render(request, "meetings/review_meeting_list.html", context)


def shown(chosen: MeetingFilter) -> QuerySet:
    """What the filter leaves, in order; where no state is chosen, without what is over."""
    state = chosen.chosen_state
    return in_order(chosen.qs if state else chosen.qs.exclude(states(timezone.now())["over"]), state)


def in_order(rows: QuerySet, state: str) -> QuerySet:
    """By the date that holds, else by the day around which the meeting is due; with the people of each."""
    on = Case(When(starts_at__isnull=False, then=F("starts_at")), default=Cast("due_on", DateTimeField()))
    people = ("placement__student__user", "placement__employer", "placement__manager", "placement__student__tutor")
    return rows.select_related(*people).order_by(on.desc() if state == "over" else on.asc(), "pk")


def counts_of(rows: QuerySet, desk) -> list[tuple[str, str, str]]:
    """(label, query, number in words) of every state but what is over. One query."""
    wanted = states(timezone.now())
    numbers = {name: CountUpTo(rows.filter(wanted[name])) for name, _ in STATES[:-1]}
    found = Provider.objects.filter(pk=desk.provider_id).values(**numbers).get()
    return [(label, f"?state={name}", in_words(found[name])) for name, label in STATES[:-1]]
