"""The line manager's students: who comes when, what waits, what comes next. Only what the job needs."""

from collections import defaultdict

from django.core.paginator import Paginator
from django.db.models import BigIntegerField, Case, Count, F, IntegerField, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from placements.approvals.models import way_to
from placements.models import Placement
from placements.timesheets.models import Timesheet
from portal.access import role_required
from portal.asks.kinds import kinds
from portal.asks.models import Ask
from portal.people.models import Role
from portal.prepared import AnyReader, known_of, prepared
from reviews.meetings.models import Meeting
from reviews.meetings.models.described import said

PAGE = 50
ASKS = 200


@role_required("manager")
def managed_list(request):
    """Their placements that run or will; with ?ended=1 those that are over."""
    is_ended = request.GET.get("ended") == "1"
    managed = Placement.objects.filter(manager=request.user, provider__in=request.user.providers_as(Role.MANAGER))
    ended = Q(status=Placement.Status.ENDED)
    found = managed.filter(ended if is_ended else ~ended)
    page = Paginator(with_what_comes(found), PAGE).get_page(request.GET.get("page"))
    waiting = asks_of(request.user) if page.object_list else {}
    today = timezone.localdate()
    rows = [row_of(placement, waiting.get(placement.pk, []), today) for placement in page.object_list]
    context = {"page": page, "rows": rows, "is_ended": is_ended}
    return render(request, "dashboards/managed_list.html", context)


def with_what_comes(placements):
    """With the number of weeks that wait, the next meeting with a date, and the days agreed. Two queries."""
    weeks = Timesheet.objects.waiting().filter(placement=OuterRef("pk")).order_by()
    number = weeks.values("placement").annotate(n=Count("pk")).values("n")
    dated = Q(status=Meeting.Status.AGREED, starts_at__gte=timezone.now())
    meeting = Meeting.objects.filter(dated, placement=OuterRef("pk")).order_by("starts_at", "pk")
    return (
        placements.select_related("student__user", "student__tlevel", "student__tutor", "employer", "site", "provider")
        .annotate(
            weeks_waiting=Coalesce(Subquery(number, output_field=IntegerField()), 0),
            first_week=Subquery(weeks.order_by("monday", "pk").values("pk")[:1]),
            meeting_pk=Subquery(meeting.values("pk")[:1]),
            meeting_at=Subquery(meeting.values("starts_at")[:1]),
            meeting_title=Subquery(meeting.values("title")[:1]),
        )
        .prefetch_related("pattern_days")
        .order_by("student__user__last_name", "student__user__first_name", "first_on", "pk")
    )


def row_of(placement: Placement, asks: list[tuple], today) -> dict:
    """One placement as its line manager looks at it, with what `asks_of` found about it."""
    weeks = placement.weeks_waiting
    day = max(today, placement.first_on)
    waits = [{"says": kinds[kind].title, "url": reverse("ask_detail", args=[pk])} for kind, pk in asks]
    if weeks:
        says = f"Approve {'1 week' if weeks == 1 else f'{weeks} weeks'} of hours"
        waits.insert(0, {"says": says, "url": way_to(reverse("manager_home"), placement.first_week)})
    return {
        "placement": placement,
        "days": placement.pattern.described(day) if placement.pattern else "",
        "a_week": sum(agreed.minutes for agreed in placement.pattern.in_force_on(day).values()),
        "meeting": f"{placement.meeting_title}, {said(placement.meeting_at)}" if placement.meeting_pk else "",
        "waits": waits,
    }


def asks_of(manager) -> dict[int, list[tuple]]:
    """(kind, primary key) of what the manager was asked and did not answer, by the placement it is about. One query."""
    found = defaultdict(list)
    for placement, *ask in asks_by_placement().asked(**known_of(manager))[:ASKS]:
        found[placement].append(ask)
    return found


@prepared
def asks_by_placement():
    """(placement, kind, primary key) of what was asked of a manager and is open, the oldest first. Written once."""
    whens = []
    for kind in kinds.values():
        if kind.model is Placement:
            whens.append(When(kind=kind.name, then=F("about_id")))
        elif any(field.name == "placement" for field in kind.model._meta.concrete_fields):
            things = kind.model._base_manager.filter(pk=OuterRef("about_id")).values("placement")
            whens.append(When(kind=kind.name, then=Subquery(things, output_field=BigIntegerField())))
    asks = Ask.objects.visible_to(AnyReader({Role.MANAGER})).open()
    asks = asks.annotate(at=Case(*whens, output_field=BigIntegerField())).filter(at__isnull=False)
    return asks.order_by("made_at").values_list("at", "kind", "pk")
