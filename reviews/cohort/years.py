"""Year against year: how the students of each year of entry stood in the same week of their course."""

from dataclasses import dataclass
from datetime import date

from placements.timesheets.models import monday_of
from reviews.cohort.filters import CohortFilter
from reviews.cohort.models import ALL, Week
from reviews.cohort.tally import FEW
from students.tlevels.deadline import current_years, deadline_of

EARLIER = 2  # years of entry that stand beside the one that is looked at


@dataclass(frozen=True)
class Year:
    """One year of entry: all its weeks as (number of the week, Week), and the one to compare (None: not known)."""

    entry_year: str
    weeks: list[tuple[int, Week]]
    then: Week | None

    @property
    def told(self) -> list[tuple[int, Week]]:
        """The weeks with enough students to tell the one in the middle."""
        return [(number, week) for number, week in self.weeks if week.students >= FEW]


@dataclass(frozen=True)
class Compared:
    """Years of entry side by side, the one that is looked at first. `week`: which week of their course, from 1."""

    years: list[Year]
    week: int

    @property
    def has_any(self) -> bool:
        return any(year.weeks for year in self.years)

    @property
    def is_worked_out(self) -> bool:
        """Whether one of those compared was worked out afterwards."""
        return any(year.then and year.then.is_later for year in self.years)


def began(entry_year: str) -> date:
    """The Monday of the first week of the course."""
    return monday_of(date(int(entry_year[:4]), 9, 1))


def number_of(week: Week) -> int:
    return (week.monday - began(week.entry_year)).days // 7 + 1


def earlier(entry_year: str, by: int) -> str:
    year = int(entry_year[:4]) - by
    return f"{year}/{(year + 1) % 100:02d}"


def compared(chosen: CohortFilter) -> Compared | None:
    """The chosen year of entry (else those in their final year) against earlier ones; None for one tutor or a route.

    Of several on their course the earliest that is known. One query. The weeks are kept by T Level, not by tutor.
    """
    if chosen.is_of_one_tutor or any(chosen.cleaned(name) is not None for name in ("tutor", "route")):
        return None
    running = [year for year in current_years(chosen.today) if deadline_of(year) >= chosen.today]
    candidates = [chosen.cleaned("year")] if chosen.cleaned("year") else running
    possible = [earlier(candidates[-1], by) for by in range(EARLIER + len(candidates))]
    rows = Week.objects.filter(
        provider=chosen.desk.provider_id, tlevel=chosen.cleaned("tlevel") or ALL, entry_year__in=possible
    )
    by_year = {year: {} for year in possible}
    for week in rows:
        by_year[week.entry_year][number_of(week)] = week
    looked_at = next((year for year in candidates if by_year[year]), candidates[0])
    wanted = [earlier(looked_at, by) for by in range(EARLIER + 1)]
    week = max(by_year[looked_at], default=0)
    years = [Year(year, sorted(by_year[year].items()), by_year[year].get(week)) for year in wanted]
    return Compared([year for year in years if year.weeks or year.entry_year == looked_at], week)
