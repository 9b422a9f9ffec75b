"""Work tasters: set up in one form, started with less, logged and confirmed as any hours, and never the placement."""

from datetime import date, time

import pytest
from django.utils import timezone

from employers.checks.models import CheckKind
from placements.arrangements.clock import mail_briefing_cards
from placements.clock import end_placements, start_placements
from placements.finding.applying import search_of
from placements.hours.courses import facts_for
from placements.hours.models import Stage, StudentHours
from placements.hours.projection import projections
from placements.hours.receipt import receipt_for
from placements.induction.models import Induction
from placements.models import Placement
from placements.requirements.queries import lacking_checks, needed_now
from placements.setup.forms import ResumeForm
from placements.setup.taster_form import TasterAddForm, TasterDaysForm, TasterEditForm, reckoned
from placements.setup.tasters import taken_by_tasters
from placements.several import current_of
from placements.starting import tasks_of
from placements.timesheets.editing import form_of
from placements.timesheets.models import Spell, Timesheet
from placements.today.way import stage_of
from portal.asks.models import Ask
from portal.rooms import entries_of
from reviews.dashboards.rows import employers_of
from reviews.meetings.clock import plan_meetings
from reviews.meetings.models import Meeting
from reviews.risk.signs import Signs, signs_of
from reviews.signoff.completion import completion_of
from students.models import Student
from tests.checked import checks_in_order, no_checks_needed, record
from tests.conftest import signed_in
from tests.factories import EmployerFactory, PlacementFactory, StudentFactory
from tests.pages import text_of, told
from tests.portal.importing import applied, csv_file, planned, said
from tests.reviews.signoffs import again, approved_weeks, final_review
from tests.steps import steps_of

pytestmark = pytest.mark.django_db
Status, Kind = Placement.Status, Placement.Kind
MONDAY = date(2026, 3, 23)


@pytest.fixture(autouse=True)
def _in_spring(time_machine):
    time_machine.move_to("2026-03-18 12:00")


@pytest.fixture
def newcomer(cast) -> Student:
    """A student of the cast's tutor without any placement, of age."""
    return StudentFactory(provider=cast.provider, tutor=cast.tutor, born_on=date(2007, 1, 9))


def taster_of(student, cast, **facts) -> Placement:
    """A work taster of Monday 23 March at the cast's employer, planned."""
    facts = {"first_on": MONDAY, "last_on": MONDAY, "status": Status.PLANNED, "weekdays": [0]} | facts
    made = PlacementFactory(kind=Kind.TASTER, student=student, employer=cast.employer, manager=cast.manager, **facts)
    return Placement.objects.with_people().get(pk=made.pk)


def running(student, cast, **facts) -> Placement:
    """One that runs: Monday to Friday of the week of 16 March."""
    days = {"first_on": date(2026, 3, 16), "last_on": date(2026, 3, 20), "weekdays": range(5)}
    return taster_of(student, cast, **{"status": Status.ACTIVE} | days | facts)


# --- Set up in one form -------------------------------------------------------------------------------------------


def address(cast, student) -> str:
    return f"/placements/add/?kind=taster&student={student.pk}&employer={cast.employer.pk}"


def typed(cast, **more) -> dict:
    day = {"first_on": "23/03/2026", "last_on": "", "starts": "09:30", "finishes": "15:00"}
    return {"role": "Shadowing", "manager": cast.manager.pk} | day | {"break_minutes": "30"} | more


def test_a_tutor_sets_one_up_in_one_form(cast, newcomer):
    client = signed_in(cast.tutor)
    response = client.post(address(cast, newcomer), typed(cast))
    taster = Placement.objects.get(student=newcomer)
    assert response.url == f"/placements/{taster.pk}/setup/"
    assert (taster.kind, taster.role, taster.first_on, taster.last_on) == ("taster", "Shadowing", MONDAY, MONDAY)
    days = list(taster.pattern_days.values_list("valid_from", "weekday", "starts", "finishes", "break_minutes"))
    assert days == [(MONDAY, 0, time(9, 30), time(15), 30)]
    page = client.get(response.url).content.decode()
    assert "Setting up the work taster" in page
    assert "4 of 5 needed are done" in page


@pytest.mark.parametrize(
    ("first", "last", "weekdays"),
    [
        ("20/03/2026", "23/03/2026", [0, 4]),  # Friday to Monday
        ("21/03/2026", "22/03/2026", [5, 6]),  # a weekend
        ("18/03/2026", "25/03/2026", [0, 1, 2, 3, 4]),
    ],
)
def test_its_times_hold_on_each_weekday_of_its_days(first, last, weekdays):
    form = TasterDaysForm({"first_on": first, "last_on": last, "starts": "09:30", "finishes": "15:00"})
    assert form.is_valid()
    assert [day.weekday for day in form.pattern_days()] == weekdays


def test_times_beyond_working_time_are_refused_in_the_form(cast):
    minor = StudentFactory(provider=cast.provider, tutor=cast.tutor, born_on=date(2009, 1, 9))
    response = signed_in(cast.tutor).post(address(cast, minor), typed(cast, starts="08:00", finishes="17:30"))
    [says] = response.context["form"].errors["finishes"]
    assert says == "Monday: 9 h on one day. Under 18 it is at most 8 h a day."
    assert not Placement.objects.filter(student=minor).exists()


def test_what_is_wrong_on_several_days_alike_is_said_once(cast):
    minor = StudentFactory(provider=cast.provider, tutor=cast.tutor, born_on=date(2009, 1, 9))
    errors = errors_of(cast, minor, last_on="25/03/2026", break_minutes="10")
    says = "5 h 20 min with a break of 10 min. Under 18 a break of 30 min is due after 4 h 30 min."
    assert errors == {"finishes": [f"Monday, Tuesday, Wednesday: {says}"]}


def test_times_are_needed(cast, newcomer):
    assert set(errors_of(cast, newcomer, starts="", finishes="")) == {"starts", "finishes"}


def test_the_way_there_keeps_the_kind(cast):
    client = signed_in(cast.tutor)
    assert 'href="/placements/add/?kind=taster"' in client.get("/placements/").content.decode()
    page = client.get("/placements/add/?kind=taster").content.decode()
    assert f'href="?kind=taster&amp;student={cast.student_record.pk}"' in page
    assert '<input type="hidden" name="kind" value="taster">' in page


def errors_of(cast, student, **more) -> dict:
    """What the form of a new taster says to these words; {} where it can be stored."""
    return dict(TasterAddForm(typed(cast, **more), student=student, employer=cast.employer).errors)


def test_a_first_day_long_past_is_asked_about_once(cast, newcomer):
    says = "18 March 2025 was 52 weeks ago. Correct the day, or say below that it is right: its hours are then asked "
    assert errors_of(cast, newcomer, first_on="18/03/2025") == {"first_on": [f"{says}for at once."]}
    assert errors_of(cast, newcomer, first_on="18/03/2025", first_on_is_right="on") == {}
    assert errors_of(cast, newcomer, first_on="18/02/2026") == {}  # four weeks are no slip


def test_more_hours_than_can_count_are_asked_about_once(cast, newcomer):
    running(newcomer, cast, last_on=date(2026, 3, 17), weekdays=[0, 1])  # 14 h to come
    client, days = signed_in(cast.tutor), typed(cast, first_on="20/04/2026", last_on="24/04/2026")
    says = (
        "That makes 25 h, with the 14 h of the others 39 h: all work tasters together count up to 35 h, so that 4 h "
        "cannot count."
    )
    response = client.post(address(cast, newcomer), days)
    below = "Correct the days or times, or say below that it is meant."
    assert dict(response.context["form"].errors) == {"last_on": [f"{says} {below}"]}
    page = text_of(response)
    assert "At most 35 h of all work tasters together, with any number of employers. The others take 14 h, " in page
    assert "21 h are left" in page
    assert '<input type="checkbox" name="is_that_long"' in page
    assert client.post(address(cast, newcomer), days | {"is_that_long": "on"}).status_code == 302
    assert Placement.objects.filter(student=newcomer).count() == 2


def test_hours_written_down_take_of_what_is_left_and_no_week_twice(cast, newcomer):
    taster = running(newcomer, cast)
    assert taken_by_tasters([newcomer.pk]) == {newcomer.pk: {taster.pk: 35 * 60}}
    approved_weeks(taster, 1, approach="taster")
    Spell.objects.first().delete()  # a day of 7 h was not worked
    assert taken_by_tasters([newcomer.pk]) == {newcomer.pk: {taster.pk: 28 * 60}}


def test_what_it_adds_up_to_is_worked_out_before_it_is_stored(cast, newcomer):
    client = signed_in(cast.tutor)
    says = "5 h in all, bank holidays left out.</p><p>All of it can count: 35 h of 35 h are left."
    page = text_of(client.post(address(cast, newcomer), typed(cast, work_out="1")))
    assert says in page
    assert "At most 35 h of all work tasters together, with any number of employers" in page
    assert not Placement.objects.filter(student=newcomer).exists()
    reckoning = f"/placements/reckoning/{newcomer.pk}/"
    assert says in text_of(client.get(reckoning, typed(cast, kind="taster")))
    assert client.get(reckoning, typed(cast, kind="taster", finishes="")).status_code == 204
    assert reckoned(newcomer, typed(cast, last_on="30/04/2026")).sentences() == [
        "That makes 135 h: all work tasters together count up to 35 h, so that 100 h cannot count."
    ]


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("03/04/2026", "", "Friday 3 April is Good Friday: nothing is agreed on a bank holiday. Choose another day."),
        (
            "03/04/2026",
            "06/04/2026",
            "Friday 3 April is Good Friday. Monday 6 April is Easter Monday: nothing is agreed on a bank holiday. "
            "Choose another day.",
        ),
    ],
)
def test_bank_holidays_alone_are_refused_by_name(cast, newcomer, first, last, says):
    assert errors_of(cast, newcomer, first_on=first, last_on=last) == {"first_on": [says]}
    assert reckoned(newcomer, typed(cast, first_on=first, last_on=last)).sentences() == [
        "0 h: nothing is agreed on a bank holiday, or on a day without times."
    ]
    assert errors_of(cast, newcomer, first_on="02/04/2026", last_on=last) == {}


# --- Changed ------------------------------------------------------------------------------------------------------


@pytest.fixture
def other(cast, newcomer) -> Placement:
    """Another one of 14 h."""
    return running(newcomer, cast, last_on=date(2026, 3, 17), weekdays=[0, 1])


@pytest.fixture
def taster(cast, newcomer) -> Placement:
    """Monday 20 to Wednesday 22 April, 7 h a day."""
    days = {"first_on": date(2026, 4, 20), "last_on": date(2026, 4, 22), "weekdays": [0, 1, 2]}
    return taster_of(newcomer, cast, **days)


def words_of(cast, taster, **words) -> dict:
    """What a page of a stored taster sends: these words, among those that it holds."""
    facts = {"role": taster.role, "manager": cast.manager.pk, "pay": "unpaid"}
    return facts | {"first_on": "20/04/2026", "last_on": "22/04/2026"} | words


def edited(cast, taster, page="edit", **words):
    """What the tutor's page of a stored taster answers to these words, among those that it holds."""
    return signed_in(cast.tutor).post(f"/placements/{taster.pk}/{page}/", words_of(cast, taster, **words))


def agreed(taster) -> list:
    days = taster.pattern_days.values_list("valid_from", "weekday", "starts", "finishes")
    return [(start, weekday, f"{starts:%H:%M}", f"{finishes:%H:%M}") for start, weekday, starts, finishes in days]


BEYOND = (
    "That makes 35 h, with the 14 h of the others 49 h: all work tasters together count up to 35 h, "
    "so that 14 h cannot count."
)
MEANT = "Correct the days or times, or say below that it is meant."


def test_days_that_are_added_have_the_same_times_and_more_than_counts_is_asked_about(cast, other, taster):
    page = edited(cast, taster, last_on="24/04/2026")
    assert dict(page.context["form"].errors) == {"last_on": [f"{BEYOND} {MEANT}"]}
    assert f"<p>{BEYOND}</p>" in text_of(page)
    assert [day[1] for day in agreed(taster)] == [0, 1, 2]
    saved = told(edited(cast, taster, last_on="24/04/2026", is_that_long="on"))
    assert saved == "The work taster has been saved: Mon to Fri 09:00 to 17:00, 35 h in all."
    assert agreed(taster) == [(date(2026, 4, 20), weekday, "09:00", "17:00") for weekday in range(5)]
    response = edited(cast, taster, last_on="24/04/2026", role="Design team")  # believed
    assert told(response) == "The work taster has been saved."
    assert BEYOND in text_of(signed_in(cast.tutor).get(f"/placements/{taster.pk}/"))


def test_moved_to_other_weekdays_its_times_move_along(cast, other, taster, django_assert_num_queries):
    saved = told(edited(cast, taster, first_on="23/04/2026", last_on="24/04/2026"))
    assert saved == "The work taster has been saved: Thu and Fri 09:00 to 17:00, 14 h in all."
    assert agreed(taster) == [(date(2026, 4, 23), weekday, "09:00", "17:00") for weekday in (3, 4)]
    client = signed_in(cast.tutor)
    with django_assert_num_queries(12):
        page = text_of(client.get(f"/placements/{taster.pk}/"))
    assert "All of it can count: 21 h of 35 h are left." in page


def test_moved_to_a_bank_holiday_it_is_refused_by_name(cast, taster):
    form = TasterEditForm(words_of(cast, taster, first_on="04/05/2026", last_on="04/05/2026"), instance=taster)
    says = "Monday 4 May is May Day: nothing is agreed on a bank holiday. Choose another day."
    assert form.errors == {"first_on": [says]}
    taster = Placement.objects.with_people().get(pk=taster.pk)
    form = TasterEditForm(words_of(cast, taster, first_on="20/04/2025", last_on="22/04/2025"), instance=taster)
    assert [error[:32] for error in form.errors["first_on"]] == ["20 April 2025 was 47 weeks ago. "]


def test_what_else_was_agreed_than_all_of_its_days_is_kept(cast, taster):
    taster.pattern_days.filter(weekday=1).delete()
    saved = told(edited(cast, taster, last_on="23/04/2026"))
    assert saved == "The work taster has been saved: Mon and Wed 09:00 to 17:00, 14 h in all."


def test_other_times_are_asked_about_as_well(cast, other, taster):
    long = {f"day{n}-{name}": value for n in range(3) for name, value in (("starts", "08:00"), ("finishes", "18:00"))}
    words = long | {f"day{n}-break_minutes": "60" for n in range(3)} | {"pattern-valid_from": "20/04/2026"}
    page = edited(cast, taster, "pattern", **words)
    says = BEYOND.replace("35 h, with", "27 h, with").replace("49 h", "41 h").replace("that 14 h", "that 6 h")
    assert dict(page.context["form"].head.errors) == {"valid_from": [f"{says} {MEANT}"]}
    assert f"<p>{says}</p>" in text_of(page)
    assert 'name="pattern-is_that_long"' in text_of(page)


def test_taking_it_up_again_is_asked_about_as_well(cast, taster, time_machine):
    time_machine.move_to("2026-04-22 12:00")
    Placement.objects.filter(pk=taster.pk).update(status=Status.ENDED, ended_because="Over")
    page = edited(cast, taster, "resume", last_on="28/04/2026")
    says = "That makes 49 h: all work tasters together count up to 35 h, so that 14 h cannot count."
    assert dict(page.context["form"].errors) == {"last_on": [f"{says} {MEANT}"]}
    meant = {"last_on": "28/04/2026", "is_that_long": "on"}
    other = {"first_on": date(2026, 4, 27), "last_on": date(2026, 4, 27), "weekdays": [0]}
    other = PlacementFactory(student=taster.student, employer=cast.employer2, **other)
    says = "Monday: These times overlap 09:00 to 17:00, agreed with Employer2 on 27 April 2026."
    assert ResumeForm(meant, placement=taster).errors == {"last_on": [says]}
    other.delete()
    assert told(edited(cast, taster, "resume", **meant)) == "The work taster goes on until 28 April 2026."
    assert [day[1] for day in agreed(taster)] == [0, 1, 2, 3, 4]


def test_what_other_days_come_to_is_shown_while_they_are_chosen(cast, other, taster):
    query = {"placement": taster.pk, "first_on": "20/04/2026", "last_on": "24/04/2026"}
    assert BEYOND in text_of(signed_in(cast.tutor).get(f"/placements/reckoning/{taster.student_id}/", query))


# --- What is asked before the start -------------------------------------------------------------------------------


def test_neither_goals_nor_agreement_are_asked_for(cast, newcomer):
    taster = taster_of(newcomer, cast)
    tasks = tasks_of([taster], with_advice=True)[taster.pk]
    assert [task.title for task in tasks if task.required] == [
        "Dates and place", "Line manager", "Days and times", "Tutor", "Employer checks",
    ]  # fmt: skip
    assert [task.title for task in tasks if not task.required] == ["Adjustments to share"]
    checks_in_order(taster, by=cast.tutor)
    assert taster.missing_before_start() == []


def test_a_check_that_the_office_does_not_ask_of_tasters_keeps_none(cast, newcomer):
    insured = CheckKind.objects.filter(provider=cast.provider, slug="insurance")
    CheckKind.objects.filter(provider=cast.provider).exclude(pk__in=insured).update(of_tasters=False)
    taster = taster_of(newcomer, cast)
    [missing] = taster.missing_before_start()
    assert missing.startswith("Employers’ liability insurance is missing.")
    assert list(lacking_checks(Placement.objects.filter(pk=taster.pk), MONDAY)) == [taster]
    check = record(cast.employer, "insurance", by=cast.tutor)
    assert taster.missing_before_start() == []
    assert not lacking_checks(Placement.objects.filter(pk=taster.pk), MONDAY).exists()
    Placement.objects.filter(pk=cast.placement.pk).delete()
    assert list(needed_now(type(check).objects.all())) == [check]
    insured.update(of_tasters=False)
    assert list(needed_now(type(check).objects.all())) == []


def test_moved_off_its_weekday_or_to_a_bank_holiday_it_asks_for_other_days(cast, newcomer):
    no_checks_needed(cast.provider)
    day, good_friday = date(2026, 3, 24), date(2026, 4, 3)
    assert taster_of(newcomer, cast, first_on=day, last_on=day).missing_before_start() == [
        "No agreed day lies between the first and the last day. "
        "The tutor or the placement office can change the days and times."
    ]
    closed = taster_of(newcomer, cast, first_on=good_friday, last_on=good_friday, weekdays=[4])
    assert closed.missing_before_start() == [
        "No agreed day lies between the first and the last day, bank holidays left out. "
        "The tutor or the placement office can change the days and times."
    ]


def test_one_day_has_no_week(cast, newcomer):
    page = text_of(signed_in(cast.tutor).get(f"/placements/{taster_of(newcomer, cast).pk}/"))
    assert "7 h on 23 March 2026." in page
    assert "a week" not in page
    more = taster_of(newcomer, cast, first_on=date(2026, 4, 7), last_on=date(2026, 4, 8), weekdays=[1, 2])
    page = text_of(signed_in(cast.tutor).get(f"/placements/{more.pk}/"))
    assert "14 h in all, 7 April 2026 to 8 April 2026, bank holidays left out." in page


def test_the_clock_starts_and_ends_it_and_asks_for_nothing(cast, newcomer, time_machine):
    taster = taster_of(newcomer, cast)
    no_checks_needed(cast.provider)
    mail_briefing_cards(timezone.now())
    time_machine.move_to("2026-03-23 09:00")
    start_placements(timezone.now())
    plan_meetings(timezone.now())
    taster.refresh_from_db()
    assert taster.sentence() == "Work taster today"
    assert not Meeting.objects.filter(placement=taster).exists()
    assert not Induction.objects.filter(placement=taster).exists()
    assert not Ask.objects.filter(to=cast.manager, kind="briefing").exists()
    assert signs_of([newcomer.pk], timezone.now()) == {newcomer.pk: Signs()}
    time_machine.move_to("2026-03-24 09:00")
    end_placements(timezone.now())
    taster.refresh_from_db()
    assert taster.status == "ended"


# --- Its pages, and the hours -------------------------------------------------------------------------------------


def test_its_page_shows_only_what_a_taster_has(cast, newcomer):
    taster = running(newcomer, cast)
    shown = {who: [entry.title for entry in entries_of(taster, {who})] for who in ("tutor", "student", "manager")}
    assert shown == {
        "tutor": ["First-day card", "Adjustments to share", "Logbook"],
        "student": ["First-day card", "Adjustments to share", "Logbook", "Something is wrong"],
        "manager": ["First-day card", "Logbook"],
    }


def test_the_student_logs_the_day_and_the_manager_confirms_it(cast, newcomer):
    running(newcomer, cast)
    client = signed_in(newcomer.user)
    day = {"starts": "09:00", "finishes": "15:00", "activity": "Watched a design review", "approach": "in_person"}
    assert client.post("/home/", day).status_code == 302
    spell = Spell.objects.get()
    assert (spell.day, spell.approach) == (date(2026, 3, 18), "taster")
    week = Timesheet.objects.get()
    week.hand_in(by=newcomer.user)
    week.approve(by=cast.manager)
    hours = StudentHours.objects.get(student=newcomer)
    assert (hours.counted, hours.stage) == (360, Stage.WITHOUT)


def test_hours_of_a_placement_are_offered_as_a_taster_only_where_they_were_one(week):
    def offered() -> list[str]:
        [spell, *_] = form_of(Timesheet.objects.get(pk=week.pk)).days[0].spell_forms
        return [value for value, _ in spell.fields["approach"].choices]

    assert "taster" not in offered()
    week.spells.update(approach="taster")
    assert offered().count("taster") == 1


def test_a_taster_of_today_goes_before_the_placement(cast):
    taster = running(cast.student_record, cast)
    assert current_of([cast.placement, taster], date(2026, 3, 18)) == taster
    assert current_of([cast.placement, taster], date(2026, 3, 23)) == cast.placement


# --- It is not the placement --------------------------------------------------------------------------------------


def test_with_tasters_alone_a_student_has_no_placement(cast, newcomer):
    taster = running(newcomer, cast)
    today = date(2026, 3, 18)
    assert StudentHours.objects.get(student=newcomer).stage == Stage.WITHOUT
    student = Student.objects.select_related("hours").get(pk=newcomer.pk)
    assert projections([student], today)[student.pk].sentence() == "No placement yet"
    assert "Find a place" in [step.says for step in steps_of(newcomer, [taster], today)]
    assert search_of(newcomer) == 1
    assert stage_of([taster]) == "during"
    taster.end(by=cast.tutor, reason="Over")
    assert stage_of([taster]) == "before"
    assert "Find a place" in [step.says for step in steps_of(newcomer, [taster], today)]


def test_there_is_no_pace_and_no_chart_without_a_placement(cast, newcomer):
    taster = running(newcomer, cast, first_on=date(2026, 3, 9))
    page = text_of(signed_in(cast.tutor).get(f"/students/{newcomer.pk}/hours/"))
    assert ("pace needed" in page, '<svg class="chart' in page) == (False, False)
    assert taster.employer.name in page


def test_a_placement_of_today_starts_today_and_is_late_from_tomorrow_on(cast, newcomer, time_machine):
    taster = taster_of(newcomer, cast)
    time_machine.move_to("2026-03-23 08:00")
    assert taster.sentence() == "Starts today"
    time_machine.move_to("2026-03-24 08:00")
    assert taster.sentence() == "Should have started on 23 March 2026"


def test_the_rules_are_those_of_the_start_of_the_placement(cast, newcomer):
    running(newcomer, cast)
    assert StudentHours.objects.get(student=newcomer).begun_on == date(2026, 3, 16)
    PlacementFactory(student=newcomer, first_on=date(2026, 9, 7), last_on=date(2026, 12, 18), status=Status.PLANNED)
    assert StudentHours.objects.get(student=newcomer).begun_on == date(2026, 9, 7)


def test_lists_name_the_employer_of_the_placement_not_of_the_taster(cast, newcomer):
    running(newcomer, cast)
    assert employers_of(facts_for([newcomer.pk])[newcomer.pk]) == "Employer (work taster)"
    harbour = EmployerFactory(provider=cast.provider, name="Harbour")
    to_come = {"kind": Kind.TASTER, "student": newcomer, "employer": harbour, "status": Status.PLANNED}
    PlacementFactory(**to_come, first_on=MONDAY, last_on=MONDAY)
    PlacementFactory(**to_come | {"employer": cast.employer2}, first_on=date(2026, 4, 8), last_on=date(2026, 4, 8))
    assert employers_of(facts_for([newcomer.pk])[newcomer.pk]) == "Employer (work taster)"
    Placement.objects.filter(student=newcomer, status=Status.ACTIVE).update(status=Status.ENDED)
    assert employers_of(facts_for([newcomer.pk])[newcomer.pk]) == "Harbour (work taster)"
    Placement.objects.filter(student=newcomer).update(status=Status.ENDED)
    assert employers_of(facts_for([newcomer.pk])[newcomer.pk]) == "Employer2 (work taster)"
    PlacementFactory(student=newcomer, employer=harbour, status=Status.PLANNED)
    assert employers_of(facts_for([newcomer.pk])[newcomer.pk]) == "Harbour"


def test_the_final_review_is_asked_of_the_placement_and_the_receipt_names_the_taster(cast):
    student = cast.student_record
    approved_weeks(cast.placement, 1)
    later = date(2026, 8, 3)
    taster = running(student, cast, first_on=later, last_on=date(2026, 8, 7), status=Status.ENDED)
    Placement.objects.filter(pk=taster.pk).update(employer=cast.employer2)
    approved_weeks(taster, 1, approach="taster")
    review = next(one for one in completion_of(again(student), later).conditions if "final review" in one.name)
    assert review.says == "Employer has not been asked for it yet."
    final_review(cast.placement)
    assert again(student).has_review
    receipt = receipt_for(Student.objects.select_related("user", "tlevel", "specialism").get(pk=student.pk), later)
    assert [part.name for part in receipt.by_employer] == ["Employer", "Employer2 (work taster)"]


# --- Imported -----------------------------------------------------------------------------------------------------

HEADER = ["Student", "Employer name", "First day", "Last day", "Role", "Kind", "Monday"]
ROW = ["student@cast.test", "Employer", "04/01/2027", "04/01/2027", "Shadowing", "work taster", "09:00-15:00/30"]


def test_a_file_may_say_that_it_is_a_taster_and_cannot_make_another_kind_of_what_is_stored(cast):
    no_kind = [*ROW[:2], "11/01/2027", "11/01/2027", ROW[4], "", ROW[6]]
    applied(cast, "placements", csv_file(HEADER, ROW, no_kind))
    kinds = Placement.objects.filter(first_on__year=2027).order_by("first_on").values_list("kind", flat=True)
    assert list(kinds) == ["taster", "placement"]
    [again] = planned(cast.provider, "placements", csv_file(HEADER, ROW))
    assert (again.state, again.title) == ("unchanged", "Student Reed at Employer, taster of 4 January 2027")
    without = [cell for name, cell in zip(HEADER, ROW, strict=True) if name != "Kind"]
    [row] = planned(cast.provider, "placements", csv_file([name for name in HEADER if name != "Kind"], without))
    assert row.state == "unchanged"
    [row] = planned(cast.provider, "placements", csv_file(HEADER, [*ROW[:5], "Placement", ROW[6]]))
    assert said(row.details) == (
        "Kind: It is stored as a work taster. Remove that one while it is planned, or leave it."
    )


def test_other_days_in_a_file_are_looked_at_as_on_its_page(cast):
    header, row = HEADER[:-1], [*ROW[:2], "11/01/2027", "13/01/2027", *ROW[4:6]]
    applied(cast, "placements", csv_file([*HEADER, "Tuesday", "Wednesday"], [*row, *["09:00-16:30/30"] * 3]))
    [found] = planned(cast.provider, "placements", csv_file(header, [*row[:3], "15/01/2027", *row[4:]]))
    assert said(found.details) == (
        "last day: 13 January 2027 -> 15 January 2027 | "
        "working pattern: Mon to Wed 09:00-16:30/30 -> Mon to Fri 09:00-16:30/30"
    )
    longer = csv_file(header, [*row[:3], "19/01/2027", *row[4:]])
    [found] = planned(cast.provider, "placements", longer)
    assert said(found.details).endswith(
        " | That makes 49 h: all work tasters together count up to 35 h, so that 14 h cannot count."
    )
    Placement.objects.filter(first_on=date(2027, 1, 11)).update(status=Status.ACTIVE)
    applied(cast, "placements", longer)
    days = Placement.objects.get(first_on=date(2027, 1, 11)).pattern_days
    assert list(days.values_list("valid_from", "weekday")) == [(date(2027, 1, 11), n) for n in range(5)]
    over = csv_file(header, [*row[:3], "30/04/2027", *row[4:]])
    PlacementFactory(
        student=cast.student_record, employer=cast.employer2, first_on=date(2027, 4, 12), last_on=date(2027, 4, 30)
    )
    [found] = planned(cast.provider, "placements", over)
    assert said(found.details) == (
        "Last day: Monday, Tuesday, Wednesday, Thursday, Friday: These times overlap 09:00 to 17:00, agreed with "
        "Employer2 from 12 April 2027 to 30 April 2027."
    )


def test_what_is_unusual_about_a_taster_is_noted_and_a_bank_holiday_is_wrong(cast):
    def row(first, last, hours="09:00-15:00/30"):
        return ["student@cast.test", "Employer", first, last, "Shadowing", "work taster", hours]

    file = csv_file(
        HEADER,
        row("11/01/2027", "18/01/2027"),
        row("18/01/2027", "18/01/2027"),  # wrong, and so of no weight for the rows after it
        row("25/01/2027", "01/03/2027"),
        row("17/03/2025", "17/03/2025"),
        row("28/12/2026", "28/12/2026"),
    )
    says = [said(found.details) for found in planned(cast.provider, "placements", file)]
    assert says == [
        "+placement",
        "Monday: These times overlap 09:00 to 15:00, agreed with Employer from 11 January 2027 to 18 January 2027.",
        "+placement | That makes 33 h, with the 11 h of the others 44 h: all work tasters together count up to 35 h, "
        "so that 9 h cannot count.",
        "+placement | 17 March 2025 was 52 weeks ago. | That makes 5 h 30 min, with the 44 h of the others "
        "49 h 30 min: all work tasters together count up to 35 h, so that 14 h 30 min cannot count.",
        "First day: Monday 28 December is Boxing Day (substitute day): nothing is agreed on a bank holiday. "
        "Choose another day.",
    ]
