"""What the page of a week points out: the day that was asked about, the button of the day, what was typed too late."""

from datetime import date

import pytest
from django.urls import reverse

from placements.timesheets.models import Spell, Timesheet
from tests.conftest import signed_in
from tests.factories import SpellFactory, TimesheetFactory
from tests.pages import text_of
from tests.placements.test_week_page import MONDAY, sent, week_url

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2026, 3, 4)
SAVE = '<button class="btn btn-{}" name="do" value="save">Save draft</button>'
HAND_IN = (
    '<button class="btn btn-{}" name="do" value="hand_in" data-not-done="The week is not handed in.">Hand in</button>'
)


@pytest.fixture(autouse=True)
def _on_friday(time_machine):
    time_machine.move_to("2026-03-06 18:00")


@pytest.fixture
def asked(cast) -> Timesheet:
    """A week with hours on Monday and Wednesday that the manager sent back with a question about Wednesday."""
    week = TimesheetFactory(placement=cast.placement, monday=MONDAY, minutes=840)
    for day in (MONDAY, WEDNESDAY):
        SpellFactory(timesheet=week, day=day)
    week.hand_in(by=cast.student)
    week.send_back(by=cast.manager, reason="Check the finish?", day=WEDNESDAY)
    return week


def page_of(user, week):
    return text_of(signed_in(user).get(reverse("week_edit", args=[week.pk])))


def test_a_week_that_came_back_marks_and_unfolds_the_day_and_is_handed_in_first_of_all(cast, asked, time_machine):
    time_machine.move_to("2026-03-05 09:00")
    page = page_of(cast.student, asked)
    assert 'About <a href="#day-2">Wednesday 4 March</a>:</strong> Check the finish?' in page
    assert page.count("data-day open>") == 1
    assert '<details class="day day-asked" id="day-2" data-day open>' in page
    assert page.count("Manager asked about this") == 1
    assert HAND_IN.format("primary") in page


def test_a_week_that_was_taken_back_after_an_answer_marks_no_day(cast, asked):
    asked.hand_in(by=cast.student)
    asked.recall(by=cast.student)
    assert "asked about this" not in page_of(cast.student, asked)


@pytest.mark.parametrize(
    ("now", "save", "hand_in"),
    [
        ("2026-03-05 18:00", "primary", "secondary"),
        ("2026-03-06 09:00", "secondary", "primary"),  # the last agreed day
    ],
)
def test_saving_comes_first_until_the_last_agreed_day(cast, time_machine, now, save, hand_in):
    time_machine.move_to(now)
    page = signed_in(cast.student).get(week_url(cast)).text
    assert SAVE.format(save) in page
    assert HAND_IN.format(hand_in) in page


def test_what_was_typed_too_late_is_a_line_a_day_without_what_nobody_typed(cast):
    week = TimesheetFactory(placement=cast.placement, monday=MONDAY, minutes=420)
    SpellFactory(timesheet=week)
    week.hand_in(by=cast.student)
    late = sent(
        monday_rows="2", monday_0_starts="09:00", monday_0_finishes="17:00", monday_0_break_minutes="60",
        monday_0_approach="in_person", monday_0_activity="Wrote tests", monday_1_starts="nine",
        monday_1_approach="remote", tuesday_0_break_minutes="60", tuesday_0_approach="in_person",
        wednesday_absence="sick", wednesday_note="Flu",
    ) | {"message": "Is Monday right?"}  # fmt: skip
    response = signed_in(cast.student).post(reverse("week_edit", args=[week.pk]), late)
    assert response.status_code == 409
    lines = [
        "Monday 2 March: 09:00 to 17:00, break 60 min, Wrote tests; nine to ?, Remote",
        "Wednesday 4 March: Sick, Flu",
        "Message to your manager: Is Monday right?",
    ]
    page = text_of(response)
    assert f"<ul><li>{'</li><li>'.join(lines)}</li></ul>" in page
    assert f'data-copy="{"&#10;".join(lines)}"' in response.text
    assert Spell.objects.get().activity == "Wrote tests for the booking page"


def test_the_note_on_a_draft_says_when_the_tutor_sees_it(cast):
    week = TimesheetFactory(placement=cast.placement, monday=MONDAY)
    SpellFactory(timesheet=week, break_minutes=0)
    page = page_of(cast.student, week)
    assert "Monday 2 March: 8 h without a break. From 18 on a break of 20 min is due after 6 h." in page
    assert "Your tutor will see this note when you do. Talk to Tutor Reed" in page
