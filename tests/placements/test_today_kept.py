"""Logging today while the week holds words that are not saved yet: only what is wrong is in the way."""

from datetime import date

import pytest
from django.urls import reverse

from placements.timesheets.models import Spell, Timesheet
from tests.conftest import signed_in
from tests.factories import SpellFactory, TimesheetFactory
from tests.placements.test_student_home import HOME, home, usual
from tests.placements.test_week_page import sent

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
def filled(cast, client):
    """Monday to Wednesday with their usual times, filled in and not saved yet."""
    client.post(reverse("week_open", args=[cast.placement.pk, MONDAY]), sent(do="usual"))
    return Timesheet.objects.get()


def days_on(client, week):
    """What the week's page shows: for each day its starts, finishes and lines."""
    form = client.get(reverse("week_edit", args=[week.pk])).context["form"]
    assert form.is_valid()
    return [
        [f"{spell.starts:%H:%M} to {spell.finishes:%H:%M} {spell.activity}".strip() for spell in found]
        for day in form.days[:5]
        if (found := [spell for row in day.spell_forms if (spell := row.as_spell())]) is not None
    ]


def test_a_week_that_was_filled_in_lets_today_be_logged_and_keeps_its_other_days(cast, client, filled):
    page = home(cast.student)
    assert "Your week is not right yet" not in page
    assert NOT_SAVED in page
    answer = client.post(HOME, usual(), follow=True).text
    assert "Today is written down: 09:00 to 17:00, 7 h." in answer
    assert [(spell.day, spell.activity) for spell in Spell.objects.all()] == [(date(2026, 3, 11), "Fixed the map")]
    usually = ["09:00 to 17:00"]
    assert days_on(client, filled) == [usually, usually, ["09:00 to 17:00 Fixed the map"], [], []]


def test_another_time_goes_beside_what_was_filled_in(client, filled):
    client.post(HOME, usual(starts="18:00", finishes="19:00", break_minutes="0", activity="Closed the shop"))
    assert days_on(client, filled)[2] == ["09:00 to 17:00", "18:00 to 19:00 Closed the shop"]


def test_today_without_words_yet_gets_its_row(client, filled):
    filled.typed = {"d0-rows": "1", "d0-0-starts": "09:00", "d0-0-finishes": "17:00"}
    filled.save()
    client.post(HOME, usual())
    assert days_on(client, filled)[:3] == [["09:00 to 17:00"], [], ["09:00 to 17:00 Fixed the map"]]


def test_what_was_typed_for_today_with_a_line_is_not_written_over(client, filled):
    filled.typed |= {"d2-0-activity": "Swept the yard"}
    filled.save()
    response = client.post(HOME, usual(starts="08:00"))
    assert response.status_code == 422
    assert "This overlaps with the time from 09:00 to 17:00 that is written down already." in response.text
    assert not Spell.objects.exists()


def test_what_is_taken_out_leaves_the_kept_words_too(client, filled):
    client.post(HOME, usual())
    path = f"/home/entries/{Spell.objects.get().pk}/take-out/"
    assert "09:00 to 17:00 is taken out again." in client.post(path, follow=True).text
    assert days_on(client, filled) == [["09:00 to 17:00"], ["09:00 to 17:00"], [], [], []]
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
    week = TimesheetFactory(placement=cast.placement, monday=MONDAY)
    SpellFactory(timesheet=week)
    week.hand_in(by=cast.student)
    response = client.post(HOME, usual())
    assert response.status_code == 409
    assert (
        "Not logged: this week is no longer open. Sent to Manager Reed on 11 March, not answered yet." in response.text
    )
    assert "Fixed the map" in response.text


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"status": "ended"}, "Not logged: no placement of yours is running."),
        ({"last_on": date(2026, 3, 10)}, "Not logged: 11 March is outside your placement."),
    ],
)
def test_a_page_that_was_open_while_the_placement_ended_is_told_so(cast, client, changes, says):
    type(cast.placement).objects.filter(pk=cast.placement.pk).update(**changes)
    response = client.post(HOME, usual())
    assert response.status_code == 409
    assert says in response.text
    assert "Fixed the map" in response.text
