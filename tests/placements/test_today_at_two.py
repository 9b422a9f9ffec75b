"""The home of a student who is with two employers in one week."""

from datetime import date, time

import pytest
from django.utils import timezone

from placements.timesheets.models import Spell
from placements.today.asked import weeks_asked_for
from placements.today.entry import entry_of
from placements.today.way import way_of
from portal.posted import whole_number
from tests.conftest import signed_in
from tests.factories import EmployerFactory, PlacementFactory, SpellFactory, TimesheetFactory
from tests.pages import said, text_of
from tests.placements.test_student_home import HOME, usual

pytestmark = pytest.mark.django_db
MONDAY, THURSDAY = date(2026, 3, 9), date(2026, 3, 12)


@pytest.fixture(autouse=True)
def _on_thursday(time_machine):
    time_machine.move_to("2026-03-12 17:30")


@pytest.fixture
def films(cast):
    """The second placement, on Thursday and Friday from 10:00 to 16:00; the first is from Monday to Wednesday."""
    employer = EmployerFactory(provider=cast.provider, name="Tidewater Films")
    there = PlacementFactory(student=cast.student_record, employer=employer, weekdays=[3, 4])
    there.pattern_days.update(starts=time(10), finishes=time(16), break_minutes=0)
    cast.placement.pattern_days.filter(weekday__gte=3).delete()
    return there


def asked_on(cast) -> list[str]:
    way = way_of(cast.student, cast.provider, timezone.localdate())
    return [step.says for step in weeks_asked_for(way.student, way.placements, way.weeks, way.absent, way.today)]


def test_the_home_is_at_the_employer_of_the_day_and_leads_to_the_other(cast, films, time_machine):
    client = signed_in(cast.student)
    thursday = text_of(client.get(HOME))
    assert "Today at Tidewater Films" in thursday
    assert 'name="starts" value="10:00"' in thursday
    assert f'<a href="/home/?at={films.pk}" aria-current="true">At Tidewater Films</a>' in thursday
    assert f'<a href="/home/?at={cast.placement.pk}">At Employer</a>' in thursday
    time_machine.move_to("2026-03-11 17:30")
    assert "Today at Employer" in text_of(client.get(HOME))
    assert client.get("/weeks/now/").url == f"/placements/{cast.placement.pk}/weeks/2026-03-09/"


def test_the_other_employer_can_be_chosen_and_gets_the_hours(cast, films):
    client = signed_in(cast.student)
    page = text_of(client.get(HOME, {"at": cast.placement.pk}))
    assert "A day off. If you worked all the same, log it here." in page
    assert f'<input type="hidden" name="at" value="{cast.placement.pk}">' in page
    response = client.post(HOME, usual(at=cast.placement.pk))
    assert response.url == f"/home/?at={cast.placement.pk}"
    spell = Spell.objects.get()
    assert spell.timesheet.placement == cast.placement
    assert said(client.post(f"/home/entries/{spell.pk}/take-out/"))[-1] == "09:00 to 17:00 is taken out again."


def test_hours_written_at_the_other_employer_are_named_where_they_are_overlapped(cast, films):
    SpellFactory(timesheet=TimesheetFactory(placement=cast.placement, monday=MONDAY), day=THURSDAY)
    way = way_of(cast.student, cast.provider, THURSDAY, films.pk)
    form = entry_of(way, usual(at=str(films.pk), starts="14:00")).form
    says = "This overlaps with the time from 09:00 to 17:00 that is written down already at Employer."
    assert form.errors == {"starts": [says]}


def test_hours_of_a_page_go_where_it_was_opened_also_on_the_next_day(cast, films):
    way = way_of(cast.student, cast.provider, THURSDAY, cast.placement.pk)
    entry = entry_of(way, usual(at=str(cast.placement.pk), on="2026-03-11", late="yes"))
    assert entry.form.is_valid()
    assert (entry.day, entry.week.placement) == (date(2026, 3, 11), cast.placement)


def test_hours_for_a_placement_that_is_over_go_to_no_other(cast, films):
    cast.placement.end(by=cast.tutor, reason="Closed")
    response = signed_in(cast.student).post(HOME, usual(at=cast.placement.pk))
    assert response.status_code == 409
    assert "Not logged: the placement for which this page was opened is over." in response.text
    assert "09:00, 17:00, Fixed the map" in response.text
    assert not Spell.objects.exists()


def test_nonsense_in_the_address_is_the_home_of_the_day(cast, films):
    for at in ("", "x", "999999999", "-1"):
        assert way_of(cast.student, cast.provider, THURSDAY, whole_number(at)).placement == films, at


def test_the_week_at_a_glance_holds_both(cast, films, django_assert_num_queries):
    SpellFactory(timesheet=TimesheetFactory(placement=cast.placement, monday=MONDAY, minutes=420), day=MONDAY)
    SpellFactory(
        timesheet=TimesheetFactory(placement=films, monday=MONDAY, minutes=360), day=THURSDAY, break_minutes=120
    )
    client = signed_in(cast.student)
    with django_assert_num_queries(9):  # one more than with one employer, for the spells of the other week
        page = text_of(client.get(HOME))
    for words in (
        '<span class="visually-hidden">7 h written down</span>',  # Monday, at the first
        '<span class="visually-hidden">6 h written down</span>',  # today, at the second
        '<span class="visually-hidden">nothing written yet, 7 h agreed</span>',
        '<span class="visually-hidden">6 h agreed, still to come</span>',
        "The days are those of all your employers together.",
        "Employer: <strong>7 h</strong> written down of 21 h agreed.",
        "Tidewater Films: <strong>6 h</strong> written down of 12 h agreed.",
        "Open my week at Tidewater Films",
        "My placement at Employer",
    ):
        assert words in page, words


def test_what_is_asked_names_the_employer(cast, films):
    assert asked_on(cast) == [
        "Hand in your week of 2 March at Employer",
        "Hand in this week at Employer",
        "Hand in your week of 2 March at Tidewater Films",
    ]


def test_with_one_employer_nothing_is_to_be_chosen(cast, time_machine):
    time_machine.move_to("2026-03-11 17:30")
    page = signed_in(cast.student).get(HOME).text
    assert 'class="card-title">Today</h2>' in page
    assert "?at=" not in page
