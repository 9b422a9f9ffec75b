"""A week with a bank holiday: nothing is agreed for that day, wherever the week is read."""

from datetime import date, time

import pytest
from django.urls import reverse

from placements.approvals.screen import one_laid_out
from placements.bank_holidays import name_of
from placements.timesheets.models import Absence, Timesheet
from placements.timesheets.week import problems_of
from tests.conftest import signed_in
from tests.factories import SpellFactory, TimesheetFactory
from tests.pages import text_of

pytestmark = pytest.mark.django_db
EASTER_MONDAY = date(2026, 4, 6)


@pytest.fixture(autouse=True)
def _on_friday(time_machine):
    time_machine.move_to("2026-04-10 18:00")


@pytest.fixture
def easter(cast) -> Timesheet:
    """Tuesday to Friday as agreed, seven hours each."""
    week = TimesheetFactory(placement=cast.placement, monday=EASTER_MONDAY, minutes=28 * 60)
    for number in range(7, 11):
        SpellFactory(timesheet=week, day=date(2026, 4, number))
    return week


def test_what_is_agreed_for_a_week_leaves_bank_holidays_and_days_outside_the_placement_out(cast, easter):
    assert easter.planned_minutes == 28 * 60
    cast.placement.last_on = date(2026, 4, 8)
    assert Timesheet(placement=cast.placement, monday=EASTER_MONDAY).planned_minutes == 14 * 60
    assert Timesheet(placement=cast.placement, monday=date(2026, 4, 13)).planned_minutes == 0


def test_the_last_day_of_work_of_a_week_is_no_bank_holiday(cast):
    assert cast.placement.last_day_of_work(date(2026, 3, 30)) == date(2026, 4, 2)  # Good Friday is the next day
    assert cast.placement.last_day_of_work(EASTER_MONDAY) == date(2026, 4, 10)
    assert cast.placement.last_day_of_work(date(2026, 8, 3)) == date(2026, 8, 9)  # after the placement: its Sunday


def test_the_student_reads_what_is_agreed_without_the_bank_holiday(cast, easter):
    client, url = signed_in(cast.student), reverse("week_edit", args=[easter.pk])
    assert '28 h</strong> this week, agreed are <span class="hours">28 h</span>' in text_of(client.get(url))
    easter.hand_in(by=cast.student)
    page = text_of(client.get(url))
    assert "28 h written down, 28 h agreed" in page
    assert '<td data-label="Agreed">bank holiday, Easter Monday</td>' in page


def test_a_week_with_a_bank_holiday_is_as_agreed_to_the_manager(cast, easter):
    easter.hand_in(by=cast.student)
    week = one_laid_out(easter)
    assert (week.balance, week.differences) == ("", 0)
    page = text_of(signed_in(cast.manager).get("/approvals/"))
    assert "As agreed" in page
    assert "<td><small>bank holiday</small></td>" in page


def test_work_on_a_bank_holiday_is_more_than_agreed_and_its_day_is_marked(cast, easter):
    SpellFactory(timesheet=easter, day=EASTER_MONDAY)
    easter.minutes += 420
    easter.hand_in(by=cast.student)
    week = one_laid_out(easter)
    assert (week.balance, week.days[0].difference) == ("7 h more than agreed", "worked on a bank holiday")


def test_away_on_a_bank_holiday_and_yet_at_work_is_said_to_all_alike(cast, easter):
    SpellFactory(timesheet=easter, day=EASTER_MONDAY, finishes=time(12), break_minutes=0)
    Absence.objects.create(placement=cast.placement, day=EASTER_MONDAY, kind="bank")
    easter = Timesheet.objects.get()
    assert [problem.code for problem in problems_of(easter)] == ["away"]
    assert one_laid_out(easter).days[0].difference == "away, yet 3 h claimed"


def test_substitute_days_are_called_as_the_government_calls_them():
    assert name_of(date(2026, 12, 28)) == "Boxing Day (substitute day)"
