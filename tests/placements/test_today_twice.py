"""The student's home when something else comes between: a second click, another tab, a day that is over."""

from datetime import date, time

import pytest

from placements.timesheets.models import Spell, Timesheet
from placements.today.entry import entry_of
from placements.today.spells import add_spell
from placements.today.way import way_of
from tests.conftest import signed_in
from tests.factories import SpellFactory, TimesheetFactory
from tests.pages import said
from tests.placements.test_student_home import HOME, usual
from tests.placements.test_today_kept import log

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 9)
LOGGED = "Today is written down: 09:00 to 17:00, 7 h."


@pytest.fixture(autouse=True)
def _on_wednesday(time_machine):
    time_machine.move_to("2026-03-11 17:30")


@pytest.fixture(params=["no week yet", "a week"])
def begun(request, cast):
    if request.param == "a week":
        TimesheetFactory(placement=cast.placement, monday=MONDAY)


@pytest.fixture
def between(monkeypatch):
    """Let something happen after a page has read the week, and before it writes into it."""

    def between(happens):
        def slower(week, spell):
            monkeypatch.undo()
            happens()
            return add_spell(week, spell)

        monkeypatch.setattr("placements.today.views.add_spell", slower)

    return between


@pytest.mark.usefixtures("begun")
def test_a_second_click_finds_what_the_first_stored(cast, between):
    between(lambda: log(cast))
    assert said(signed_in(cast.student).post(HOME, usual())) == [LOGGED]
    assert (Spell.objects.count(), Timesheet.objects.get().minutes) == (1, 420)


def test_another_time_of_the_day_that_came_between_stays(cast, between):
    evening = {"starts": "18:00", "finishes": "19:00", "break_minutes": "0", "activity": "Closed the shop"}
    between(lambda: log(cast, **evening))
    assert said(signed_in(cast.student).post(HOME, usual())) == [LOGGED]
    assert (Spell.objects.count(), Timesheet.objects.get().minutes) == (2, 480)


def test_a_time_that_overlaps_with_what_came_between_is_told_next_to_its_field_and_keeps_its_words(cast, between):
    between(lambda: log(cast, starts="08:00", activity="Swept"))
    response = signed_in(cast.student).post(HOME, usual())
    assert response.status_code == 422
    assert "This overlaps with the time from 08:00 to 17:00 that is written down already." in response.text
    assert "Fixed the map" in response.text
    spell = Spell.objects.get()
    way = f'href="/placements/{cast.placement.pk}/weeks/2026-03-09/#day-2">Change it'
    assert way in response.text, "most want to change the line that is there"
    assert spell.activity == "Swept"


@pytest.mark.parametrize("line", ["Fixed the map", ""])
def test_a_second_click_a_moment_later_says_the_same_as_the_first_and_stores_nothing(cast, line):
    log(cast, activity=line, without="yes")
    assert said(signed_in(cast.student).post(HOME, usual(activity=line, without="yes"))) == [LOGGED]
    assert Spell.objects.count() == 1


# --- a page that was opened yesterday ---

YESTERDAY = usual(on="2026-03-10")
WHICH_DAY = "This page was opened on Tuesday 10 March, and today is Wednesday 11 March. Which day is it about?"


def test_a_page_of_yesterday_asks_which_day_it_is_about_and_keeps_its_words(cast):
    response = signed_in(cast.student).post(HOME, YESTERDAY)
    assert response.status_code == 422
    assert response.text.count(WHICH_DAY) == 2  # in the summary, and next to the field
    assert "Fixed the map" in response.text
    assert (
        '<button class="btn btn-primary btn-lg" name="late" value="yes">Log Tuesday 10 March</button>' in response.text
    )
    assert 'name="on" value="2026-03-11">Log today, Wednesday 11 March</button>' in response.text
    assert not Spell.objects.exists()


def test_it_is_stored_for_yesterday_where_that_is_meant(cast):
    response = signed_in(cast.student).post(HOME, YESTERDAY | {"late": "yes"})
    spell = Spell.objects.get()
    assert (spell.day, spell.activity) == (date(2026, 3, 10), "Fixed the map")
    assert response.url == f"/weeks/{spell.timesheet_id}/#day-1"
    assert said(response) == ["Tuesday 10 March is written down: 09:00 to 17:00, 7 h."]


def test_it_is_stored_for_today_where_that_is_meant(cast):
    signed_in(cast.student).post(HOME, usual(on=["2026-03-10", "2026-03-11"]))  # the hidden field, then the button
    assert Spell.objects.get().day == date(2026, 3, 11)


def test_the_day_that_was_chosen_stays_chosen_when_the_line_is_asked_for(cast):
    client = signed_in(cast.student)
    page = client.post(HOME, YESTERDAY | {"late": "yes", "activity": ""}).text
    assert "Write a line about what you did." in page
    assert '<input type="hidden" name="late" value="yes"' in page
    assert WHICH_DAY not in page


def test_a_page_of_last_week_goes_to_its_own_week_or_says_why_not(cast):
    log(cast, on="2026-03-06", late="yes")
    week = Timesheet.objects.get()
    assert (week.monday, week.minutes) == (date(2026, 3, 2), 420)
    week.hand_in(by=cast.student)
    response = signed_in(cast.student).post(HOME, usual(on="2026-03-06", late="yes"))
    assert response.status_code == 409
    says = "Not logged: the week of 2 March is no longer open. Sent to Manager Reed on 11 March, not answered yet."
    assert says in response.text
    assert '<input type="hidden" name="on" value="2026-03-11"' in response.text  # today can be logged all the same


def test_a_day_that_no_page_carries_is_taken_for_today(cast):
    today = date(2026, 3, 11)
    way = way_of(cast.student, cast.provider, today)
    for on in ("", "x", "2026-02-31", "2026-03-12", "9" * 40):
        assert entry_of(way, usual(on=on)).day == today, on


def test_a_second_time_of_the_day_takes_no_break_off(cast):
    week = TimesheetFactory(placement=cast.placement, monday=MONDAY, minutes=180)
    SpellFactory(timesheet=week, day=date(2026, 3, 11), finishes=time(12), break_minutes=0, minutes=180)
    client = signed_in(cast.student)
    page = client.get(HOME).text
    assert "Add another time today" in page
    assert 'name="break_minutes" value=' not in page
    client.post(HOME, usual(starts="13:00", finishes="15:00", break_minutes="", activity="Sorted"))
    assert Timesheet.objects.get().minutes == 300


def test_the_break_of_the_whole_day_taken_off_a_morning_is_told_at_once(cast):
    response = signed_in(cast.student).post(HOME, usual(finishes="12:00"))
    assert said(response) == [
        "Today is written down: 09:00 to 12:00, 2 h.",
        "09:00 to 12:00 has the break of the whole day, 1 h, taken off. If the break was later, or there was none, it "
        "is 0 here.",
    ]
