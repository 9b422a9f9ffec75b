"""What a row says besides hours: goals, induction, the next review, worries, checks. Each one a correlated subquery."""

from datetime import timedelta

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    When,
)  # fmt: skip
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from employers.checks.models import LAPSING_DAYS
from placements.concerns.models import Concern
from placements.goals.models import LearningGoal
from placements.induction.models import Induction
from placements.models import Placement
from placements.requirements.queries import GOING_ON, with_lapsing
from reviews.meetings.models import Meeting
from reviews.meetings.overdue import overdue_meetings
from reviews.risk.signs import overdue_forms, without_goals

ACTIVE = Placement.Status.ACTIVE
LAPSING = timedelta(days=LAPSING_DAYS[1])
ENDED_MEETINGS = [*Meeting.OVER, Meeting.Status.MISSED, Meeting.Status.CANCELLED]


def beside(desk) -> dict:
    """Annotations of a Student: agreed goals, induction and the third day at work, next review, open worries that this
    desk (portal.prepared.AnyDesk) may read, the day on which the first of the current employer's checks lapses.
    """
    induction = Induction.objects.filter(placement__student=OuterRef("pk"), placement__status=ACTIVE)
    newest = induction.order_by("-placement__first_on", "-pk")
    lapsing = with_lapsing(desk.today + LAPSING).filter(student=OuterRef("pk"))
    return {
        "goals": number_of(agreed_goals().filter(placement__student=OuterRef("pk")), "placement__student"),
        "induction_status": Subquery(newest.values("status")[:1], output_field=CharField()),
        "induction_due": Subquery(newest.values("third_day_on")[:1], output_field=DateField()),
        "review_on": Subquery(reviews_to_come().values("on")[:1], output_field=DateTimeField()),
        "worries": number_of(open_worries(desk).filter(student=OuterRef("pk")), "student"),
        "lapses_on": Subquery(lapsing.values("employer__checks__expires_on")[:1], output_field=DateField()),
    }


def number_of(rows: QuerySet, way: str):
    """How many rows belong to the Student of the outer query."""
    found = rows.order_by().values(way).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(found, output_field=IntegerField()), 0)


def agreed_goals() -> QuerySet:
    """Goals that hold, and tutor and line manager agreed to, of placements that run or will."""
    agreed = Q(tutor_agreed_at__isnull=False, manager_agreed_at__isnull=False, replaced_at=None)
    return LearningGoal.objects.filter(agreed, placement__status__in=GOING_ON)


def reviews_to_come() -> QuerySet:
    """Meetings of the student that are to come or to be written down, the first one first; `on` is their day."""
    on = Case(When(status=Meeting.Status.AGREED, then=F("starts_at")), default=Cast("due_on", DateTimeField()))
    rows = Meeting.objects.filter(placement__student=OuterRef("pk"), placement__status=ACTIVE)
    return rows.exclude(status__in=ENDED_MEETINGS).annotate(on=on).order_by("on")


def open_worries(desk) -> QuerySet:
    """Worries that this desk may read and that are not closed."""
    return Concern.objects.at_desk(desk).filter(status__in=Concern.OPEN)


class Beside(TextChoices):
    """What may be the matter beside the hours."""

    GOALS = "goals", "No agreed learning goals"
    INDUCTION = "induction", "Induction not confirmed"
    REVIEWS = "reviews", "A review is overdue"
    WORRIES = "worries", "A worry is open"
    CHECKS = "checks", "A check lapses or has lapsed"


def narrowed(students: QuerySet, beside: str, desk) -> QuerySet:
    """The students with whom that is the matter."""
    match beside:
        case Beside.GOALS:
            return students.filter(pk__in=without_goals().order_by().values("student"))
        case Beside.INDUCTION:
            confirmed = Induction.objects.filter(placement=OuterRef("pk"), status=Induction.Status.CONFIRMED)
            running = Placement.objects.without_tasters().filter(provider=desk.provider_id, status=ACTIVE)
            open_ones = running.filter(~Exists(confirmed))
            return students.filter(pk__in=open_ones.order_by().values("student"))
        case Beside.REVIEWS:
            now = timezone.now()
            late = [
                rows.order_by().values("placement__student") for rows in (overdue_meetings(now), overdue_forms(now))
            ]
            return students.filter(Q(pk__in=late[0]) | Q(pk__in=late[1]))
        case Beside.WORRIES:
            return students.filter(pk__in=open_worries(desk).order_by().values("student"))
    return students.filter(pk__in=with_lapsing(timezone.localdate() + LAPSING).order_by().values("student"))
