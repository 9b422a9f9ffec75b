"""What the cohort page says, from the figures that were added up; for one tutor straight from their students."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F, OuterRef, Q, Subquery

from employers.checks.models import Check
from employers.checks.queries import employers_of, lapsed, lapsing_within
from placements.concerns.models import Concern
from placements.ending.summary import LEAST
from portal.people.models import Provider, Role, User
from reviews.cohort.filters import CohortFilter
from reviews.cohort.models import ALL, CURRENT, NOBODY, Cell, Counted, Quality
from reviews.cohort.tally import COLUMNS, Tally, added_up
from reviews.dashboards.queries import CountUpTo

TUTORS_SHOWN = 15
EMPLOYERS_SHOWN = 8
LAPSING_DAYS = 30


@dataclass(frozen=True)
class Line:
    """One row of a table and chart: a group of students, and the list that it opens."""

    name: str
    url: str
    tally: Tally


@dataclass
class Figures:
    """Everything but the years: all students together, by T Level, by tutor (most at risk or out of reach first)."""

    total: Tally = field(default_factory=Tally)
    tlevels: list[Line] = field(default_factory=list)
    tutors: list[Line] = field(default_factory=list)


def figures_of(chosen: CohortFilter, options: dict) -> Figures:
    """The figures of what is chosen. One query."""
    if chosen.is_of_one_tutor:
        rows = chosen.queryset.model.objects.filter(pk__in=chosen.qs.values("pk")).values_list(*COLUMNS)
        sums = added_up(rows, keys=lambda year, tlevel, tutor: [tlevel])
        by_tlevel = {tlevel: found.plain() for tlevel, found in sums.items()}
        return assembled(chosen, options, by_tlevel, [])
    cells = list(wanted_cells(chosen))
    by_tlevel = {cell["tlevel"]: cell for cell in cells if cell["tlevel"] != ALL}
    tutors = [cell for cell in cells if cell["tlevel"] == ALL]
    tutors.sort(key=lambda cell: (-cell["at_risk"], -cell["students"], cell["tutor"]))
    return assembled(chosen, options, by_tlevel, tutors)


def wanted_cells(chosen: CohortFilter):
    """The cells by T Level, and those of the tutors with the most students at risk or out of reach."""
    cells = Cell.objects.filter(provider=chosen.desk.provider_id, entry_year=chosen.cleaned("year") or CURRENT)
    nobody = chosen.cleaned("tutor") == 0
    wanted = ~Q(tlevel=ALL) & Q(tutor=NOBODY if nobody else ALL)
    if shows_tutors(chosen):
        wanted |= Q(pk__in=worst_first(cells).values("pk")[:TUTORS_SHOWN])
    return with_names(cells.filter(wanted)).values(*CELL_VALUES)


CELL_VALUES = ("tlevel", "tutor", "students", "at_risk", "counts", "matters", "first_name", "last_name")


def shows_tutors(chosen: CohortFilter) -> bool:
    """Whether tutors can be set side by side: their figures are not kept by T Level."""
    narrowed = any(chosen.cleaned(name) is not None for name in ("tutor", "tlevel", "route"))
    return chosen.desk.role == Role.COORDINATOR and not narrowed


def worst_first(cells):
    """The cells of tutors, the most students at risk or out of reach first."""
    return cells.filter(tlevel=ALL).exclude(tutor=ALL).order_by("-at_risk", "-students", "tutor")


def with_names(cells):
    tutor = User.objects.filter(pk=OuterRef("tutor"))
    return cells.annotate(
        first_name=Subquery(tutor.values("first_name")), last_name=Subquery(tutor.values("last_name"))
    )


def tutor_line(cell: dict, chosen: CohortFilter) -> Line:
    """A tutor's students as a line."""
    is_nobody = cell["tutor"] == NOBODY
    name = "Nobody yet" if is_nobody else f"{cell['first_name'] or ''} {cell['last_name'] or ''}".strip()
    url = chosen.students_url(tutor=0 if is_nobody else cell["tutor"])
    return Line(name or "A former tutor", url, tally_of(cell, chosen))


def tally_of(sums: dict, chosen: CohortFilter) -> Tally:
    return Tally().add(sums["counts"], sums["matters"], chosen.cleaned("status"), chosen.level)


def assembled(chosen: CohortFilter, options: dict, by_tlevel: dict, tutors: list) -> Figures:
    """The figures, of the T Levels and phases and levels that are wanted."""
    found = Figures()
    phase, level = chosen.cleaned("status"), chosen.level
    for pk, (title, route) in sorted(options["tlevels"].items(), key=lambda item: item[1]):
        wanted = chosen.cleaned("tlevel") in (None, pk) and chosen.cleaned("route") in (None, route)
        if pk in by_tlevel and wanted:
            sums = by_tlevel[pk]
            found.total.add(sums["counts"], sums["matters"], phase, level)
            tally = tally_of(sums, chosen)
            if tally.students:
                found.tlevels.append(Line(title, chosen.students_url(tlevel=pk), tally))
    lines = [tutor_line(cell, chosen) for cell in tutors]
    found.tutors = [line for line in lines if line.tally.students]
    return found


@dataclass(frozen=True)
class Around:
    """What counts for the whole college, whatever is chosen. Numbers are counted no further than COUNTED_AT_MOST."""

    at: datetime | None
    quality_on: date | None
    worries: int
    lapsed: int
    lapsing: int


def around(desk, now: datetime, today: date) -> Around:
    """When figures were added up, and the numbers of worries and checks that wait. One query.

    Worries: only their number, as the office may not read those that are the tutor's alone.
    """
    counted = Counted.objects.filter(pk=OuterRef("pk"))
    worries = Concern.objects.filter(provider=desk.provider_id).overdue(now)
    if desk.role == Role.TUTOR:
        worries = Concern.objects.at_desk(desk).overdue(now)
    hosts = employers_of(desk, hosting=True)
    checks = Check.objects.current().filter(employer__in=hosts.values("pk"), kind__is_used=True)
    provider = Provider.objects.filter(pk=desk.provider_id)
    return Around(
        **provider.values(
            at=Subquery(counted.values("at")),
            quality_on=Subquery(counted.values("quality_on")),
            worries=CountUpTo(worries),
            lapsed=CountUpTo(checks.filter(lapsed(today))),
            lapsing=CountUpTo(checks.filter(lapsing_within(LAPSING_DAYS, today))),
        ).get()
    )


def qualities(desk):
    """Employers of whom enough students said something, the least agreement first; as values."""
    rows = Quality.objects.filter(provider=desk.provider_id, agree_percent__isnull=False, feedback__gte=LEAST)
    return rows.order_by("agree_percent", "employer").values(
        "employer", "feedback", "recommend", "perhaps", "agree_percent", "forms", "points", "seen",
        name=F("employer__name"),
    )  # fmt: skip


def behaviour(row: dict) -> str:
    """The mean of what line managers gave for behaviour: '3.9', or '' below five forms."""
    return f"{row['points'] / row['seen']:.1f}" if row["forms"] >= LEAST and row["seen"] else ""
