"""The weeks that a tutor has to do something about, and how they are named."""

from datetime import date, datetime
from typing import NamedTuple

from django.db.models import F, FilteredRelation, OuterRef, Q, Subquery

from placements.approvals.models import MailAbout
from placements.approvals.telling import AGAIN
from placements.timesheets.models import Timesheet
from portal.prepared import LaterMany, prepared
from portal.words import short_date

NONE = 0  # the primary key of nothing
DRAFT, HANDED_IN, CAME_BACK = Timesheet.Status.DRAFT, Timesheet.Status.HANDED_IN, Timesheet.Status.SENT_BACK


class Week(NamedTuple):
    """A week of a placement, and one of its flags that nobody has looked at (or None three times).

    `sent_again_at`: when staff last had the link mailed again because of this placement, to whoever approves now.
    """

    pk: int
    placement: int
    monday: date
    status: str
    minutes: int
    handed_in_at: datetime | None
    decided_at: datetime | None
    reason: str
    manager: int | None
    manager_first_name: str | None
    manager_last_name: str | None
    flag_id: int | None
    flag_says: str | None
    raised_at: datetime | None
    sent_again_at: datetime | None


FIELDS = (
    "pk", "placement", "monday", "status", "minutes", "handed_in_at", "decided_at", "reason", "placement__manager",
    "placement__manager__first_name", "placement__manager__last_name", "flag__pk", "flag__says", "flag__raised_at",
    "sent_again_at",
)  # fmt: skip


def weeks_concerned(placements, late) -> list[Week]:
    """The weeks of `placements` that wait, came back or are flagged, oldest first; once for each flag.

    And of the placements in `late` all weeks from the first one that is missing on. One query.
    """
    rows = concerned().asked(placements=placements, late=late or [NONE]) if placements else []
    return sorted(map(Week._make, rows), key=lambda week: (week.monday, week.pk, week.flag_id or 0))


@prepared
def concerned():
    again = MailAbout.objects.filter(
        placement=OuterRef("placement"), notice__kind=AGAIN, notice__to=OuterRef("placement__manager")
    ).order_by("-notice__created_at")
    missing = Q(placement__in=LaterMany("late"), monday__gte=F("placement__student__hours__awaited_monday"))
    return (
        Timesheet.objects.filter(placement__in=LaterMany("placements"))
        .alias(flag=FilteredRelation("flags", condition=Q(flags__seen_at=None)))
        .filter(Q(status__in=[HANDED_IN, CAME_BACK]) | Q(flag__pk__isnull=False) | missing)
        .order_by()
        .annotate(sent_again_at=Subquery(again.values("notice__created_at")[:1]))
        .values_list(*FIELDS)
    )


def each_once(weeks):
    """Without the repetitions of a week that has more than one flag."""
    return {week.pk: week for week in weeks}.values()


def weeks_of(mondays: list[date]) -> str:
    """'the week of 9 March', 'the weeks of 9 March and 16 March', and of more than three their number."""
    if len(mondays) == 1:
        return f"the week of {short_date(mondays[0])}"
    if len(mondays) > 3:
        return f"{len(mondays)} weeks, {short_date(mondays[0])} to {short_date(mondays[-1])},"
    *first, last = map(short_date, mondays)
    return f"the weeks of {', '.join(first)} and {last}"
