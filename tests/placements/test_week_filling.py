"""Filling in a week: what it fills, what it leaves, and what it says of it."""

from datetime import date, time

import pytest
from django.urls import reverse

from placements.timesheets.editing import form_of
from placements.timesheets.filling import filled
from placements.timesheets.models import Timesheet
from tests.conftest import signed_in
from tests.factories import SpellFactory, TimesheetFactory
from tests.pages import said
from tests.placements.test_week_page import MONDAY, sent

pytestmark = pytest.mark.django_db
SAVE_IT = "Nothing of it is saved yet: look it over, then save the draft or hand the week in."


@pytest.fixture(autouse=True)
def _on_friday(time_machine):
    time_machine.move_to("2026-03-06 18:00")


@pytest.fixture
def last_week(cast):
    week = TimesheetFactory(placement=cast.placement, monday=date(2026, 2, 23))
    for starts, finishes, line in ((9, 12, "Sorted tickets"), (13, 17, "Mended a printer")):
        times = {"starts": time(starts), "finishes": time(finishes), "break_minutes": 0}
        SpellFactory(timesheet=week, activity=line, **times)


def fill(cast, **fields) -> list[str]:
    """What is said after pressing a button that fills in."""
    return said(signed_in(cast.student).post(reverse("week_open", args=[cast.placement.pk, MONDAY]), sent(**fields)))


def after(cast, do, **fields) -> tuple[list[str], str]:
    """The times and lines of Monday after such a button, without the page; and what is said of it."""
    week = Timesheet(placement=cast.placement, monday=MONDAY)
    typed, says = filled(week, form_of(week, sent(**fields)), do)
    lines = [f"{typed[f'd0-{row}-starts']} {line}" for row in range(2) if (line := typed.get(f"d0-{row}-activity"))]
    return lines, says


def test_it_says_which_days_it_filled_in_and_that_they_are_to_be_saved(cast):
    says = fill(cast, do="usual", tuesday_absence="sick", wednesday_0_starts="10:00", wednesday_0_finishes="11:00")
    assert says == [f"Filled in: Monday, Thursday and Friday. {SAVE_IT}"]
    week = Timesheet.objects.get()
    assert not week.spells.exists()
    assert [week.typed.get(f"d{day}-0-starts") for day in range(6)] == ["09:00", None, "10:00", "09:00", "09:00", None]
    page = signed_in(cast.student).get(reverse("week_edit", args=[week.pk])).text
    assert page.count('value="09:00"') == 3
    assert "Nothing written yet" not in page
    assert "Not saved yet." in page


def test_copying_last_week_says_so_too(cast, last_week):
    assert fill(cast, do="last_week") == [f"Filled in: Monday. {SAVE_IT}"]
    typed = Timesheet.objects.get(monday=MONDAY).typed
    assert [typed[f"d0-{row}-activity"] for row in (0, 1)] == ["Sorted tickets", "Mended a printer"]


@pytest.mark.parametrize(
    ("do", "says"),
    [
        (
            "usual",
            "There was nothing to fill in: every day that has come, and has times agreed, holds something already.",
        ),
        ("last_week", "There was nothing to copy: no hours are written down in the week before."),
    ],
)
def test_where_nothing_is_to_be_filled_in_it_says_why(cast, do, says):
    days = ("monday", "tuesday", "wednesday", "thursday", "friday")
    assert after(cast, do, **{f"{day}_absence": "sick" for day in days}) == ([], says)


def test_where_all_days_hold_something_copying_says_so(cast, last_week):
    says = "There was nothing to copy: every day that has come, and was worked last week, holds something already."
    assert after(cast, "last_week", monday_absence="sick") == ([], says)


@pytest.mark.parametrize(
    ("do", "days", "says"),
    [
        ("usual", [3, 4], "Nothing to fill in yet: Thursday and Friday are still to come."),
        ("usual", [4], "Nothing to fill in yet: Friday is still to come."),
        ("usual", [], "There was nothing to fill in: no times are agreed for this week."),
        ("last_week", [0], "Nothing to copy yet: Friday is still to come."),
    ],
)
def test_where_all_days_are_still_to_come_it_says_so(cast, do, days, says, time_machine):
    cast.placement.pattern_days.exclude(weekday__in=days).delete()
    before = TimesheetFactory(placement=cast.placement, monday=date(2026, 2, 23))
    SpellFactory(timesheet=before, day=date(2026, 2, 27))
    time_machine.move_to("2026-03-04 09:00")
    assert after(cast, do) == ([], says)


def test_a_day_with_only_lines_gets_its_times_and_keeps_them_together(cast):
    assert after(cast, "usual", monday_0_activity="Wrote tests")[0] == ["09:00 Wrote tests"]
    two = {"monday_rows": "2", "monday_0_activity": "Wrote tests", "monday_1_activity": "Swept"}
    assert after(cast, "usual", **two)[0] == ["09:00 Wrote tests\nSwept"]


def test_own_lines_stay_before_those_of_last_week(cast, last_week):
    lines, _ = after(cast, "last_week", monday_0_activity="Wrote tests")
    assert lines == ["09:00 Wrote tests", "13:00 Mended a printer"]


def test_a_time_is_taken_out_of_a_day_and_the_others_stay(cast, subtests):
    first = {"monday_0_starts": "09:00", "monday_0_finishes": "12:00", "monday_0_activity": "Sorted"}
    second = {"monday_1_starts": "13:00", "monday_1_activity": "Told"}
    both = ["09:00 Sorted", "13:00 Told"]
    left = {"out-0-0": both[1:], "out-0-1": both[:1], "out-0-7": both, "out-9-0": both, "out-x-y": both}
    for do, lines in left.items():
        with subtests.test(do):
            assert after(cast, do, monday_rows="2", **first, **second) == (lines, "")


def test_the_only_time_of_a_day_leaves_an_empty_row(cast):
    fill(cast, do="out-0-0", monday_0_starts="09:00", monday_0_finishes="12:00", monday_0_activity="Sorted")
    [row] = form_of(Timesheet.objects.get()).days[0].spell_forms
    assert row.is_blank()


def test_in_a_week_to_come_there_is_no_button_that_can_do_nothing(cast):
    url = reverse("week_open", args=[cast.placement.pk, date(2026, 3, 9)])
    page = signed_in(cast.student).get(url).text
    assert "Fill in my usual times" not in page
    assert "Copy last week" not in page
    assert "Hours can be written down from the day itself on; days away at any time." in page
