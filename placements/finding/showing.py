"""Where finding a place shows itself: the student's home, the dashboards of staff, the page of an employer."""

from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from employers.opportunities.models import Opportunity
from employers.panels import Panel, panel
from placements.finding.models import Application, Find
from placements.models import Placement
from portal.needs import Waiting, for_staff
from portal.people.models import Role
from portal.rooms import Step, for_student

Status = Application.Status
DAYS_TO_ANSWER = 5
PAGE = 50


@for_student(8)
def a_place_to_find(student, placements, today):
    """Offers, interviews, the open places: for whoever is neither signed off nor gone, and has no placement to come or
    going on.
    """
    if student.frozen_says or any(placement.status != Placement.Status.ENDED for placement in placements):
        return
    wanted = [Status.PUT_FORWARD, Status.OFFERED, Status.INTERVIEW]
    rows = list(Application.objects.filter(student=student, status__in=wanted).with_people())
    order = {Status.OFFERED: 0, Status.PUT_FORWARD: 1, Status.INTERVIEW: 2}
    for row in sorted(rows, key=lambda row: (order[row.status], row.moved_at)):
        if step := step_of(row):
            yield step
    if not any(row.status == Status.OFFERED for row in rows):
        yield Step("Find a place", reverse("place_list"), "waiting", "Look at the employers who offer one now.")


def step_of(row: Application) -> Step | None:
    employer, url = row.opportunity.employer, row.get_absolute_url()
    if row.status == Status.OFFERED:
        return Step(f"{employer} offers you a place", url, "attention", "Say yes or no.")
    if row.status == Status.PUT_FORWARD:
        return Step(f"Would you like to go to {employer}?", url, "attention", "Your college has put you forward.")
    if row.has_interview_ahead():
        at = timezone.localtime(row.interview_at)
        return Step(f"Interview at {employer}", url, "waiting", f"On {at:%A %-d %B at %H:%M}.")
    return None


@for_staff(
    "find",
    says="Found an employer themselves: {words}",
    called="Found an employer themselves",
    act="Look at it",
    url="find_detail",
    tone="waiting",
    icon="building",
    role=Role.COORDINATOR,
)
def finds_to_check(desk):
    """Employers that students found, for the placement office."""
    return Waiting(Find.objects.filter(status=Find.Status.ASKED), student="student", since="made_at", words="name")


@for_staff(
    "offer",
    says="Has not answered the offer of a place at {words}",
    called="Has not answered the offer of a place",
    act="Open the application",
    url="application_detail",
    tone="waiting",
    icon="clock",
)
def offers_to_answer(desk):
    """Offers that a student has left unanswered for some days."""
    since = desk.now - timedelta(days=DAYS_TO_ANSWER)
    rows = Application.objects.filter(status=Status.OFFERED, moved_at__lte=since)
    return Waiting(rows, student="student", since="moved_at", words="opportunity__employer__name")


@panel(35, "opportunities", "Places offered")
def opportunities_at(employer, request):
    """What the employer offers, the newest first. Two queries."""
    rows = Opportunity.objects.visible_to(request.user).filter(employer=employer).with_people()
    waiting = Count("applications", filter=Q(applications__status__in=Application.OPEN))
    rows = rows.prefetch_related("tlevels").annotate(waiting=waiting).order_by("-status", "-closes_on", "pk")[:PAGE]
    return Panel("opportunities/employer_opportunities.html", {"opportunities": rows})
