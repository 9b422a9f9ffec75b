"""What is asked of a student next, most pressing first."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from placements.hours.totals import awaited_mondays
from placements.models import Placement
from placements.timesheets.models import Timesheet, monday_of
from portal.rooms import FIRST, Step, steps_in_turn
from portal.words import short_date


def asked_of_student(student, placements, timesheets, absent: dict, today: date, shown=None) -> Iterator[Step]:
    """What stands before everything, the weeks, then what the other rooms ask: read room by room, as far as is wanted.

    `absent` are the days away by placement; absences told in advance excuse a week. The start of the placement
    `shown` stands on a card of its own and is not said twice. Of whoever is signed off no week is asked, of
    whoever left the T Level nothing.
    """
    rooms = steps_in_turn(student, placements, today)
    later = None
    for order, step in rooms:
        if order > FIRST:
            later = step
            break
        yield step
    if student.left_on:
        return
    if not student.signed_off_at:
        yield from weeks_asked_for(student, placements, timesheets, absent, today)
    yield from starts_to_come(placements, today, shown)
    if later:
        yield later
    yield from (step for _, step in rooms)


def weeks_asked_for(student, placements, timesheets, absent: dict, today: date) -> Iterator[Step]:
    """Weeks that came back, weeks that are missing while hours are wanted, and this week once its last day has come.

    Each names its employer where more than one has, or had, the student.
    """
    several = sum(placement.status != Placement.Status.PLANNED for placement in placements) > 1

    def there(placement):
        return f" at {placement.where}" if several else ""

    came_back = {(week.placement_id, week.monday) for week in timesheets if week.status == Timesheet.Status.SENT_BACK}
    for week in sorted(timesheets, key=lambda week: week.monday):
        if week.status == Timesheet.Status.SENT_BACK:
            says = f"Look again at your week of {short_date(week.monday)}{there(week.placement)}"
            yield Step(says, week.get_absolute_url(), "attention", week.sentence())
    if placements and student.hours.is_done:
        return
    this_monday = monday_of(today)
    for placement in placements:
        done = {week.monday for week in timesheets if week.placement_id == placement.pk and not week.is_open}
        for monday in awaited_mondays(placement, done, set(absent.get(placement.pk, ()))):
            url = reverse("week_open", args=[placement.pk, monday])
            last_day = placement.last_day_of_work(monday)
            if (placement.pk, monday) in came_back:
                continue
            if monday < this_monday:
                says = f"Hand in your week of {short_date(monday)}{there(placement)}"
                yield Step(says, url, "problem", "Its hours cannot count until then.")
            elif monday == this_monday and today >= last_day:
                is_last = today == last_day
                how = (
                    "It is your last day at work this week." if is_last else "Your last day at work this week is over."
                )
                yield Step(f"Hand in this week{there(placement)}", url, "waiting", how)


def starts_to_come(placements, today: date, shown) -> Iterator[Step]:
    """First days that are still to come."""
    for placement in placements:
        if placement.status == Placement.Status.PLANNED and placement.first_on >= today and placement != shown:
            begins = "Work taster" if placement.is_taster else "You start"
            says = f"{begins} at {placement.employer} on {short_date(placement.first_on)}"
            yield Step(says, reverse("placement_detail", args=[placement.pk]), "calm", placement.role)
