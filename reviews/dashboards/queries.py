"""Which students a list shows. One definition each of waiting, sent back, flagged, for the pages and their figures."""

from datetime import date, datetime
from typing import NamedTuple

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    DateTimeField,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)  # fmt: skip
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from placements.hours.models import Stage, StudentHours
from placements.hours.reminding import reminders_of
from placements.hours.totals import last_due_monday, missing
from placements.timesheets.models import Flag, Timesheet, unanswered_since
from portal.paging import CountUpTo
from portal.people.models import Membership, Provider, Role
from portal.prepared import AnyDesk, Later, LaterMany, Prepared, known, prepared
from reviews.dashboards.beside import beside
from students.models import Student
from students.tlevels.deadline import first_current
from students.tlevels.models import TLevel
from students.years import over_unsigned

OFFERED_AT_MOST = 200

LEFT = ExpressionWrapper(F("hours__required") - F("hours__counted") - F("hours__waiting"), output_field=IntegerField())
TO_GO = Case(When(signed_off_at=None, then=LEFT), default=Value(0))
ORDERS = {
    "name": ["user__last_name", "user__first_name", "pk"],
    "-name": ["-user__last_name", "-user__first_name", "-pk"],
    "hours": ["hours__counted", "hours__student_id"],
    "-hours": ["-hours__counted", "-hours__student_id"],
    "to_go": [TO_GO.asc(), "pk"],
    "-to_go": [TO_GO.desc(), "-pk"],
    "last": [F("hours__last_monday").asc(nulls_first=True), "hours__student_id"],
    "-last": [F("hours__last_monday").desc(nulls_last=True), "-hours__student_id"],
}


def students_of(desk, user):
    """The students that `user` looks after from this desk: a tutor's caseload, or the provider's students."""
    found = Student.objects.visible_to(user).filter(hours__provider=desk.provider_id)
    return found.filter(tutor=user, provider=desk.provider_id) if desk.role == Role.TUTOR else found


def waiting(way: str = "hours__") -> Q:
    """Students with a week that is handed in and not answered."""
    return Q(**{f"{way}waiting_since__isnull": False})


def unanswered(now) -> Q:
    """Students with a week that is not answered for days (unanswered_since)."""
    return Q(hours__waiting_since__lte=unanswered_since(now))


def sent_back() -> Q:
    """Students with a week that was sent back and is not handed in again."""
    weeks = Timesheet.objects.filter(status=Timesheet.Status.SENT_BACK)
    return Q(pk__in=weeks.order_by().values("placement__student"))


def flagged() -> Q:
    """Students with something unusual that nobody has looked at."""
    return Q(pk__in=Flag.objects.unseen().order_by().values("timesheet__placement__student"))


def unseen_flags() -> Coalesce:
    """How many unusual things of a student nobody has looked at."""
    student = "timesheet__placement__student"
    unseen = Flag.objects.unseen().filter(**{student: OuterRef("pk")}).order_by().values(student)
    return Coalesce(Subquery(unseen.annotate(number=Count("pk")).values("number")), 0)


class Listed(NamedTuple):
    """What a row shows of a student, as plain values: lists are long. Minutes throughout.

    `risk` to `forms` are the kept standing (reviews.risk), None for somebody who was not looked at yet. `flags`: how
    many things nobody has looked at. `reminded_at`: by mail of missing weeks (their tutor is told that). `goals` to
    `lapses_on`: see reviews.dashboards.beside. `matches`: whether the filters leave the student.
    """

    pk: int
    first_name: str
    last_name: str
    uln: str
    tlevel: int
    tlevel_title: str
    tutor: int | None
    tutor_first_name: str | None
    tutor_last_name: str | None
    counted: int
    waiting: int
    required: int
    stage: str
    last_monday: date | None
    awaited_monday: date | None
    entry_year: str
    born_on: date
    signed_off_at: datetime | None
    left_on: date | None
    risk: int | None
    sent_back: int | None
    without_goals: int | None
    meetings: int | None
    forms: int | None
    flags: int
    reminded_at: datetime | None
    goals: int
    induction: str | None
    induction_due: date | None
    review_on: datetime | None
    worries: int
    lapses_on: date | None
    matches: bool


FIELDS = (
    "pk", "user__first_name", "user__last_name", "uln", "tlevel", "tlevel__title", "tutor", "tutor__first_name",
    "tutor__last_name", "hours__counted", "hours__waiting", "hours__required", "hours__stage", "hours__last_monday",
    "hours__awaited_monday", "entry_year", "born_on", "signed_off_at", "left_on", "standing__level",
    "standing__sent_back", "standing__without_goals", "standing__meetings", "standing__forms",
)  # fmt: skip


def listed(desk, students, sort: str, *, flags=True, matching: QuerySet | None = None) -> list[Listed]:
    """The values of `students` (primary keys, or a queryset of them) in one of the ORDERS. One query.

    `matching`: those whom the filters leave, as such a queryset (None: no filter is used). Without `flags` there are 0
    of them.
    """
    rows = listing(desk.role, sort, flags, matching is not None)
    told = known(desk, timezone.now()) | {"students": students, "matching": matching}
    return [Listed._make(row) for row in rows.asked(**told)]


@prepared
def listing(role: str, sort: str, flags: bool, is_filtered: bool):
    """What `listed` asks for a desk of this role."""
    beside_hours = beside(AnyDesk(role))
    rows = Student.objects.filter(pk__in=LaterMany("students")).annotate(
        seen_flags=unseen_flags() if flags else Value(0),
        reminded=Subquery(reminders_of(OuterRef("pk"))[:1]) if role == Role.TUTOR else Value(None, DateTimeField()),
        **beside_hours,
        is_matching=Q(pk__in=LaterMany("matching")) if is_filtered else Value(True),
    )
    columns = rows.values_list(*FIELDS, "seen_flags", "reminded", *beside_hours, "is_matching")
    return columns.order_by(*ORDERS[sort])


def figures_and_options(desk, shown: QuerySet | None, today: date) -> tuple[dict[str, int], dict[str, dict]]:
    """The figures above the coordinator's list, and what its filters offer. One query.

    Every figure counts the rows of the list that it opens, no further than COUNTED_AT_MOST + 1; 'shown' is how many the
    filters leave (None: no filter is used). They are counted in indexes of the kept totals (every student has them).
    'known' are all who ever were here, 'over' those whose course is over and who were never signed off. The options are
    the T Levels, and the tutors of the provider: names by primary key. A tutor who is not offered is searched by name
    all the same.
    """
    rows = figures_of_all() if shown is None else Prepared(figures_of({"shown": shown}))
    numbers, found = {}, {"tlevels": {}, "tutors": {}}
    told = {"provider": desk.provider_id, "last_monday": last_due_monday(today), "since": first_current(today)}
    for kind, number, named in rows.asked(**told):
        if kind in found:
            found[kind][number] = named
        else:
            numbers[kind.removeprefix("=")] = number
    return {"shown": numbers["everybody"]} | numbers, found


@prepared
def figures_of_all():
    """The figures where no filter is used."""
    return figures_of({})


def figures_of(more: dict[str, QuerySet]) -> QuerySet:
    """('=' and its name, number, '') of every figure and of `more`, and what the filters offer."""
    desk, last_monday = AnyDesk(Role.COORDINATOR), Later("last_monday", DateField())
    known, since = StudentHours.objects.filter(provider=desk.provider_id), Later("since", CharField())
    everybody = known.filter(entry_year__gte=since)  # as students.years.on_course
    counts = {
        "known": known,
        "over": Student.objects.filter(over_unsigned(since), provider=desk.provider_id),
        "everybody": everybody,
        "without": everybody.filter(stage=Stage.WITHOUT),
        "active": everybody.filter(stage=Stage.ACTIVE),
        "missing": everybody.filter(missing(last_monday)),
        "waiting": everybody.filter(waiting(way="")),
    } | more
    provider = Provider.objects.filter(pk=desk.provider_id).order_by()
    figures = [
        provider.values_list(said(f"={name}"), CountUpTo(rows), Value("", output_field=TextField()))
        for name, rows in counts.items()
    ]
    return courses().union(tutors_of(desk), *figures, all=True)


def courses():
    """('tlevels', primary key, title) of the T Levels."""
    return TLevel.objects.order_by().values_list(said("tlevels"), "pk", Cast("title", TextField()))


def tutors_of(desk):
    """('tutors', primary key, name) of the tutors that the filters offer."""
    return tutors_offered(desk).values_list(said("tutors"), "user", "full_name")


def tutors_offered(desk) -> QuerySet:
    """The tutors of the provider with their `full_name`; of more than OFFERED_AT_MOST those who came first."""
    tutors = Membership.objects.filter(provider=desk.provider_id, role=Role.TUTOR)
    first = tutors.order_by("pk").values("pk")[:OFFERED_AT_MOST]
    name = Concat("user__first_name", Value(" "), "user__last_name", output_field=TextField())
    return Membership.objects.filter(pk__in=first).order_by().annotate(full_name=name)


def said(words: str) -> Value:
    return Value(words, output_field=TextField())
