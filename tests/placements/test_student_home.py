"""The student's home: today in one tap, this week, what comes next."""

import re
from datetime import date

import pytest
from django.utils import timezone

from placements.hours.models import Stage, StudentHours
from placements.models import Placement
from placements.timesheets.models import Absence, Spell, Timesheet
from placements.today.asked import weeks_asked_for
from placements.today.entry import entry_of
from placements.today.views import this_week
from placements.today.way import way_of
from portal.people.models import Role
from students.models import Student
from students.tlevels import rules
from tests.conftest import signed_in
from tests.factories import MembershipFactory, PlacementFactory, SpellFactory, StudentFactory, TimesheetFactory
from tests.pages import said

pytestmark = pytest.mark.django_db
HOME = "/home/"


@pytest.fixture(autouse=True)
def _on_wednesday(time_machine):
    time_machine.move_to("2026-03-11 17:30")


def home(user):
    return signed_in(user).get(HOME).content.decode()


def usual(**more):
    return {"starts": "09:00", "finishes": "17:00", "break_minutes": "60", "activity": "Fixed the map"} | more


def take_out(logged) -> str:
    return f"/home/entries/{logged.pk}/take-out/"


@pytest.fixture
def logged(cast) -> Spell:
    """What the student wrote down for today, in a week that is not handed in."""
    week = TimesheetFactory(placement=cast.placement, monday=date(2026, 3, 9), minutes=420)
    return SpellFactory(timesheet=week, day=date(2026, 3, 11), minutes=420)


def week_that_came_back(placement, monday):
    """A week in which the manager asks about something."""
    week = TimesheetFactory(placement=placement, monday=monday)
    SpellFactory(timesheet=week)
    week.hand_in(by=placement.student.user)
    week.send_back(by=placement.manager, reason="No lunch on Monday?")


DAY_OFF = "A day off. If you worked all the same, log it here."


def test_today_is_prefilled_from_the_working_pattern_and_a_missing_week_asked_for(cast):
    page = home(cast.student)
    assert 'name="starts" value="09:00"' in page
    assert 'name="finishes" value="17:00"' in page
    assert 'name="break_minutes" value="60"' in page
    assert '<input type="hidden" name="on" value="2026-03-11"' in page
    assert DAY_OFF not in page
    assert "Hand in your week of 2 March" in page
    assert "Hand in your week of 9 March" not in page, "it is running"


def test_a_day_off_is_told_as_such_until_something_is_logged(cast, time_machine):
    time_machine.move_to("2026-03-14 10:00")
    assert DAY_OFF in home(cast.student)
    week = TimesheetFactory(placement=cast.placement, monday=date(2026, 3, 9))
    SpellFactory(timesheet=week, day=date(2026, 3, 14))
    way = way_of(cast.student, cast.provider, timezone.localdate())
    assert not this_week(entry_of(way), way)["is_day_off"]


def test_a_usual_day_takes_one_line(cast):
    client = signed_in(cast.student)
    assert client.post(HOME, usual()).status_code == 302
    spell = Spell.objects.get()
    assert (spell.day, spell.minutes, spell.activity) == (date(2026, 3, 11), 420, "Fixed the map")
    assert Timesheet.objects.get().minutes == 420
    page = client.get(HOME).text
    assert "<strong>09:00 to 17:00</strong>, 7 h: Fixed the map" in page
    assert take_out(spell) in page


def test_without_a_line_the_page_says_first_what_it_would_write(cast):
    client = signed_in(cast.student)
    response = client.post(HOME, usual(activity=" "))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Write a line about what you did. Without one, just this is logged: 09:00 to 17:00, 7 h." in page
    assert '<button class="btn btn-secondary btn-lg" name="without" value="yes">Log it without a line</button>' in page
    assert not Spell.objects.exists()
    response = client.post(HOME, usual(activity="", without="yes"))
    assert said(response) == ["Today is written down: 09:00 to 17:00, 7 h."]
    assert Spell.objects.get().activity == ""


def test_today_is_taken_out_again_and_an_entry_of_another_day_is_changed_in_the_week_only(cast, logged):
    client, path = signed_in(cast.student), take_out(logged)
    other_day = SpellFactory(timesheet=logged.timesheet)
    assert client.post(take_out(other_day)).status_code == 404
    assert signed_in(cast.student2).post(path).status_code == 404
    assert signed_in(cast.tutor).post(path).status_code == 403
    assert said(client.post(path)) == ["09:00 to 17:00 is taken out again."]
    assert (Spell.objects.get(), Timesheet.objects.get().minutes) == (other_day, 0)
    assert client.post(path).status_code == 404


def test_a_week_that_is_handed_in_keeps_today(cast, logged):
    logged.timesheet.hand_in(by=cast.student)
    client = signed_in(cast.student)
    [says] = said(client.post(take_out(logged)))
    assert says.startswith("Somebody was quicker")
    assert client.post(HOME, usual(starts="18:00", finishes="19:00")).status_code == 409
    assert (Spell.objects.count(), Timesheet.objects.get().minutes) == (1, 420)


def test_a_week_that_is_not_right_yet_is_mended_first(cast, logged):
    Timesheet.objects.update(typed={"d0-0-starts": "nine"})
    response = signed_in(cast.student).post(take_out(logged))
    assert said(response) == ["Something in your week is not right yet. Mend it first."]
    assert Spell.objects.count() == 1


def test_a_second_time_on_the_same_day_may_not_overlap(cast, logged):
    way = way_of(cast.student, cast.provider, timezone.localdate())
    form = entry_of(way, usual(starts="16:00", finishes="18:00", activity="Late shift")).form
    says = "This overlaps with the time from 09:00 to 17:00 that is written down already."
    assert form.errors == {"starts": [says]}


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(cast):
    response = signed_in(cast.student).post(HOME, usual(finishes="08:00"))
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count("The finish must be later than the start.") == 2
    assert "Fixed the map" in page


# --- Weeks that are asked for, as the home says first of all ---


def asked_of(cast) -> dict[str, str]:
    """What is said of the student's weeks, and what stands below."""
    way = way_of(cast.student, cast.provider, timezone.localdate())
    steps = weeks_asked_for(way.student, way.placements, way.weeks, way.absent, way.today)
    return {step.says: step.detail for step in steps}


UNTIL_THEN = "Its hours cannot count until then."


def test_a_missing_week_is_no_longer_asked_for_once_the_hours_are_there_and_the_placement_is_over(cast):
    assert asked_of(cast) == {"Hand in your week of 2 March": UNTIL_THEN}
    StudentHours.objects.filter(student=cast.student_record).update(stage=Stage.DONE)
    assert asked_of(cast) == {}


def test_a_missing_week_of_another_year_has_its_year(cast, time_machine):
    time_machine.move_to("2027-01-06 12:00")
    assert "Hand in your week of 2 March 2026" in asked_of(cast)


def test_an_absent_week_is_not_asked_for(cast):
    for day in range(2, 7):
        Absence.objects.create(placement=cast.placement, day=date(2026, 3, day), kind="holiday", foreseen=True)
    assert asked_of(cast) == {}


def test_this_week_is_asked_for_from_the_last_agreed_day_on(cast, time_machine):
    time_machine.move_to("2026-03-12 12:00")
    assert "Hand in this week" not in asked_of(cast)
    time_machine.move_to("2026-03-13 12:00")
    assert asked_of(cast)["Hand in this week"] == "It is your last day at work this week."
    time_machine.move_to("2026-03-14 12:00")
    assert asked_of(cast)["Hand in this week"] == "Your last day at work this week is over."


def test_a_week_that_came_back_is_asked_for_first_and_once(cast, time_machine):
    time_machine.move_to("2026-03-13 12:00")
    week_that_came_back(cast.placement, date(2026, 3, 9))
    says = "Sent back by Manager Reed on 13 March: No lunch on Monday?"
    back, missing = "Look again at your week of 9 March", "Hand in your week of 2 March"
    assert list(asked_of(cast).items()) == [(back, says), (missing, UNTIL_THEN)]
    page = home(cast.student)
    assert says in page
    assert f"{says}." not in page


def test_the_start_of_a_planned_placement_is_said_once(cast):
    cast.placement.status = "planned"
    cast.placement.first_on = date(2026, 4, 6)
    cast.placement.save()
    assert home(cast.student).count("You start at") == 1


def test_a_week_at_another_college_is_asked_for_there_only(cast):
    MembershipFactory(user=cast.student, provider=cast.other_provider, role=Role.STUDENT)
    record = StudentFactory(user=cast.student, provider=cast.other_provider, tutor=cast.other_tutor)
    there = PlacementFactory(student=record, employer=cast.other_employer, manager=cast.other_manager)
    week_that_came_back(there, date(2026, 3, 2))
    assert asked_of(cast) == {"Hand in your week of 2 March": UNTIL_THEN}


def test_how_far_the_student_is(cast):
    for monday, approve in ((date(2026, 3, 2), True), (date(2026, 3, 9), False)):
        week = TimesheetFactory(placement=cast.placement, monday=monday)
        SpellFactory(timesheet=week)
        week.hand_in(by=cast.student)
        if approve:
            week.approve(by=cast.manager)
    hours = cast.student_record.hours
    hours.refresh_from_db()
    assert (hours.counted, hours.waiting, hours.required) == (420, 420, 315 * 60)
    page = home(cast.student)
    assert "7 h" in page
    assert "301 h" in page  # to go
    bar, line = page.index('<a class="how-far" href="#how-far">'), page.index("7 h of 315 h, 7 h waiting</p>")
    assert bar < line < page.index("This week") < page.index("How far I am")


def test_without_a_placement_the_page_says_so(cast):
    cast.placement.delete()
    page = home(cast.student)
    assert "No placement yet" in page
    assert page.count('href="/places/"') == 1, "once among the steps"
    complete = signed_in(cast.student).get("/complete/").text
    assert '<a href="/places/">Find a place</a>' in complete
    assert "Open my week" not in complete


def test_whoever_is_signed_off_is_told_so_and_takes_it_along(cast):
    client = signed_in(cast.student)
    Placement.objects.update(status="ended", last_on=date(2026, 3, 6))
    assert "No placement is running now" in client.get(HOME).text
    Student.objects.update(signed_off_at=timezone.now())
    page = client.get(HOME).text
    assert "Well done, you are signed off" in page
    assert '<a class="btn btn-primary" href="/portfolio/">Take it all along</a>' in page
    assert "I'll be away" not in client.get("/weeks/").text


def test_the_home_shows_three_things_and_the_way_to_all_of_them(cast, time_machine):
    time_machine.move_to("2026-04-15 17:30")
    page, all_of_them = home(cast.student), signed_in(cast.student).get("/next/").text
    asked = "Hand in your week of "
    assert page.count(asked) == 3
    assert "See everything that is asked of me" in page
    assert [f"{asked}{monday}" in all_of_them for monday in ("2 March", "30 March", "6 April")] == [True, True, True]


@pytest.mark.parametrize("spells", [1, 3])
def test_the_home_takes_eight_queries_whatever_three_rooms_ask_and_seven_files(cast, spells, django_assert_num_queries):
    week = TimesheetFactory(placement=cast.placement, monday=date(2026, 3, 9))
    for number in range(spells):
        SpellFactory(timesheet=week, day=week.days[number])
    client = signed_in(cast.student)
    rules.rule_sets()  # read once and then remembered
    with django_assert_num_queries(8):  # session, person, placements, days, weeks, absences, what is asked, spells
        page = client.get(HOME).text
    files = re.findall(r'<(?:link|script)[^>]+(?:href|src)="/static/(?:vendor/|css/|js/|svg/)?([^"]+)"', page)
    assert sorted(files) == [
        "bootstrap.min.css", "favicon.svg", "figtree-latin-wght-normal.woff2", "manifest.webmanifest",
        "portal.css", "portal.js", "shelf.js",
    ]  # fmt: skip
