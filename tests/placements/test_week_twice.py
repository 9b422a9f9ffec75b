"""A week page that is sent twice: by a second click, after the session had ended, from a tab that is behind."""

from datetime import date

import pytest
from django.urls import reverse

from placements.timesheets.models import Spell, Timesheet
from tests.conftest import signed_in
from tests.factories import SpellFactory, TimesheetFactory
from tests.placements.test_week_page import MONDAY, full_monday, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_friday(time_machine):
    time_machine.move_to("2026-03-06 18:00")


def week_url(cast):
    return reverse("week_open", args=[cast.placement.pk, MONDAY])


@pytest.mark.parametrize("do", ["usual", "last_week", "row-0"])
def test_a_second_click_on_filling_in_fills_in_once_and_complains_of_nothing(cast, do):
    before = TimesheetFactory(placement=cast.placement, monday=date(2026, 2, 23))
    SpellFactory(timesheet=before, activity="Sorted tickets")
    client = signed_in(cast.student)
    client.post(week_url(cast), sent(do=do))
    typed = Timesheet.objects.get(monday=MONDAY).typed
    response = client.post(week_url(cast), sent(do=do))
    week = Timesheet.objects.get(monday=MONDAY)
    assert (response.status_code, response.url) == (302, reverse("week_edit", args=[week.pk]))
    assert (week.typed, week.version) == (typed, 1)


def test_a_second_click_with_a_mistake_in_it_says_the_mistake_again(cast):
    client = signed_in(cast.student)
    for _ in range(2):
        response = client.post(week_url(cast), sent(monday_0_starts="17:00", monday_0_finishes="09:00"))
        assert response.status_code == 422
        assert "The finish must be later than the start." in response.text
    assert Timesheet.objects.get().version == 1


def test_a_second_click_on_the_first_save_of_a_week_stores_it_once(cast):
    client = signed_in(cast.student)
    for _ in range(2):
        assert client.post(week_url(cast), full_monday()).status_code == 302
    assert (Spell.objects.count(), Timesheet.objects.get().minutes) == (1, 420)
