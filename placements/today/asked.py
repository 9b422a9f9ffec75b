"""What is asked of a student next, most pressing first."""

from datetime import date, timedelta

from django.urls import reverse

from placements.hours.totals import awaited_mondays
from placements.models import Placement
from placements.timesheets.models import Timesheet, monday_of
from portal.rooms import Step, steps_of

SHOWN_AT_MOST = 3


def asked_of_student(student, placements, timesheets, absent: dict, today: date, shown=None) -> list[Step]:
    """Weeks that came back, weeks that are missing, and this week once its last agreed day has come.

    `absent` are the days away by placement; absences told in advance excuse a week. The start of the placement
    `shown` stands on a card of its own and is not said twice.
    """
    found = [
        Step(f"Look again at your week of {week.monday:%-d %B}", week.get_absolute_url(), "attention", week.sentence())
        for week in sorted(timesheets, key=lambda week: week.monday)
        if week.status == Timesheet.Status.SENT_BACK
    ]
    this_monday = monday_of(today)
    came_back = {week.monday for week in timesheets if week.status == Timesheet.Status.SENT_BACK}
    for placement in placements:
        done = {week.monday for week in timesheets if week.placement_id == placement.pk and not week.is_open}
        for monday in awaited_mondays(placement, done, set(absent.get(placement.pk, ()))):
            url = reverse("week_open", args=[placement.pk, monday])
            if monday < this_monday and monday not in came_back:
                found.append(
                    Step(f"Hand in your week of {monday:%-d %B}", url, "problem", "Its hours cannot count until then.")
                )
            elif monday == this_monday and today >= last_agreed_day(placement, monday):
                is_last = today == last_agreed_day(placement, monday)
                says = (
                    "It is your last day at work this week." if is_last else "Your last day at work this week is over."
                )
                found.append(Step("Hand in this week", url, "waiting", says))
    for placement in placements:
        if placement.status == Placement.Status.PLANNED and placement.first_on >= today and placement != shown:
            says = f"You start at {placement.employer} on {placement.first_on:%-d %B}"
            found.append(Step(says, reverse("placement_detail", args=[placement.pk]), "calm", placement.role))
    found += steps_of(student, placements, today)
    return sorted(found, key=lambda step: not step.is_first)


def last_agreed_day(placement, monday: date) -> date:
    """The last day of the week on which work is agreed; Sunday if none is."""
    days = [monday + timedelta(days=n) for n in range(7)]
    return max((day for day in days if placement.covers(day) and placement.pattern.on(day)), default=days[-1])
