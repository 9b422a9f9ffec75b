"""How a student stands: the judgement in sentences, its signs, and the kept standings."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from placements.hours.projection import Projection
from placements.models import Placement
from placements.timesheets.models import Spell
from portal.clock import tick
from reviews.dashboards.views.moves import move
from reviews.forms.models import ReviewForm
from reviews.meetings.models import Meeting
from reviews.risk.clock import look_at_students
from reviews.risk.judging import Ground, Level, judge
from reviews.risk.keeping import due, reckon, touch
from reviews.risk.models import Phase, Standing
from reviews.risk.showing import standing_of_student
from reviews.risk.signs import Signs, signs_of
from students.models import Student
from students.tlevels.deadline import current_years, deadline_of, is_final_year, last_chance_of
from tests.conftest import signed_in
from tests.factories import (
    PlacementFactory,
    SpellFactory,
    StudentFactory,
    TimesheetFactory,
    many_placements,
    many_students,
)
from tests.reviews.signoffs import approved_weeks

TODAY = date(2026, 3, 25)  # a Wednesday
H = 60
YOUNG = date(2009, 1, 15)  # 17 on that day
pytestmark = pytest.mark.django_db  # the rules


def judged(projection, *, entry_year="2024/25", born_on=YOUNG, awaited=None, today=TODAY, **signs):
    return judge(
        projection, entry_year=entry_year, born_on=born_on, awaited_monday=awaited, signs=Signs(**signs), today=today
    )


def paced(state, *, recorded=28, weeks=2, remaining=100, **more):
    facts = {"remaining": remaining * H, "weeks_due": 4, "weeks_handed_in": weeks, "recorded": recorded * H}
    return Projection(
        state, **facts | {"agreed": 28 * H, "agreed_to_come": 500 * H, "last_on": date(2026, 7, 3)} | more
    )


# --- Dates ----------------------------------------------------------------------------------------------------------


def test_the_hours_are_due_by_31_july_of_the_second_year_and_october_is_the_last_chance():
    assert deadline_of("2024/25") == date(2026, 7, 31)
    assert last_chance_of("2024/25") == date(2026, 10, 31)


def test_the_final_year_begins_in_september():
    assert not is_final_year("2024/25", date(2025, 8, 31))
    assert is_final_year("2024/25", date(2025, 9, 1))


@pytest.mark.parametrize(
    ("today", "years"),
    [
        (date(2026, 10, 31), ["2024/25", "2025/26", "2026/27"]),
        (date(2026, 11, 1), ["2025/26", "2026/27"]),
        (date(2026, 8, 31), ["2024/25", "2025/26"]),
    ],
)
def test_a_year_is_current_until_its_last_chance_is_over(today, years):
    assert current_years(today) == years


# --- The judgement --------------------------------------------------------------------------------------------------


def test_on_track_says_when_and_how_long_before_31_july():
    risk = judged(paced("on_course", finishes_on=date(2026, 5, 15)))
    assert (risk.level, risk.label, risk.tone) == (Level.ON_TRACK, "On track", "good")
    assert risk.reasons == ("At this pace done on 15 May 2026, 77 days before 31 July 2026.",)
    assert risk.coverage == "Of the last weeks, 2 of 4 weeks handed in"


def test_who_has_the_hours_is_on_track_whatever_week_is_missing():
    risk = judged(Projection("done"), awaited=date(2026, 1, 5), sent_back=1)
    assert (risk.level, risk.reasons) == (Level.ON_TRACK, ("All required hours are approved.",))
    assert risk.coverage == "The approved hours"
    assert judged(Projection("waiting")).coverage == "The approved hours and those that wait"


def test_who_is_signed_off_is_on_track_whatever_the_hours():
    risk = judge(
        Projection("none", remaining=315 * H), entry_year="2020/21", born_on=YOUNG, awaited_monday=None,
        signs=Signs(meetings=1), today=TODAY, is_signed_off=True,
    )  # fmt: skip
    assert (risk.level, risk.sentence()) == (Level.ON_TRACK, "On track: The placement is signed off.")


def test_too_few_weeks_are_not_enough_yet_and_never_a_guess():
    risk = judged(paced("silent", weeks=1, recorded=1))
    assert (risk.level, risk.label) == (Level.NOT_ENOUGH, "Not enough yet to say")
    assert risk.sentence() == "Not enough yet to say: 1 of 4 weeks handed in."


def test_a_pace_that_falls_short_by_31_july_cannot_reach_the_hours():
    risk = judged(paced("short", recorded=8, remaining=200, short_by=100 * H))
    assert risk.level == Level.OUT_OF_REACH
    assert (risk.out_of_reach.ground, risk.out_of_reach.short) == (Ground.PACE, 125 * H + 9)
    assert risk.reasons == (
        "At the present pace of about 4 h a week, about 125 h would be missing on 31 July 2026, even if work went on "
        "until then. More days or a second placement would be needed.",
    )


def test_the_same_pace_is_enough_for_who_has_another_year():
    risk = judged(paced("short", recorded=8, remaining=200, short_by=100 * H), entry_year="2025/26")
    assert risk.level == Level.WATCH
    assert risk.reasons == ("At this pace 100 h short on the last day, 3 July 2026. All agreed hours would do.",)


def test_agreed_hours_that_do_not_reach_are_a_risk():
    risk = judged(paced("short", short_by=30 * H, agreed_to_come=80 * H))
    assert risk.level == Level.AT_RISK
    assert risk.reasons == (
        "At this pace 30 h short on the last day, 3 July 2026. Even all agreed hours would leave 20 h missing.",
    )


def test_a_finish_after_31_july_is_too_late():
    risk = judged(paced("on_course", finishes_on=date(2026, 8, 7)))
    assert (risk.level, risk.reasons) == (
        Level.OUT_OF_REACH,
        ("At the present pace done on 7 August 2026 only, after 31 July 2026.",),
    )


def test_without_agreed_days_the_rest_is_missing():
    risk = judged(paced("over", weeks=4, recorded=56, remaining=40, agreed_to_come=0))
    assert (risk.level, risk.reasons) == (Level.AT_RISK, ("40 h short, and no agreed days are left.",))
    risk = judged(paced("over", weeks=2, recorded=28, remaining=40, agreed_to_come=0, awaited=28 * H))
    assert risk.level == Level.AT_RISK
    risk = judged(paced("over", weeks=2, recorded=28, remaining=40, agreed_to_come=0, awaited=42 * H))
    assert risk.level == Level.WATCH


def test_without_a_working_pattern_nothing_is_worked_out():
    risk = judged(paced("unplanned", agreed_to_come=0))
    says = "No days and times are agreed, so that nothing can be worked out."
    assert (risk.level, risk.reasons) == (Level.WATCH, (says,))


def test_weeks_that_may_still_come_in_are_hoped_for():
    risk = judged(paced("short", short_by=30 * H, agreed_to_come=80 * H, awaited=28 * H))
    assert (risk.level, risk.reasons[0]) == (
        Level.WATCH,
        "At this pace 30 h short on the last day, 3 July 2026. All agreed hours would do, with the weeks that are not "
        "handed in yet.",
    )


def test_who_works_more_than_agreed_is_told_one_figure():
    risk = judged(paced("short", short_by=2 * H, agreed_to_come=95 * H))
    assert (risk.level, risk.reasons) == (
        Level.AT_RISK,
        ("At this pace 2 h short on the last day, 3 July 2026.",),
    )


def test_not_even_full_weeks_would_do():
    risk = judged(Projection("none", remaining=315 * H), today=date(2026, 6, 24))
    assert risk.level == Level.OUT_OF_REACH
    possible = 5 * 40 + 40 * 5 / 7  # five weeks, and Monday to Friday
    assert (risk.out_of_reach.ground, risk.out_of_reach.short) == (Ground.WEEKS, 315 * H - int(possible * H))
    assert risk.reasons == ("315 h are missing. Not even full weeks of 40 h until 31 July 2026 would do.",)


@pytest.mark.parametrize(
    ("born_on", "reachable", "full"),
    [
        (date(2010, 1, 15), 74, "40 h"),  # 17 in July 2027, 13 days from Monday the 19th to Saturday the 31st
        (date(2009, 1, 15), 89, "48 h"),
        (date(2009, 7, 28), 81, "40 h and then 48 h"),  # 18 on the last Wednesday
    ],
)
def test_a_full_week_is_that_of_the_age(born_on, reachable, full):
    def judged_with(missing):
        projection = Projection("none", remaining=missing * H)
        return judged(projection, entry_year="2025/26", born_on=born_on, today=date(2027, 7, 21))

    assert judged_with(reachable).level == Level.AT_RISK
    assert judged_with(reachable + 1).reasons == (
        f"{reachable + 1} h are missing. Not even full weeks of {full} until 31 July 2027 would do.",
    )


def test_after_31_july_the_last_date_is_named():
    risk = judged(paced("over", remaining=40), today=date(2026, 8, 3))
    assert risk.reasons == (
        "31 July 2026 has passed, and 40 h are missing. 31 October 2026 is the last date to be certificated with the "
        "others.",
    )


@pytest.mark.parametrize(
    ("entry_year", "today", "level", "says"),
    [
        ("2025/26", TODAY, Level.NOT_ENOUGH, "No placement yet. 70 weeks are left until 31 July 2027."),
        ("2024/25", date(2025, 11, 5), Level.WATCH, "No placement yet. 38 weeks are left until 31 July 2026."),
        (
            "2024/25", TODAY, Level.AT_RISK,
            "No placement yet. At two days (14 h) a week it would take 23 weeks, and 18 are left until 31 July 2026.",
        ),
    ],
)  # fmt: skip
def test_without_a_placement_the_time_left_decides(entry_year, today, level, says):
    risk = judged(Projection("none", remaining=315 * H), entry_year=entry_year, today=today)
    assert (risk.level, risk.reasons, risk.coverage) == (level, (says,), "No placement yet")


def test_missing_weeks_are_watched_and_after_four_a_risk():
    late = judged(paced("on_course", finishes_on=date(2026, 5, 15)), awaited=date(2026, 3, 16))
    assert (late.level, late.reasons[0]) == (
        Level.WATCH, "Not everything is handed in for the week of 16 March 2026.",
    )  # fmt: skip
    very = judged(paced("silent", weeks=0, recorded=0), awaited=date(2026, 2, 23))
    assert (very.level, very.reasons[0]) == (
        Level.AT_RISK, "Not everything is handed in since the week of 23 February 2026.",
    )  # fmt: skip


def test_goals_weeks_that_came_back_and_reviews_are_told_with_the_gravest_first():
    risk = judged(paced("on_course", finishes_on=date(2026, 5, 15)), sent_back=2, without_goals=1, meetings=1, forms=1)
    assert risk.level == Level.WATCH
    assert risk.reasons == (
        "2 weeks came back and are not handed in again.",
        "On placement without learning goals that tutor and line manager agreed to.",
        "A review meeting is overdue.",
        "The line manager's review form has not come in, in spite of two reminders.",
        "At this pace done on 15 May 2026, 77 days before 31 July 2026.",
    )


# --- The signs ------------------------------------------------------------------------------------------------------


@pytest.fixture
def _in_march():
    with time_machine.travel("2026-03-25T12:00Z", tick=False):
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("_in_march")
def test_signs_are_counted_in_one_query(cast, django_assert_num_queries):
    now, placement, pk = timezone.now(), cast.placement, cast.student_record.pk
    late = now - timedelta(days=9)
    Meeting.objects.create(placement=placement, title="Midway", due_on=TODAY - timedelta(days=1))
    Meeting.objects.create(placement=placement, title="End", due_on=TODAY)
    Meeting.objects.create(
        placement=placement, title="First", due_on=TODAY, status="agreed", starts_at=now - timedelta(days=1)
    )
    ReviewForm.objects.create(placement=placement, occasion="midway", asked_at=late)
    week = TimesheetFactory(placement=placement, monday=date(2026, 3, 2))
    SpellFactory(timesheet=week)
    week.hand_in(by=cast.student)
    week.send_back(by=cast.manager, reason="You left at three")
    for _ in range(2):
        with django_assert_num_queries(1):
            found = signs_of([pk, cast.student_record2.pk], now)
    assert found[pk] == Signs(sent_back=1, without_goals=1, meetings=2, forms=1)
    assert found[cast.student_record2.pk] == Signs(without_goals=1)


# --- The kept standings ---------------------------------------------------------------------------------------------


def kept(student) -> Standing:
    return Standing.objects.get(pk=student.pk)


def a_week(placement, monday):
    week = TimesheetFactory(placement=placement, monday=monday)
    worked = [monday + timedelta(days=n) for n in range(5)]
    Spell.objects.bulk_create(SpellFactory.build(timesheet=week, day=day, minutes=420) for day in worked)
    week.hand_in(by=placement.student.user)
    week.approve(by=placement.manager)
    return week


@pytest.mark.django_db
@pytest.mark.usefixtures("_in_march")
def test_the_clock_looks_at_everybody_once_and_again_after_something_happened(cast):
    assert tick() == []
    standing = kept(cast.student_record)
    assert (standing.phase, standing.level, standing.progress) == (Phase.ACTIVE, Level.WATCH, 0)
    assert standing.reasons[0] == "Not everything is handed in since the week of 2 March 2026."
    assert due(timezone.now(), 10) == []
    approved_weeks(cast.placement, 2)
    a_week(cast.placement, date(2026, 3, 16))
    assert due(timezone.now(), 10) == [cast.student_record.pk]
    look_at_students(timezone.now())
    standing = kept(cast.student_record)
    assert (standing.progress, standing.missing, standing.is_stale) == (33, False, False)
    assert standing.reasons == [
        "On placement without learning goals that tutor and line manager agreed to.",
        "At this pace done on 6 May 2026, 451 days before 31 July 2027.",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(("today", "is_missing"), [("2026-03-10T12:00Z", False), ("2026-03-11T12:00Z", True)])
def test_the_first_week_is_missing_from_the_wednesday_after_it(cast, today, is_missing):
    with time_machine.travel(today, tick=False):
        reckon([cast.student_record.pk])
    assert kept(cast.student_record).missing is is_missing


@pytest.mark.django_db
@pytest.mark.usefixtures("_in_march")
def test_every_night_all_who_are_on_their_course_are_looked_at_again(cast):
    old = StudentFactory(provider=cast.provider, entry_year="2020/21")
    reckon(Student.objects.values_list("pk", flat=True))
    tomorrow = timezone.now() + timedelta(days=1)
    assert old.pk not in due(tomorrow, 100)
    assert cast.student_record.pk in due(tomorrow, 100)
    assert len(due(tomorrow, 2)) == 2


@pytest.mark.django_db
@pytest.mark.usefixtures("_in_march")
def test_looking_takes_the_same_queries_for_any_number(cast, django_assert_num_queries):
    students = many_students(3, provider=cast.provider)
    many_placements(students, employer=cast.employer, manager=cast.manager)
    pks = [student.pk for student in students]
    reckon(pks)
    for number in (1, 3):
        touch(pks[:number])
        with django_assert_num_queries(9):
            reckon(pks[:number])


@pytest.mark.django_db
@pytest.mark.usefixtures("_in_march")
def test_the_phase_follows_from_the_placements(cast):
    planned = PlacementFactory(status=Placement.Status.PLANNED, first_on=date(2026, 5, 4)).student
    ending = PlacementFactory(last_on=TODAY + timedelta(days=28)).student
    without = StudentFactory()
    reckon([planned.pk, ending.pk, without.pk, cast.student_record.pk])
    found = [kept(student).phase for student in (planned, ending, without, cast.student_record)]
    assert found == ["planned", "ending", "without", "active"]


@pytest.mark.django_db
@pytest.mark.usefixtures("_in_march")
def test_a_moved_meeting_marks_the_student(cast):
    reckon([cast.student_record.pk])
    meeting = Meeting.objects.create(placement=cast.placement, title="Midway", due_on=TODAY)
    meeting.cancel(by=cast.tutor, reason="Not needed")
    assert kept(cast.student_record).is_stale


@pytest.mark.django_db
@pytest.mark.usefixtures("_in_march")
def test_who_ends_a_placement_reads_at_once_how_the_student_stands(cast, django_capture_on_commit_callbacks):
    reckon([cast.student_record.pk])
    with django_capture_on_commit_callbacks(execute=True):
        cast.placement.end(by=cast.tutor, reason="Moved away")
    standing = kept(cast.student_record)
    assert (standing.phase, standing.level, standing.is_stale) == (Phase.WITHOUT, Level.AT_RISK, False)
    with django_capture_on_commit_callbacks(execute=True):
        cast.placement.resume(by=cast.tutor, last_on=date(2026, 7, 31))
    assert (kept(cast.student_record).phase, kept(cast.student_record).is_stale) == (Phase.ACTIVE, False)
    with django_capture_on_commit_callbacks(execute=True):
        cast.placement.end(by=None, reason="The last day has passed.")
    assert kept(cast.student_record).is_stale


@pytest.mark.django_db
@pytest.mark.usefixtures("_in_march")
def test_who_moves_to_another_tutor_is_looked_at_again(cast):
    reckon([cast.student_record.pk])
    move(Student.objects.filter(pk=cast.student_record.pk), cast.tutor2, by=cast.coordinator)
    assert due(timezone.now(), 10)[0] == cast.student_record.pk
    look_at_students(timezone.now())
    assert kept(cast.student_record).tutor == cast.tutor2


@pytest.mark.django_db
@pytest.mark.usefixtures("_in_march")
def test_the_rebuild_says_what_differed_and_agrees_with_what_is_kept(cast, capsys):
    reckon(Student.objects.values_list("pk", flat=True))
    call_command("rebuild_standings")
    assert capsys.readouterr().out == "3 students looked at, 0 stood otherwise than was kept.\n"
    Standing.objects.filter(pk=cast.student_record.pk).update(level=Level.AT_RISK, progress=70)
    call_command("rebuild_standings", ukprn=cast.provider.ukprn)
    assert "1 stood otherwise" in capsys.readouterr().out
    assert kept(cast.student_record).level == Level.WATCH
    with pytest.raises(CommandError, match="no provider with the UKPRN 1"):
        call_command("rebuild_standings", ukprn="1")


# --- What staff and students are told of it -------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.usefixtures("_in_march")
def test_the_tutor_is_told_that_the_hours_are_out_of_reach_and_reads_what_can_help(cast):
    reckon([cast.student_record.pk])
    home = signed_in(cast.tutor).get("/caseload/").content.decode()
    assert "The hours cannot be reached any more as things are" not in home
    Student.objects.filter(pk=cast.student_record.pk).update(entry_year="2023/24")
    reckon([cast.student_record.pk])
    path = f"/students/{cast.student_record.pk}/complete/"
    home = signed_in(cast.tutor).get("/caseload/").content.decode()
    assert home.count("The hours cannot be reached any more as things are") == 1
    assert f'href="{path}"' in home
    page = signed_in(cast.tutor).get(path).content.decode()
    assert "31 July 2025 has passed, and 315 h are missing." in page
    for act in ("/placements/add/", f"/students/{cast.student_record.pk}/considerations/new/"):
        assert act in page
    assert "The hours cannot be reached" not in signed_in(cast.student).get("/complete/").content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("_in_march")
@pytest.mark.parametrize("path", ["/hours/", "/complete/"])
def test_students_read_until_when_they_have_time(cast, path):
    says = "You have time until 31 July 2027, the end of your final year."
    assert says in signed_in(cast.student).get(path).content.decode()


def test_a_standing_from_before_the_latest_change_says_so():
    student = Student(pk=1, standing=Standing(level=Level.WATCH, reasons=["Not everything is handed in."]))
    assert standing_of_student(student, None).says == "Watch: Not everything is handed in."
    student.standing.is_stale = True
    assert standing_of_student(student, None).says == (
        "Watch: Not everything is handed in. This is from before the latest change and is renewed in a moment."
    )
