"""What the cohort page says, from the figures that were added up; for one tutor straight from their students."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import itemgetter

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
    """One row of a table and chart: a group of those who are chosen; `of` narrows the filters to them."""

    name: str
    tally: Tally
    chosen: CohortFilter
    of: dict

    @property
    def url(self) -> str:
        """The list that it opens: made for what a page shows, not for all of some thousand tutors."""
        return self.chosen.students_url(**self.of)


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
    tutors = tutor_lines([cell for cell in cells if cell["tlevel"] == ALL], chosen)
    return assembled(chosen, options, by_tlevel, tutors[:TUTORS_SHOWN])


def wanted_cells(chosen: CohortFilter):
    """The cells by T Level, and those of the tutors who may be among the first TUTORS_SHOWN."""
    cells, tutors = cells_of_year(chosen), tutor_cells(chosen).values("pk")
    nobody = chosen.cleaned("tutor") == 0
    wanted = ~Q(tlevel=ALL) & Q(tutor=NOBODY if nobody else ALL)
    if shows_tutors(chosen):
        wanted |= Q(pk__in=tutors if chosen.is_of_a_standing else tutors[:TUTORS_SHOWN])
    return valued(cells.filter(wanted))


def cells_of_year(chosen: CohortFilter):
    return Cell.objects.filter(provider=chosen.desk.provider_id, entry_year=chosen.cleaned("year") or CURRENT)


def tutor_cells(chosen: CohortFilter):
    """The cells of tutors, the most of all their students at risk or out of reach first: the order of an index."""
    return cells_of_year(chosen).filter(tlevel=ALL).exclude(tutor=ALL).order_by("-at_risk", "-students", "tutor")


def shows_tutors(chosen: CohortFilter) -> bool:
    """Whether tutors can be set side by side: their figures are not kept by T Level."""
    narrowed = any(chosen.cleaned(name) is not None for name in ("tutor", "tlevel", "route"))
    return chosen.desk.role == Role.COORDINATOR and not narrowed


def valued(cells):
    """What a line is made of, as values."""
    tutor = User.objects.filter(pk=OuterRef("tutor"))
    return cells.values(
        "tlevel", "tutor", "counts", "matters",
        first_name=Subquery(tutor.values("first_name")), last_name=Subquery(tutor.values("last_name")),
    )  # fmt: skip


def tutor_lines(cells: Iterable[dict], chosen: CohortFilter) -> list[Line]:
    """The lines of tutors who have students of the phase and level that are chosen, the most of these at risk or out of
    reach first. All cells must be there where one is chosen (`is_of_a_standing`): the order of `tutor_cells` is of all
    students.
    """
    lines = [tutor_line(cell, chosen) for cell in sorted(cells, key=itemgetter("tutor"))]
    lines = [line for line in lines if line.tally.students]
    return sorted(lines, key=lambda line: (-line.tally.at_risk - line.tally.out_of_reach, -line.tally.students))


def tutor_line(cell: dict, chosen: CohortFilter) -> Line:
    """A tutor's students as a line."""
    is_nobody = cell["tutor"] == NOBODY
    name = "Nobody yet" if is_nobody else f"{cell['first_name'] or ''} {cell['last_name'] or ''}".strip()
    of = {"tutor": 0 if is_nobody else cell["tutor"]}
    return Line(name or "A former tutor", tally_of(cell, chosen), chosen, of)


def tally_of(sums: dict, chosen: CohortFilter) -> Tally:
    return Tally().add(sums["counts"], sums["matters"], chosen.cleaned("status"), chosen.level)


def assembled(chosen: CohortFilter, options: dict, by_tlevel: dict, tutors: list[Line]) -> Figures:
    """The figures, of the T Levels and phases and levels that are wanted."""
    found = Figures(tutors=tutors)
    phase, level = chosen.cleaned("status"), chosen.level
    for pk, (title, route) in sorted(options["tlevels"].items(), key=lambda item: item[1]):
        wanted = chosen.cleaned("tlevel") in (None, pk) and chosen.cleaned("route") in (None, route)
        if pk in by_tlevel and wanted:
            sums = by_tlevel[pk]
            found.total.add(sums["counts"], sums["matters"], phase, level)
            tally = tally_of(sums, chosen)
            if tally.students:
                found.tlevels.append(Line(title, tally, chosen, {"tlevel": pk}))
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
