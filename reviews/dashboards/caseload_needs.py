"""What needs the tutor of the weeks and placements of their own caseload, worked out from the rows of the list."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from itertools import groupby

from django.urls import reverse
from django.utils import timezone

from placements.bank_holidays import working_days_after
from placements.hours.courses import Course
from placements.hours.totals import missing_mondays
from placements.models import Placement
from placements.starting import Task, lacking, tasks_of
from placements.timesheets.models import unanswered_since
from portal.words import short_date
from reviews.dashboards.needs import KINDS, Need
from reviews.dashboards.rows import Row, by_pk
from reviews.dashboards.weeks import CAME_BACK, DRAFT, HANDED_IN, each_once, weeks_concerned, weeks_of

NEAR_DAYS = 14
DAYS_TO_CORRECT = 2  # working days that a student has for a week that came back, before the tutor hears of it


def needs_of(rows: list[Row], now) -> list[Need]:
    """What needs the tutor now, the most urgent first, then the oldest. Two queries, three where weeks are missing.

    `rows` is the whole caseload; the number of flags that nobody has looked at is written into each.
    """
    today = timezone.localdate(now)
    at = {course.placement_id: (row, course) for row in rows for course in row.courses}
    weeks = weeks_concerned(at, [pk for pk, (row, _) in at.items() if row.is_missing])
    moving = [week for week in weeks if not at[week.placement][0].student.signed_off_at]  # the others nobody decides
    found = [*flags(weeks, at), *unanswered(moving, at, now), *sent_back(moving, at, today), *cannot_start(at, today)]
    found += missing(weeks, at, today)
    order = list(KINDS)
    return sorted(found, key=lambda need: (order.index(need.kind), need.since, need.who))


def need(kind: str, since: date, found: tuple[Row, Course], says: str, url: str, **more) -> Need:
    """A Need about one student, with a link to them."""
    row, course = found
    return Need(kind, since, row.name, course.employer, says, url, who_url=row.url, **more)


def flags(weeks, at):
    """What is unusual in a week, and nobody has looked at yet."""
    seen, open_week = by_pk("flag_seen"), by_pk("week_edit")
    for week in weeks:
        if week.flag_id:
            at[week.placement][0].flags += 1
            yield need(
                "flag",
                timezone.localdate(week.raised_at),
                at[week.placement],
                week.flag_says,
                seen(week.flag_id),
                week_url=open_week(week.pk),
                week=f"week of {short_date(week.monday)}",
            )


def cannot_start(at, today: date):
    """What a planned placement lacks, from NEAR_DAYS before its first day on."""
    near = today + timedelta(days=NEAR_DAYS)
    planned = Placement.Status.PLANNED
    wanted = [pk for pk, (_, course) in at.items() if course.status == planned and course.first_on <= near]
    if not wanted:
        return
    placements = list(Placement.objects.filter(pk__in=wanted).with_people().prefetch_related("pattern_days"))
    tasks = tasks_of(placements)
    for placement in placements:
        if lacks := lacking(tasks[placement.pk]):
            verb = "was to be" if placement.first_on < today else "is"
            says = f"The first day {verb} {short_date(placement.first_on)}. {in_short(lacks)}"
            url = reverse("placement_detail", args=[placement.pk])
            yield need("start", placement.first_on, at[placement.pk], says, url)


def in_short(lacks: list[Task]) -> str:
    """One thing that is missing in its own words, several by their names: the placement's page says the rest."""
    if len(lacks) == 1:
        return lacks[0].says
    return f"Not settled yet: {', '.join(task.title.lower() for task in lacks)}."


def unanswered(weeks, at, now):
    """Weeks that have waited for too long, in one line for each line manager: one mail tells them of all."""
    since = unanswered_since(now)
    late = [week for week in each_once(weeks) if week.status == HANDED_IN and week.handed_in_at <= since]
    late.sort(key=lambda week: (week.manager or 0, week.handed_in_at))
    for manager, group in groupby(late, lambda week: week.manager):
        group = list(group)
        first, on = group[0], timezone.localdate(group[0].handed_in_at)
        mondays = defaultdict(list)
        for week in group:
            mondays[at[week.placement][0].name].append(week.monday)
        whose = "; ".join(f"{name}, {weeks_of(days)}" for name, days in mondays.items())
        employer, approver = at[first.placement][1].employer, reverse("approver_detail", args=[first.placement])
        if manager:
            name = f"{first.manager_first_name} {first.manager_last_name}"
            says = f"Not answered for {(timezone.localdate(now) - on).days} days: {whose}"
            send = reverse("link_send", args=[first.placement])
            again = max((week.sent_again_at for week in group if week.sent_again_at), default=None)
            told = when("Sent again", again, timezone.localdate(now))
            yield Need("unanswered", on, name, employer, says, send, who_url=approver, reminded=told)
        else:
            says = f"No line manager is named, so that nobody can approve: {whose}"
            yield Need("nobody", on, employer, "", says, approver)


def missing(weeks, at, today: date):
    """Weeks with agreed work that are over and not handed in, in one line for each placement."""
    there = defaultdict(dict)
    for week in weeks:
        there[week.placement][week.monday] = week
    for pk, (row, course) in at.items():
        if not row.is_missing:
            continue
        told = {monday for monday, week in there[pk].items() if week.status != DRAFT}
        late = missing_mondays(course, told, course.absent, today, since=row.student.awaited_monday)
        if late:
            draft = there[pk].get(late[0])
            are = "are" if len(late) > 1 else "is written, but" if draft and draft.minutes else "is"
            says = f"{weeks_of(late)} {are} not handed in"
            url = reverse("paper_week", args=[pk, late[0]])
            yield need("missing", late[0], (row, course), says[0].upper() + says[1:], url, **reminder(row, today))


def reminder(row: Row, today: date) -> dict:
    """The act that mails the student which weeks are not handed in, and when that was done last."""
    url = reverse("weeks_remind", args=[row.student.pk])
    return {"remind_url": url, "reminded": when("Reminded", row.student.reminded_at, today)}


def when(what: str, at: datetime | None, today: date) -> str:
    """When something was last done, as a sentence; '' where it never was."""
    if at is None:
        return ""
    on = timezone.localdate(at)
    return f"{what} {'today' if on == today else f'on {short_date(on)}'}."


def sent_back(weeks, at, today: date):
    """Weeks that came back to the student some working days ago and are not handed in again."""
    open_week = by_pk("week_edit")
    for week in each_once(weeks):
        if week.status != CAME_BACK:
            continue
        row, on = at[week.placement][0], timezone.localdate(week.decided_at)
        if today >= working_days_after(on, DAYS_TO_CORRECT):
            came_back = f"The week of {short_date(week.monday)} came back on {short_date(on)}"
            says = f"{came_back}, not handed in again: “{week.reason}”"
            yield need("sent_back", on, at[week.placement], says, open_week(week.pk), **reminder(row, today))
