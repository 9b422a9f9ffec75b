"""What the manager's screen shows, in a fixed number of queries however many weeks wait."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import F, FilteredRelation, Q, prefetch_related_objects
from django.utils import timezone
from django.utils.functional import cached_property

from placements.approvals.comparing import Week, compare
from placements.timesheets.models import UNDO_MINUTES, Absence, Flag, Timesheet
from portal.history.models import Event

AT_ONCE = 30
DECIDED = (Timesheet.Status.APPROVED, Timesheet.Status.SENT_BACK)


@dataclass
class Screen:
    """The weeks to decide (`shown`, at most AT_ONCE of `waiting`), and the `decided` that can still be taken back.

    `wanted`: the week that a link pointed at, if any; `lacks_wanted`: it stands in neither.
    """

    waiting: int = 0
    wanted: int | None = None
    lacks_wanted: bool = False
    shown: list[Week] = field(default_factory=list)
    decided: list[Timesheet] = field(default_factory=list)

    @property
    def approved(self) -> list[Timesheet]:
        """Those of the `decided` that were approved: they are taken back together, what came back each by itself."""
        return [week for week in self.decided if week.status == Timesheet.Status.APPROVED]

    @property
    def returned(self) -> list[Timesheet]:
        """Those of the `decided` that were asked about or sent back."""
        return [week for week in self.decided if week.status == Timesheet.Status.SENT_BACK]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to decide and nothing to take back."""
        return not self.waiting and not self.decided

    @property
    def minutes(self) -> int:
        return sum(week.timesheet.minutes for week in self.shown)

    @property
    def differing(self) -> int:
        """How many of the weeks shown differ from what was agreed."""
        return sum(1 for week in self.shown if week.differences)

    @property
    def later(self) -> int:
        """Weeks that wait and come after these."""
        return self.waiting - len(self.shown)

    @cached_property
    def opened(self) -> Week | None:
        """The one week that stands open: the one that a link pointed at, else the first; the others are a line each."""
        in_turn = [week for _, weeks in self.providers for week in weeks]
        return next((week for week in in_turn if week.timesheet.pk == self.wanted), next(iter(in_turn), None))

    @cached_property
    def providers(self) -> list:
        """(provider, its weeks) of the weeks shown, by the provider's name."""
        found = defaultdict(list)
        for week in self.shown:
            found[week.placement.provider].append(week)
        return sorted(found.items(), key=lambda pair: pair[0].name)


def screen_for(weeks, manager, wanted: int | None = None) -> Screen:
    """The screen of a manager; `weeks` are those that they may see at all (models.weeks_of, or a link's).

    `wanted` is the week that a link pointed at: it is shown, and what else waits of its placement, however much waits.
    """
    since = timezone.now() - timedelta(minutes=UNDO_MINUTES)
    just_decided = Q(status__in=DECIDED, decided_by=manager, decided_at__gt=since, decided_version=F("version"))
    rows = weeks.of_open_records().filter(Q(status=Timesheet.Status.HANDED_IN) | just_decided)
    rows = rows.with_people().with_hours()
    rows, flags = with_flags(rows)
    first = {row.placement_id for row in rows if row.pk == wanted}
    waiting = [row for row in rows if row.status == Timesheet.Status.HANDED_IN]
    decided = sorted((row for row in rows if row.status in DECIDED), key=lambda row: row.decided_at, reverse=True)
    shown = sorted(waiting, key=lambda row: row.placement_id not in first)[:AT_ONCE]
    shown = sorted(laid_out(shown, flags), key=lambda week: (week.student.name, week.timesheet.monday))
    return Screen(len(waiting), wanted, wanted is not None and not first, shown, decided)


def with_flags(weeks) -> tuple[list[Timesheet], dict[int, list[Flag]]]:
    """The weeks, whichever waits longest first, and their flags by week: one query, a row more for each second flag."""
    rows = weeks.annotate(flagged=FilteredRelation("flags")).select_related("flagged")
    found, flags = {}, defaultdict(list)
    for row in rows.order_by("handed_in_at", "pk", "flagged__day", "flagged__pk"):
        found.setdefault(row.pk, row)
        if hasattr(row, "flagged"):  # Django sets it where there is one
            flags[row.pk].append(row.flagged)
    return list(found.values()), flags


def one_laid_out(timesheet: Timesheet) -> Week:
    """One timesheet as `laid_out` gives it."""
    return laid_out([timesheet], {timesheet.pk: timesheet.flags.all()})[0]


def laid_out(timesheets: list[Timesheet], flags: Mapping[int, Iterable[Flag]]) -> list[Week]:
    """The timesheets with their `flags`, days and history: four queries, none for an empty list."""
    if not timesheets:
        return []
    prefetch_related_objects(timesheets, "placement__pattern_days", "spells")
    absences = defaultdict(list)
    mondays = [timesheet.monday for timesheet in timesheets]
    of_these = {timesheet.placement_id for timesheet in timesheets}
    span = (min(mondays), max(mondays) + timedelta(days=6))
    for absence in Absence.objects.filter(placement__in=of_these, day__range=span):
        absences[absence.placement_id, absence.day - timedelta(days=absence.day.weekday())].append(absence)
    events = defaultdict(list)
    for event in Event.objects.about(*timesheets):
        events[event.about_id].append(event)  # what a tutor noted about a flag is not for the employer
    return [
        compare(week, absences[week.placement_id, week.monday], flags.get(week.pk, ()), events[week.pk])
        for week in timesheets
    ]
