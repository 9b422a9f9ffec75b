"""What placements show of an employer: a tab on its page, and columns and filters in the list of employers."""

import django_filters
from django.core.paginator import Paginator
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from employers.directory import figure, narrowing
from employers.models import Employer
from employers.opportunities.models import Opportunity
from employers.panels import Panel, panel
from placements.models import Placement
from students.models import Student
from students.tlevels.models import TLevel

PAGE = 50
STATES = {"now": Placement.Status.ACTIVE, "planned": Placement.Status.PLANNED, "before": Placement.Status.ENDED}


@panel(30, "placements", "Placements")
def placements_at(employer, request):
    """All placements at the employer that the reader may see, the latest first. Two queries."""
    rows = Placement.objects.visible_to(request.user).filter(employer=employer).with_people()
    page = Paginator(rows.order_by("-first_on", "-pk"), PAGE).get_page(request.GET.get("page"))
    return Panel("placements/employer_placements.html", {"page": page})


# --- The list of employers: columns ---------------------------------------------------------------------------------


def one_number(rows, number):
    """`number` (an aggregate) over `rows`, which refer to the Employer of the outer query; 0 where there are none."""
    found = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=number).values("n")
    return Coalesce(Subquery(found, output_field=IntegerField()), 0)


def placements_counted(state: str):
    """How many placements in a state are at each Employer of the outer query."""
    return one_number(Placement.objects.filter(employer=OuterRef("pk"), status=STATES[state]), Count("pk"))


@figure(10, "students_now", "Students now")
def students_now(today):
    return placements_counted("now")


@figure(15, "students_planned", "Planned")
def students_planned(today):
    return placements_counted("planned")


@figure(20, "students_before", "Before")
def students_before(today):
    return placements_counted("before")


@figure(25, "places_offered", "Places offered")
def places_offered(today):
    """Places to which students can still apply."""
    offers = Opportunity.objects.open_on(today).filter(employer=OuterRef("pk"))
    return one_number(offers, Sum(F("places") - F("taken")))


# --- The list of employers: filters ---------------------------------------------------------------------------------


@narrowing(10, "tlevel")
def by_tlevel(desk):
    """Employers where students on a T Level are or were, or which offer places for it."""
    offered = Opportunity.tlevels.through.objects.filter(opportunity__provider=desk.provider_id)
    known = Q(pk__in=offered.values("tlevel")) | Q(Exists(at_provider(desk)))
    return django_filters.ModelChoiceFilter(
        label="T Level", queryset=TLevel.objects.filter(known).order_by("title"), empty_label="All", method=of_tlevel
    )


def at_provider(desk):
    """Students of the provider on the T Level of the outer query."""
    return Student.objects.filter(tlevel=OuterRef("pk"), provider=desk.provider_id)


def of_tlevel(employers, name, value):
    """`employers` with a placement of a student on the T Level, or with places for it."""
    hosts = Employer.objects.filter(placements__student__tlevel=value)
    return employers.filter(
        Q(pk__in=hosts.values("pk")) | Q(pk__in=Opportunity.objects.filter(tlevels=value).values("employer"))
    )


@narrowing(20, "students")
def by_students(desk):
    """Employers that have students now, will have some, had some, or never had any."""
    choices = [("now", "Now"), ("planned", "Planned"), ("before", "Before"), ("never", "Never so far")]
    return django_filters.ChoiceFilter(label="Students", choices=choices, empty_label="All", method=having_students)


def having_students(employers, name, value):
    """`employers` with placements in the state that `value` names."""
    at = Placement.objects.filter(employer=OuterRef("pk"))
    return employers.filter(Exists(at.filter(status=STATES[value])) if value in STATES else ~Exists(at))


@narrowing(30, "places")
def by_places(desk):
    """Employers that offer places now."""
    choices = [("offered", "Offered now"), ("none", "None now")]
    return django_filters.ChoiceFilter(label="Places", choices=choices, empty_label="All", method=offering_places)


def offering_places(employers, name, value):
    """`employers` with (or without) a place to which students can still apply."""
    offers = Exists(Opportunity.objects.open_on(timezone.localdate()).filter(employer=OuterRef("pk")))
    return employers.filter(offers if value == "offered" else ~offers)
