"""The student's home when something else comes between: a second click, another tab, a day that is over."""

from datetime import date

import pytest

from placements.timesheets.models import Spell, Timesheet
from placements.today.spells import add_spell
from tests.conftest import signed_in
from tests.factories import TimesheetFactory
from tests.placements.test_student_home import HOME, usual

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 9)


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
    client = signed_in(cast.student)
    between(lambda: signed_in(cast.student).post(HOME, usual()))
    page = client.post(HOME, usual(), follow=True).text
    assert "Today is written down: 09:00 to 17:00, 7 h." in page
    assert "Somebody was quicker" not in page
    assert (Spell.objects.count(), Timesheet.objects.get().minutes) == (1, 420)


@pytest.mark.usefixtures("begun")
def test_another_time_of_the_day_that_came_between_stays(cast, between):
    evening = usual(starts="18:00", finishes="19:00", break_minutes="0", activity="Closed the shop")
    between(lambda: signed_in(cast.student).post(HOME, evening))
    page = signed_in(cast.student).post(HOME, usual(), follow=True).text
    assert "Today is written down: 09:00 to 17:00, 7 h." in page
    assert (Spell.objects.count(), Timesheet.objects.get().minutes) == (2, 480)


@pytest.mark.usefixtures("begun")
def test_a_time_that_overlaps_with_what_came_between_is_told_next_to_its_field_and_keeps_its_words(cast, between):
    between(lambda: signed_in(cast.student).post(HOME, usual(starts="08:00", activity="Swept")))
    response = signed_in(cast.student).post(HOME, usual())
    assert response.status_code == 422
    assert "This overlaps with the time from 08:00 to 17:00 that is written down already." in response.text
    assert "Fixed the map" in response.text
    assert Spell.objects.count() == 1


@pytest.mark.parametrize("line", ["Fixed the map", ""])
def test_a_second_click_a_moment_later_says_the_same_as_the_first(cast, line):
    client = signed_in(cast.student)
    for _ in range(2):
        page = client.post(HOME, usual(activity=line, without="yes"), follow=True).text
        assert "Today is written down: 09:00 to 17:00, 7 h." in page
