"""The student's home: today in one tap, this week, what comes next."""

from datetime import date

import pytest

from placements.hours.models import Stage, StudentHours
from placements.timesheets.models import Absence, Spell, Timesheet
from portal.people.models import Role
from tests.conftest import signed_in
from tests.factories import MembershipFactory, PlacementFactory, SpellFactory, StudentFactory, TimesheetFactory

pytestmark = pytest.mark.django_db
HOME = "/home/"


@pytest.fixture(autouse=True)
def _on_wednesday(time_machine):
    time_machine.move_to("2026-03-11 17:30")


def home(user):
    return signed_in(user).get(HOME).content.decode()


def usual(**more):
    return {"starts": "09:00", "finishes": "17:00", "break_minutes": "60", "activity": "Fixed the map"} | more


def test_today_is_prefilled_from_the_working_pattern(cast):
    page = home(cast.student)
    assert 'name="starts" value="09:00"' in page
    assert 'name="finishes" value="17:00"' in page
    assert 'name="break_minutes" value="60"' in page


def test_a_day_off_is_told_as_such_until_something_is_logged(cast, time_machine):
    says = "A day off. If you worked all the same, log it here."
    assert says not in home(cast.student)
    time_machine.move_to("2026-03-14 10:00")
    assert says in home(cast.student)
    signed_in(cast.student).post(HOME, usual())
    assert says not in home(cast.student)


def test_a_usual_day_takes_one_line(cast):
    response = signed_in(cast.student).post(HOME, usual())
    assert response.status_code == 302
    spell = Spell.objects.get()
    assert (spell.day, spell.minutes, spell.activity) == (date(2026, 3, 11), 420, "Fixed the map")
    assert Timesheet.objects.get().minutes == 420
    assert "<strong>09:00 to 17:00</strong>, 7 h: Fixed the map" in home(cast.student)


def test_a_double_click_logs_the_day_once(cast):
    client = signed_in(cast.student)
    client.post(HOME, usual())
    client.post(HOME, usual())
    assert Spell.objects.count() == 1


def test_without_a_line_the_page_says_first_what_it_would_write(cast):
    client = signed_in(cast.student)
    response = client.post(HOME, usual(activity=" "))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Write a line about what you did. Without one, just this is logged: 09:00 to 17:00, 7 h." in page
    assert '<button class="btn btn-secondary btn-lg" name="without" value="yes">Log it without a line</button>' in page
    assert not Spell.objects.exists()
    page = client.post(HOME, usual(activity="", without="yes"), follow=True).content.decode()
    assert "Today is written down: 09:00 to 17:00, 7 h." in page
    assert Spell.objects.get().activity == ""


def test_today_is_taken_out_again(cast):
    client = signed_in(cast.student)
    client.post(HOME, usual())
    path = f"/home/entries/{Spell.objects.get().pk}/take-out/"
    assert path in client.get(HOME).content.decode()
    for who in ("student2", "other_student"):
        assert signed_in(getattr(cast, who)).post(path).status_code == 404
    assert signed_in(cast.tutor).post(path).status_code == 403
    assert "09:00 to 17:00 is taken out again." in client.post(path, follow=True).content.decode()
    assert (Spell.objects.count(), Timesheet.objects.get().minutes) == (0, 0)
    assert client.post(path).status_code == 404


def test_a_week_that_is_handed_in_keeps_today(cast):
    client = signed_in(cast.student)
    client.post(HOME, usual())
    Timesheet.objects.get().hand_in(by=cast.student)
    path = f"/home/entries/{Spell.objects.get().pk}/take-out/"
    assert "Somebody was quicker" in client.post(path, follow=True).content.decode()
    assert (Spell.objects.count(), Timesheet.objects.get().minutes) == (1, 420)


def test_a_week_that_is_not_right_yet_is_mended_first(cast):
    client = signed_in(cast.student)
    client.post(HOME, usual())
    Timesheet.objects.update(typed={"d0-0-starts": "nine"})
    page = client.post(f"/home/entries/{Spell.objects.get().pk}/take-out/", follow=True).content.decode()
    assert "Something in your week is not right yet. Mend it first." in page
    assert Spell.objects.count() == 1


def test_an_entry_of_another_day_is_changed_in_the_week_only(cast):
    week = TimesheetFactory(placement=cast.placement, monday=date(2026, 3, 9))
    other_day = SpellFactory(timesheet=week)
    assert signed_in(cast.student).post(f"/home/entries/{other_day.pk}/take-out/").status_code == 404


def test_a_second_time_on_the_same_day_may_not_overlap(cast):
    client = signed_in(cast.student)
    client.post(HOME, usual())
    response = client.post(HOME, usual(starts="16:00", finishes="18:00", activity="Late shift"))
    assert response.status_code == 422
    assert "overlaps with the time from 09:00 to 17:00" in response.content.decode()
    assert "Late shift" in response.content.decode()


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(cast):
    response = signed_in(cast.student).post(HOME, usual(finishes="08:00"))
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count("The finish must be later than the start.") == 2
    assert "Fixed the map" in page


def test_a_day_in_a_week_that_is_handed_in_is_not_written(cast):
    week = TimesheetFactory(placement=cast.placement, monday=date(2026, 3, 9))
    SpellFactory(timesheet=week)
    week.hand_in(by=cast.student)
    signed_in(cast.student).post(HOME, usual())
    assert Spell.objects.count() == 1


def test_the_missing_week_is_asked_for_and_the_running_one_is_not(cast):
    page = home(cast.student)
    assert "Hand in your week of 2 March" in page
    assert "Hand in your week of 9 March" not in page


def test_a_missing_week_is_no_longer_asked_for_once_the_hours_are_there_and_the_placement_is_over(cast):
    StudentHours.objects.filter(student=cast.student_record).update(stage=Stage.DONE)
    assert "Hand in your week of" not in home(cast.student)


def test_a_missing_week_of_another_year_has_its_year(cast, time_machine):
    time_machine.move_to("2027-01-06 12:00")
    assert "Hand in your week of 2 March 2026" in home(cast.student)


def test_an_absent_week_is_not_asked_for(cast):
    for day in range(2, 7):
        Absence.objects.create(placement=cast.placement, day=date(2026, 3, day), kind="holiday", foreseen=True)
    assert "Hand in your week of 2 March" not in home(cast.student)


def test_this_week_is_asked_for_from_the_last_agreed_day_on(cast, time_machine):
    time_machine.move_to("2026-03-13 12:00")
    page = home(cast.student)
    assert "Hand in this week" in page
    assert "It is your last day at work this week." in page
    time_machine.move_to("2026-03-14 12:00")
    assert "Your last day at work this week is over." in home(cast.student)


def test_the_start_of_a_planned_placement_is_said_once(cast):
    cast.placement.status = "planned"
    cast.placement.first_on = date(2026, 4, 6)
    cast.placement.save()
    assert home(cast.student).count("You start at") == 1


def test_a_week_that_came_back_is_asked_for_first(cast):
    week = TimesheetFactory(placement=cast.placement, monday=date(2026, 3, 2))
    SpellFactory(timesheet=week)
    week.hand_in(by=cast.student)
    week.send_back(by=cast.manager, reason="No lunch on Monday?")
    page = home(cast.student)
    assert "Look again at your week of 2 March" in page
    assert "No lunch on Monday?" in page
    assert "Hand in your week of 2 March" not in page


def test_this_week_is_asked_for_once_where_it_came_back(cast, time_machine):
    time_machine.move_to("2026-03-13 12:00")
    week = TimesheetFactory(placement=cast.placement, monday=date(2026, 3, 9))
    SpellFactory(timesheet=week)
    week.hand_in(by=cast.student)
    week.send_back(by=cast.manager, reason="No lunch on Monday?")
    page = home(cast.student)
    assert "Look again at your week of 9 March" in page
    assert "Hand in this week" not in page
    assert "No lunch on Monday?." not in page


def test_a_week_at_another_college_is_asked_for_there_only(cast):
    MembershipFactory(user=cast.student, provider=cast.other_provider, role=Role.STUDENT)
    record = StudentFactory(user=cast.student, provider=cast.other_provider, tutor=cast.other_tutor)
    week = TimesheetFactory(
        placement=PlacementFactory(student=record, employer=cast.other_employer, manager=cast.other_manager),
        monday=date(2026, 3, 2),
    )
    SpellFactory(timesheet=week)
    week.hand_in(by=cast.student)
    week.send_back(by=cast.other_manager, reason="No lunch on Monday?")
    assert "Look again at your week of 2 March" not in home(cast.student)


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
    line = page.index(">Hours: 7:00 count, 7:00 waiting, 301:00 to go</a>")
    assert line < page.index("This week") < page.index("How far I am")


def test_without_a_placement_the_page_says_so(cast):
    cast.placement.delete()
    assert "No placement yet" in home(cast.student)


def test_the_home_shows_three_things_and_the_way_to_all_of_them(cast, time_machine):
    time_machine.move_to("2026-04-15 17:30")
    page, all_of_them = home(cast.student), signed_in(cast.student).get("/next/").text
    asked = "Hand in your week of "
    assert page.count(asked) == 3
    assert "See everything that is asked of me" in page
    assert [f"{asked}{monday}" in all_of_them for monday in ("2 March", "30 March", "6 April")] == [True, True, True]


@pytest.mark.parametrize("spells", [1, 3])
def test_the_home_takes_eight_queries_whatever_three_rooms_ask(cast, spells, django_assert_num_queries):
    week = TimesheetFactory(placement=cast.placement, monday=date(2026, 3, 9))
    for number in range(spells):
        SpellFactory(timesheet=week, day=week.days[number])
    client = signed_in(cast.student)
    client.get(HOME)
    with django_assert_num_queries(8):  # session, person, placements, days, weeks, absences, what is asked, spells
        client.get(HOME)
