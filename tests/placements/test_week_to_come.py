"""Weeks and days that have not come yet: when a week can be handed in, and what its page says of empty days."""

from datetime import date

import pytest

from placements.timesheets.editing import form_of
from placements.timesheets.forms import HandInForm, PaperForm
from placements.timesheets.models import Timesheet
from portal.workflow import Refused
from tests.conftest import signed_in
from tests.factories import SpellFactory, TimesheetFactory

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)
NOT_BEGUN = "This week has not begun. It can be handed in from Monday 9 March on."
STILL = "Thursday and Friday are still to come and would be handed in empty."
WORK = {"d0-0-starts": "09:00", "d0-0-finishes": "17:00", "d0-0-break_minutes": "60"}


@pytest.fixture(autouse=True)
def _on_wednesday(time_machine):
    time_machine.move_to("2026-03-04 17:30")


def url(cast, monday=MONDAY) -> str:
    return f"/placements/{cast.placement.pk}/weeks/{monday}/"


def hand_in(cast, monday=MONDAY, **data):
    return signed_in(cast.student).post(url(cast, monday), {"seen": "0", "do": "hand_in", "declared": "on"} | data)


def test_a_week_to_come_is_not_handed_in_for_a_holiday(cast):
    response = hand_in(cast, date(2026, 3, 9), **{"d0-absence": "holiday"})
    page = signed_in(cast.student).get(response.url).content.decode()
    week = Timesheet.objects.get()
    assert (response.status_code, week.status, week.absences().count()) == (302, "draft", 1)
    assert NOT_BEGUN in page
    assert 'value="hand_in"' not in page


def test_nor_by_the_verb_before_the_first_day_of_the_placement(cast, time_machine):
    cast.placement.first_on = date(2026, 3, 5)
    week = TimesheetFactory(placement=cast.placement, monday=MONDAY)
    SpellFactory(timesheet=week)
    with pytest.raises(Refused, match="It can be handed in from Thursday 5 March on"):
        week.hand_in(by=cast.student)
    time_machine.move_to("2026-03-05 08:00")
    week.hand_in(by=cast.student)
    assert week.status == "handed_in"


def test_days_still_to_come_are_named_where_the_week_is_declared(cast):
    page = signed_in(cast.student).get(url(cast)).content.decode()
    assert page.count(STILL) == 1
    assert '<input type="hidden" name="still_empty" value="2026-03-05 2026-03-06">' in page
    assert "Until it is answered you can take it back." in page


def test_once_they_were_named_the_week_can_be_handed_in_with_today_before_it_is_over(cast):
    today = {"d2-0-starts": "09:00", "d2-0-finishes": "18:00"}
    assert hand_in(cast, still_empty="2026-03-05 2026-03-06", **WORK, **today).status_code == 302
    assert Timesheet.objects.get().status == "handed_in"


def test_days_that_the_page_did_not_name_are_named_first(cast):
    response = hand_in(cast, still_empty="", **WORK)
    assert (response.status_code, Timesheet.objects.get().status) == (422, "draft")
    assert response.text.count(f"{STILL} Hand it in once more if that is right.") == 2


@pytest.mark.parametrize(
    ("named", "still", "says"),
    [
        ("2026-03-05", [date(2026, 3, 5), date(2026, 3, 6)], STILL),
        ("", [date(2026, 3, 6)], "Friday is still to come and would be handed in empty."),
    ],
)
def test_one_day_that_was_not_named_is_enough_and_only_the_empty_ones_are(named, still, says):
    form = HandInForm({"declared": "on", "still_empty": named}, still=still)
    assert form.errors == {"declared": [f"{says} Hand it in once more if that is right."]}


def still(cast, **data) -> list[date]:
    return form_of(Timesheet(placement=cast.placement, monday=MONDAY), WORK | data).still()


def test_days_of_which_something_is_told_are_not_named(cast):
    assert still(cast, **{"d3-absence": "college"}) == [date(2026, 3, 6)]
    assert still(cast, **{"d3-absence": "college", "d4-absence": "holiday"}) == []


def test_in_the_evening_of_the_last_day_nothing_is_to_come(cast, time_machine):
    assert still(cast) == [date(2026, 3, 5), date(2026, 3, 6)]
    time_machine.move_to("2026-03-06 17:30")
    assert still(cast) == []


ONCE_MORE = f"{STILL} Record it once more if that is right."


def recorded(cast, **data):
    """What answers to a paper week."""
    paper = f"/placements/{cast.placement.pk}/paper-weeks/2026-03-02/"
    return signed_in(cast.tutor).post(paper, {"seen": "0", "declared": "on"} | WORK | data)


def test_a_paper_week_asks_about_them_once(cast):
    page = signed_in(cast.tutor).get(f"/placements/{cast.placement.pk}/paper-weeks/2026-03-02/").text
    assert (STILL in page, 'name="still_empty"' in page) == (True, False)
    assert ("What they did" in page, "What I did" in page) == (True, False)
    asked = recorded(cast)
    assert (asked.status_code, asked.text.count(ONCE_MORE), Timesheet.objects.exists()) == (422, 2, False)
    assert '<input type="hidden" name="still_empty" value="2026-03-05 2026-03-06">' in asked.text
    assert recorded(cast, still_empty="2026-03-05 2026-03-06").status_code == 302


def test_a_paper_week_without_the_tick_does_not_ask_yet():
    [says] = PaperForm({"declared": ""}, still=[date(2026, 3, 5), date(2026, 3, 6)]).errors["declared"]
    assert STILL not in says


def test_once_answered_another_mistake_asks_no_more(cast):
    page = recorded(cast, still_empty="2026-03-05 2026-03-06", **{"d0-0-finishes": "08:00"})
    assert (page.status_code, ONCE_MORE in page.text) == (422, False)
    assert '<input type="hidden" name="still_empty" value="2026-03-05 2026-03-06">' in page.text
