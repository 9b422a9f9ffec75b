"""The projected finish: pace of the last four complete weeks, along the agreed hours to come."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.hours.courses import AgreedDay, Course, facts_for
from placements.hours.projection import project, projections
from placements.hours.totals import rebuild
from placements.pattern import Pattern
from placements.timesheets.models import Absence, Spell
from students.models import Student
from tests.factories import PlacementFactory, SpellFactory, TimesheetFactory

TODAY = date(2026, 5, 20)  # a Wednesday; the last four complete weeks begin on 20 and 27 April, 4 and 11 May
WEEKS = [date(2026, 4, 20), date(2026, 4, 27), date(2026, 5, 4), date(2026, 5, 11)]
THIS_WEEK = date(2026, 5, 18)
FULL = [7 * 60] * 5


def course(recorded=(), *, week=FULL, first_on=date(2026, 3, 2), last_on=date(2026, 7, 31), status="active", away=()):
    """A placement from March to July; `recorded` are the minutes of its last four weeks, None: not handed in."""
    pattern = Pattern([AgreedDay(first_on, weekday, minutes) for weekday, minutes in enumerate(week) if minutes])
    handed_in = {monday: minutes for monday, minutes in zip(WEEKS, recorded, strict=False) if minutes is not None}
    return Course(first_on, last_on, status, pattern, frozenset(away), handed_in)


def projected(*courses, counted=0, waiting=0, required=315 * 60, today=TODAY):
    return project(counted=counted, waiting=waiting, required=required, courses=courses, today=today)


# 4 May 2026 is the early May bank holiday, 25 May the spring bank holiday: 19 agreed days in the four weeks.
AS_AGREED = course([2100, 2100, 1680, 2100])


def test_at_the_agreed_pace_the_hours_go_along_the_pattern():
    found = projected(AS_AGREED, counted=200 * 60, waiting=80 * 60)
    # 35 hours to go from Monday 18 May: five days of seven hours
    assert (found.state, found.finishes_on) == ("on_course", date(2026, 5, 22))
    assert found.pace == 1
    assert found.sentence() == "At this pace done on 22 May 2026"
    assert found.tone == "good"


def test_a_bank_holiday_to_come_is_skipped():
    found = projected(AS_AGREED, counted=273 * 60)
    # 42 hours to go: five days this week, no work on Monday 25 May, so Tuesday
    assert found.finishes_on == date(2026, 5, 26)


def test_an_absence_told_in_advance_is_skipped():
    away = [date(2026, 5, 26), date(2026, 5, 27)]
    found = projected(course([2100, 2100, 1680, 2100], away=away), counted=273 * 60)
    assert found.finishes_on == date(2026, 5, 28)


def test_half_the_agreed_pace_takes_twice_as_long():
    found = projected(course([1050, 1050, 840, 1050]), counted=280 * 60)
    # 35 hours at half a pace are 70 agreed hours: 5 days, then Tuesday 26 to Friday 29 May, then Monday 1 June
    assert (found.pace, found.finishes_on) == (Fraction(1, 2), date(2026, 6, 1))


def test_bank_holidays_and_absences_told_in_advance_are_left_out_of_the_pace():
    found = projected(course([2100, 2100, 420 * 3, 2100], away=[date(2026, 5, 8)]), counted=200 * 60)
    assert (found.recorded, found.agreed, found.pace) == (7560, 7560, 1)


def test_only_weeks_handed_in_make_the_pace_and_the_coverage_says_so():
    found = projected(course([2100, None, 840, None]), counted=200 * 60)
    assert found.pace == Fraction(2940, 3780)
    assert found.coverage() == "2 of 4 weeks handed in"


def test_under_two_weeks_handed_in_it_is_silent():
    found = projected(course([None, None, None, 2100]), counted=35 * 60)
    assert (found.state, found.pace, found.finishes_on, found.tone) == ("silent", None, None, "calm")
    assert found.sentence() == "Not enough yet to say when: 1 of 4 weeks handed in"


def test_a_young_placement_has_fewer_weeks_to_hand_in():
    found = projected(course([None, None, 1680, 2100], first_on=date(2026, 5, 4)), counted=63 * 60)
    assert (found.coverage(), found.pace) == ("2 of 2 weeks handed in", 1)


def test_a_week_without_agreed_work_asks_for_no_timesheet():
    away = [WEEKS[1] + timedelta(days=n) for n in range(5)]
    found = projected(course([2100, None, 1680, 2100], away=away), counted=200 * 60)
    assert found.coverage() == "3 of 3 weeks handed in"


def test_this_week_handed_in_already_is_not_worked_twice():
    handed_in = course([2100, 2100, 1680, 2100])
    handed_in.handed_in[THIS_WEEK] = 2100
    assert projected(handed_in, counted=308 * 60).finishes_on == date(2026, 5, 26)


def test_no_finish_lies_in_the_past():
    assert projected(AS_AGREED, counted=308 * 60).finishes_on == TODAY


def test_what_is_not_reached_by_the_last_day_is_said_in_hours():
    found = projected(course([1050, 1050, 840, 1050], last_on=date(2026, 6, 5)), counted=265 * 60)
    # 14 agreed days until 5 June (25 May is a bank holiday) give 98 hours, 49 at half the pace; 50 are to go
    assert (found.state, found.short_by, found.short_anyway) == ("short", 60, 0)
    assert found.sentence() == "At this pace 1 h short on the last day, 5 June 2026"
    assert found.tone == "attention"


def test_what_cannot_be_reached_even_as_agreed_is_a_problem():
    found = projected(course([1050, 1050, 840, 1050], last_on=date(2026, 6, 5)), counted=100 * 60)
    assert (found.short_by, found.short_anyway, found.tone) == ((215 - 49) * 60, (215 - 98) * 60, "problem")


def test_a_pace_of_nothing_never_arrives():
    found = projected(course([0, 0, 0, 0]), counted=200 * 60)
    assert (found.state, found.short_by) == ("short", 115 * 60)


def test_silence_still_says_when_the_agreed_hours_fall_short():
    found = projected(course([], last_on=date(2026, 6, 5)))
    assert found.tone == "attention"
    assert found.sentence() == "Not enough yet to say when: 0 of 4 weeks handed in. The agreed hours end 84 h short"


def test_hours_reached_are_done_and_waiting_ones_are_named():
    assert projected(AS_AGREED, counted=315 * 60).sentence() == "All required hours are approved"
    found = projected(AS_AGREED, counted=300 * 60, waiting=15 * 60)
    assert (found.sentence(), found.tone) == ("Enough hours once the waiting weeks are approved", "waiting")


def test_no_placement_is_said():
    assert projected().sentence() == "No placement yet"


def test_a_placement_that_has_not_begun_says_when_it_starts():
    found = projected(course(first_on=date(2026, 6, 1), last_on=date(2026, 9, 30), status="planned"))
    assert (found.sentence(), found.tone) == ("Starts on 1 June 2026", "calm")


def test_a_placement_without_a_pattern_says_so():
    assert projected(course(week=[])).sentence() == "No working pattern yet"


def test_after_the_last_placement_the_hours_missing_are_a_fact():
    found = projected(course(last_on=date(2026, 4, 3), status="ended"), counted=300 * 60)
    assert (found.sentence(), found.tone) == ("15 h short, and no agreed days are left", "problem")


def test_weeks_still_missing_soften_the_fact():
    found = projected(course([2100], last_on=date(2026, 5, 8)), counted=300 * 60)
    assert found.sentence() == "15 h short, and no agreed days are left; 1 of 3 weeks handed in"
    assert (found.awaited, found.tone) == ((35 + 28) * 60, "attention")


def test_weeks_still_missing_are_no_excuse_for_more_than_they_hold():
    assert projected(course([2100], last_on=date(2026, 5, 8)), counted=200 * 60).tone == "problem"


def test_a_week_that_has_just_ended_is_still_to_come():
    handed_in, not_yet = course([2100, 2100, 1680, 2100]), course([2100, 2100, 1680, None])
    assert projected(handed_in, counted=280 * 60).finishes_on == date(2026, 5, 22)
    assert projected(not_yet, counted=(280 - 35) * 60).finishes_on == date(2026, 5, 22)
    assert projected(not_yet, counted=280 * 60).how()[2:4] == [
        "35 h are still to go, and 413 h are agreed from last week, which is not handed in yet, until 31 July 2026.",
        "Bank holidays and absences told in advance are left out, and so are earlier weeks not handed in.",
    ]


def test_the_last_week_of_a_placement_is_to_come_until_the_next_is_over():
    last_week = course([2100, 2100, 1680, None], last_on=date(2026, 5, 15))
    assert projected(last_week, counted=280 * 60).finishes_on == TODAY
    ended = course([2100, 2100, 1680, None], last_on=date(2026, 5, 15), status="ended")
    assert (projected(ended, counted=280 * 60).state, projected(ended, counted=280 * 60).tone) == ("over", "attention")


def test_two_placements_at_once_go_along_both_patterns():
    mornings = course([1050, 1050, 840, 1050], week=[210] * 5)
    evenings = course([1050, 1050, 840, 1050], week=[210] * 5)
    assert projected(mornings, evenings, counted=280 * 60).finishes_on == date(2026, 5, 22)


def test_a_week_counts_as_handed_in_when_all_placements_have_handed_it_in():
    found = projected(course([2100, 2100, 1680, 2100]), course([2100, None, 1680, None]), counted=280 * 60)
    assert found.coverage() == "2 of 4 weeks handed in"


def test_a_second_placement_planned_for_later_is_walked_as_well():
    ended = course([2100, 2100, 1680, 2100], last_on=date(2026, 5, 15), status="ended")
    later = course(first_on=date(2026, 6, 1), last_on=date(2026, 7, 31), status="planned")
    assert projected(ended, later, counted=280 * 60).finishes_on == date(2026, 6, 5)


def test_how_it_came_about_is_told_in_sentences():
    assert projected(course([1050, None, 840, 1050]), counted=265 * 60).how() == [
        "Looked at: the last 4 complete weeks. 3 of 4 weeks handed in.",
        "In those handed in, 49 h count, or will once approved, where 98 h were agreed: a pace of 50%.",
        "50 h are still to go, and 378 h are agreed from this week until 31 July 2026.",
        "Bank holidays and absences told in advance are left out, and so are weeks not handed in.",
        "At this pace done on 8 June 2026.",
    ]


recorded = st.lists(st.one_of(st.none(), st.integers(0, 4000)), min_size=4, max_size=4)


@given(recorded, st.integers(0, 400 * 60), st.sets(st.dates(date(2026, 4, 1), date(2026, 7, 31)), max_size=5))
def test_the_finish_is_the_first_day_on_which_the_hours_are_reached(minutes, counted, away):
    some = course(minutes, away=away)
    found = projected(some, counted=counted)
    start = THIS_WEEK if minutes[-1] is not None else WEEKS[-1]
    if found.state == "on_course":
        reached = some.agreed(start, found.finishes_on) * found.pace
        assert reached >= found.remaining
        if found.finishes_on > TODAY:
            assert some.agreed(start, found.finishes_on - timedelta(days=1)) * found.pace < found.remaining
    elif found.state == "short":
        assert (
            found.remaining - 1 < found.short_by + some.agreed(start, some.last_on) * found.pace <= found.remaining + 1
        )
    assert found.tone in {"calm", "waiting", "good", "attention", "problem"}
    assert found.sentence()
    assert found.how()[-1].endswith(".")


@given(recorded, st.integers(0, 314 * 60), st.integers(0, 600))
def test_more_hours_never_move_the_finish_back(minutes, counted, more):
    before, after = projected(course(minutes), counted=counted), projected(course(minutes), counted=counted + more)
    if before.state == "on_course" and after.state == "on_course":
        assert after.finishes_on <= before.finishes_on
    assert after.short_by <= before.short_by


# --- from the database ---


def hand_in(placement, monday, hours, status="approved"):
    stamps = {"handed_in_at": "2026-05-17T12:00Z", "handed_in_by": placement.student.user}
    if status == "approved":
        stamps |= {"decided_at": "2026-05-17T12:00Z", "decided_by": placement.manager}
    if status == "draft":
        stamps = {}
    timesheet = TimesheetFactory(placement=placement, monday=monday, status=status, **stamps)
    Spell.objects.bulk_create(
        SpellFactory.build(timesheet=timesheet, day=monday + timedelta(days=n), minutes=420) for n in range(hours // 7)
    )
    return timesheet


@pytest.mark.django_db
def test_facts_come_from_weeks_handed_in_or_approved(cast):
    hand_in(cast.placement, WEEKS[0], 35)
    hand_in(cast.placement, WEEKS[1], 28, status="handed_in")
    hand_in(cast.placement, WEEKS[2], 35, status="draft")
    Absence.objects.create(placement=cast.placement, day=date(2026, 4, 20), kind="sick", foreseen=True)
    Absence.objects.create(placement=cast.placement, day=date(2026, 4, 21), kind="sick", foreseen=False)
    found = facts_for([cast.student_record.pk], TODAY)[cast.student_record.pk][0]
    assert (found.first_on, found.last_on, found.status) == (date(2026, 3, 2), date(2026, 7, 31), "active")
    assert found.away == {date(2026, 4, 20)}
    assert found.handed_in == {WEEKS[0]: 28 * 60, WEEKS[1]: 28 * 60}
    assert found.agreed(WEEKS[0], WEEKS[0] + timedelta(days=6)) == 28 * 60


@pytest.mark.django_db
def test_hours_worked_on_a_bank_holiday_do_not_lift_the_pace(cast):
    hand_in(cast.placement, date(2026, 5, 4), 35)
    found = facts_for([cast.student_record.pk], TODAY)[cast.student_record.pk][0]
    assert found.handed_in == {date(2026, 5, 4): 28 * 60}


@pytest.mark.django_db
def test_projections_of_many_take_three_queries(cast, django_assert_num_queries):
    for more in (1, 2):
        for placement in [PlacementFactory() for _ in range(more)]:
            for monday in WEEKS:
                hand_in(placement, monday, 35)
        rebuild(Student.objects.values_list("pk", flat=True))
        students = list(Student.objects.select_related("hours"))
        with django_assert_num_queries(3):
            found = projections(students, TODAY)
        assert set(found) == {student.pk for student in students}


@pytest.mark.django_db
def test_a_projection_reads_the_kept_totals(cast):
    for monday in WEEKS:
        hand_in(cast.placement, monday, 35)
    rebuild([cast.student_record.pk])
    student = Student.objects.select_related("hours").get(pk=cast.student_record.pk)
    found = projections([student], TODAY)[student.pk]
    assert found.remaining == 315 * 60 - 4 * 35 * 60
    # 175 h at a pace of 133/133: 5 weeks of 35 h, less the bank holiday on 25 May
    assert found.finishes_on == date(2026, 6, 22)


@pytest.mark.django_db
def test_hours_past_a_cap_do_not_lift_the_pace(cast):
    for n in range(12):  # 84 h of work tasters, of which 35 count, and then four weeks of which nothing counts
        hand_in(cast.placement, WEEKS[3] - timedelta(weeks=n), 7)
    Spell.objects.update(approach="taster")
    rebuild([cast.student_record.pk])
    found = facts_for([cast.student_record.pk], TODAY)[cast.student_record.pk][0]
    assert found.handed_in == {WEEKS[0]: 0, WEEKS[1]: 0, WEEKS[2]: 0, WEEKS[3]: 0}


@pytest.mark.django_db
def test_a_pace_of_hours_that_count_takes_two_more_queries(cast, django_assert_num_queries):
    students = [cast.student_record, PlacementFactory().student, PlacementFactory().student]
    for student in students:
        for n in range(4):
            hand_in(student.placements.get(), WEEKS[n], 28)
    Spell.objects.update(approach="taster")
    rebuild([student.pk for student in students])
    with django_assert_num_queries(5):
        found = facts_for([student.pk for student in students], TODAY)
    # 28 of the 35 hours that may be tasters are used up in the first week, 7 in the second
    assert found[students[0].pk][0].handed_in == {WEEKS[0]: 1680, WEEKS[1]: 420, WEEKS[2]: 0, WEEKS[3]: 0}
