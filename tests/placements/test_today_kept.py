"""Logging today while the week holds words that are not saved yet: only what is wrong is in the way."""

from datetime import date

import pytest

from placements.timesheets import filling
from placements.timesheets.editing import form_of
from placements.timesheets.models import Spell, Timesheet
from placements.today.entry import entry_of
from placements.today.spells import add_spell
from placements.today.way import way_of
from tests.conftest import signed_in
from tests.factories import SpellFactory, TimesheetFactory
from tests.pages import said
from tests.placements.test_student_home import HOME, home, usual

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 9)
NOT_SAVED = "What you filled in or typed last in your week is not saved yet."


@pytest.fixture(autouse=True)
def _on_wednesday(time_machine):
    time_machine.move_to("2026-03-11 17:30")


@pytest.fixture
def client(cast):
    return signed_in(cast.student)


@pytest.fixture
def filled(cast):
    """Monday to Wednesday with their usual times, filled in and not saved yet."""
    week = TimesheetFactory(placement=cast.placement, monday=MONDAY)
    week.typed, _ = filling.filled(week, form_of(week, {}), "usual")
    week.save()
    return week


def days_in(week):
    """What the week's form shows: for each day its starts, finishes and lines."""
    week.refresh_from_db()
    form = form_of(week)
    assert form.is_valid()
    spells = [[spell for row in day.spell_forms if (spell := row.as_spell())] for day in form.days[:5]]
    return [[f"{one.starts:%H:%M} to {one.finishes:%H:%M} {one.activity}".strip() for one in day] for day in spells]


def test_a_week_that_was_filled_in_lets_today_be_logged_and_keeps_its_other_days(cast, client, filled):
    page = home(cast.student)
    assert "Your week is not right yet" not in page
    assert NOT_SAVED in page
    assert said(client.post(HOME, usual())) == ["Today is written down: 09:00 to 17:00, 7 h."]
    assert [(spell.day, spell.activity) for spell in Spell.objects.all()] == [(date(2026, 3, 11), "Fixed the map")]
    assert days_in(filled) == [["09:00 to 17:00"], ["09:00 to 17:00"], ["09:00 to 17:00 Fixed the map"], [], []]


def entered(cast, **words):
    """Today as its page has it when these words are sent."""
    return entry_of(way_of(cast.student, cast.provider, date(2026, 3, 11)), usual(**words))


def log(cast, **words) -> Spell:
    entry = entered(cast, **words)
    assert entry.form.is_valid()
    return add_spell(entry.week, entry.form.as_spell())


def test_another_time_goes_beside_what_was_filled_in(cast, filled):
    log(cast, starts="18:00", finishes="19:00", break_minutes="0", activity="Closed the shop")
    assert days_in(filled)[2] == ["09:00 to 17:00", "18:00 to 19:00 Closed the shop"]


def test_today_without_words_yet_gets_its_row(cast, filled):
    Timesheet.objects.update(typed={"d0-rows": "1", "d0-0-starts": "09:00", "d0-0-finishes": "17:00"})
    log(cast)
    assert days_in(filled)[:3] == [["09:00 to 17:00"], [], ["09:00 to 17:00 Fixed the map"]]


def test_what_was_typed_for_today_with_a_line_is_not_written_over(cast, filled):
    Timesheet.objects.update(typed=filled.typed | {"d2-0-activity": "Swept the yard"})
    says = "This overlaps with the time from 09:00 to 17:00 that is written down already."
    assert entered(cast, starts="08:00").form.errors == {"starts": [says]}


def test_what_is_taken_out_leaves_the_kept_words_too(cast, client, filled):
    path = f"/home/entries/{log(cast).pk}/take-out/"
    assert said(client.post(path)) == ["09:00 to 17:00 is taken out again."]
    assert days_in(filled) == [["09:00 to 17:00"], ["09:00 to 17:00"], [], [], []]
    assert not Spell.objects.exists()


def test_what_is_really_wrong_is_mended_first_and_a_page_that_was_open_keeps_its_words(cast, client, filled):
    Timesheet.objects.update(typed={"d0-0-starts": "nine"})
    assert "Something you typed could not be stored. It is kept: mend it, then go on." in home(cast.student)
    response = client.post(HOME, usual())
    assert response.status_code == 409
    assert "Not logged: something else in your week is not right yet. Mend it first." in response.text
    assert "Fixed the map" in response.text
    assert not Spell.objects.exists()


def test_a_page_that_was_open_while_the_week_was_handed_in_is_told_so(cast, client):
    week = SpellFactory(timesheet=TimesheetFactory(placement=cast.placement, monday=MONDAY)).timesheet
    week.hand_in(by=cast.student)
    response = client.post(HOME, usual())
    assert response.status_code == 409
    says = "Not logged: this week is no longer open. Sent to Manager Reed on 11 March, not answered yet."
    assert says in response.text
    assert "Fixed the map" in response.text


def test_a_page_that_was_open_while_the_placement_ended_is_told_so(cast, client):
    placements = type(cast.placement).objects.filter(pk=cast.placement.pk)
    placements.update(last_on=date(2026, 3, 10))
    assert entered(cast).why_not == "11 March is outside your placement."
    placements.update(status="ended")
    response = client.post(HOME, usual())
    assert response.status_code == 409
    assert "Not logged: no placement of yours is running." in response.text
    assert "Fixed the map" in response.text
