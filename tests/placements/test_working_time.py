"""Working time: limits under 18 and from 18 on, of a plan and of a record (Working Time Regulations 1998)."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.models import PatternDay
from placements.working_time import Mean, Work, in_hours, plan_problems, week_problems
from students.tlevels.rules import WorkingTime

MONDAY = date(2026, 3, 2)
UNDER_18 = WorkingTime(0, 18, 480, 2400, 1, 270, 30, 720, 2880, time(22), time(6))
FROM_18 = WorkingTime(18, 200, None, 2880, 17, 360, 20, 660, 1440, None, None)


def at(day, starts, finishes, pause=0):
    return Work(MONDAY + timedelta(days=day), starts, finishes, pause)


def usual(*days, pause=60):
    return [at(day, time(9), time(17), pause) for day in days]


def codes(work, limits=UNDER_18, mean=None):
    return [problem.code for problem in week_problems(MONDAY, work, lambda day: limits, mean)]


def said(work, limits=UNDER_18, mean=None):
    return [problem.says for problem in week_problems(MONDAY, work, lambda day: limits, mean)]


def test_neither_a_usual_week_nor_an_empty_one_breaks_anything():
    assert codes(usual(0, 1, 2, 3, 4)) == []
    assert codes(usual(0, 1, 2, 3, 4), FROM_18) == []
    assert codes([]) == []


def test_more_than_eight_hours_a_day_without_the_break_are_too_many_under_18_only():
    assert said([at(0, time(8), time(17), 45)]) == ["8 h 15 min on one day. Under 18 it is at most 8 h a day."]
    assert codes([at(0, time(8), time(17), 60)]) == []
    assert codes([at(0, time(7), time(20), 60)], FROM_18) == []


def test_hours_of_all_spells_of_a_day_are_added_up():
    work = [at(0, time(8), time(12)), at(0, time(13), time(17, 30))]
    assert codes(work) == ["long_day"]


def test_a_break_is_due_after_four_and_a_half_hours_under_18():
    assert said([at(0, time(9), time(13, 31))]) == [
        "4 h 31 min without a break. Under 18 a break of 30 min is due after 4 h 30 min."
    ]
    assert codes([at(0, time(9), time(13, 30))]) == []


def test_a_break_that_is_too_short_is_named():
    assert said([at(0, time(9), time(15), 20)]) == [
        "5 h 40 min with a break of 20 min. Under 18 a break of 30 min is due after 4 h 30 min."
    ]


def test_a_break_is_due_after_six_hours_from_18_on():
    assert codes([at(0, time(9), time(15))], FROM_18) == []
    assert said([at(0, time(9), time(15, 10))], FROM_18) == [
        "6 h 10 min without a break. From 18 on a break of 20 min is due after 6 h."
    ]


def test_time_between_two_spells_is_a_break():
    assert codes([at(0, time(9), time(12)), at(0, time(12, 30), time(15))]) == []


def test_a_long_stretch_without_a_break_is_named_whatever_comes_later_in_the_day():
    assert said([at(0, time(8), time(15)), at(0, time(18), time(19))]) == [
        "7 h without a break. Under 18 a break of 30 min is due after 4 h 30 min."
    ]
    assert codes([at(0, time(9), time(13, 40)), at(0, time(14, 10), time(14, 11))]) == ["no_break"]


def test_two_short_breaks_are_not_a_long_one():
    assert said([at(0, time(9), time(12), 15), at(0, time(12), time(15), 15)]) == [
        "5 h 30 min with a break of 15 min. Under 18 a break of 30 min is due after 4 h 30 min."
    ]


def test_the_break_of_the_next_spell_may_lie_at_its_beginning():
    assert codes([at(0, time(9), time(13)), at(0, time(13), time(17), 30)]) == []


def test_of_two_long_stretches_on_a_day_the_longer_one_is_named():
    assert said([at(0, time(6), time(12, 30)), at(0, time(13), time(20))], FROM_18) == [
        "7 h without a break. From 18 on a break of 20 min is due after 6 h."
    ]


def test_spells_of_two_employers_that_overlap_give_no_negative_break():
    assert codes([at(0, time(9), time(12), 30), at(0, time(11), time(14))]) == []


@pytest.mark.parametrize(("starts", "finishes"), [(time(5, 59), time(9)), (time(19), time(22, 1))])
def test_no_work_at_night_under_18(starts, finishes):
    assert said([at(0, starts, finishes)]) == ["Work between 22:00 and 06:00. Under 18 there is no night work."]


def test_work_up_to_the_night_is_allowed_under_18_and_at_night_from_18_on():
    assert codes([at(0, time(6), time(9)), at(1, time(19), time(22))]) == []
    assert codes([at(0, time(3), time(9))], FROM_18) == []


def test_twelve_hours_of_rest_between_days_are_due_under_18_and_eleven_from_18_on():
    eleven = [at(0, time(13), time(21), 60), at(1, time(8), time(12))]
    assert said(eleven) == ["11 h of rest after the day before. Under 18 at least 12 h are due."]
    assert codes(eleven, FROM_18) == []


def test_the_sunday_before_counts_for_the_rest_of_monday():
    assert codes([at(-1, time(13), time(21), 60), at(0, time(8), time(12))]) == ["short_rest"]


def night(day, until=time(4)):
    """A night's work, split at midnight as the page asks for."""
    return [at(day, time(20), time(0), 20), at(day + 1, time(0), until)]


def test_work_over_midnight_is_one_shift_and_no_rest_of_a_minute():
    assert codes(night(0) + night(1) + night(2), FROM_18) == []
    assert codes([at(0, time(20), time(23, 59), 20), at(1, time(0), time(4))], FROM_18) == []


def test_a_break_at_midnight_is_no_rest_between_days():
    assert codes([at(0, time(20), time(0)), at(1, time(0, 30), time(4))], FROM_18) == []


def test_the_rest_after_a_night_is_looked_at():
    assert said([*night(0), at(1, time(14, 59), time(19))], FROM_18) == [
        "10 h 59 min of rest after the night before. From 18 on at least 11 h are due."
    ]
    assert codes([*night(0), at(1, time(15), time(19))], FROM_18) == []


def test_a_long_stretch_over_midnight_is_of_the_day_on_which_it_began():
    [problem] = week_problems(MONDAY, [at(0, time(20), time(0)), at(1, time(0), time(4))], lambda day: FROM_18)
    assert (problem.code, problem.day) == ("no_break", MONDAY)
    assert problem.says == "8 h without a break. From 18 on a break of 20 min is due after 6 h."


def test_a_finish_at_midnight_is_the_end_of_the_day():
    assert at(0, time(18), time(0)).minutes == 360
    assert codes([at(0, time(21), time(0))]) == ["night"]
    assert codes([at(0, time(16), time(0), 60), at(1, time(9), time(12))], FROM_18) == ["short_rest"]


def test_a_second_job_on_the_same_day_is_no_rest_between_days():
    assert codes([at(0, time(8), time(12)), at(0, time(17), time(20))]) == []


def test_more_than_forty_hours_a_week_under_18():
    work = [at(day, time(8), time(17), 60) for day in range(4)] + [at(4, time(8), time(16, 31), 30)]
    assert said(work) == [
        "8 h 1 min on one day. Under 18 it is at most 8 h a day.",
        "40 h 1 min in the week. Under 18 it is at most 40 h.",
    ]


def test_forty_eight_hours_are_a_mean_from_18_on():
    long = [at(day, time(7), time(19), 60) for day in range(5)]
    assert codes(long, FROM_18, mean=Mean(2880, 17)) == []
    assert said(long, FROM_18, mean=Mean(2881, 17)) == [
        "48 h 1 min a week over 17 weeks. From 18 on it is at most 48 h on average."
    ]


def test_a_mean_says_over_how_many_weeks_it_is():
    long = [at(day, time(7), time(19), 60) for day in range(5)]
    assert said(long, FROM_18, mean=Mean(3300, 1)) == ["55 h in one week. From 18 on it is at most 48 h on average."]
    assert said(long, FROM_18, mean=Mean(3000, 3)) == [
        "50 h a week over 3 weeks. From 18 on it is at most 48 h on average."
    ]


def test_forty_eight_hours_in_a_row_are_due_in_a_week_under_18():
    assert said(usual(0, 1, 2, 3, 4, 5, pause=120)) == [
        "No rest of 48 h in a row in this week. Under 18 one is due each week."
    ]


def test_twenty_four_hours_in_a_row_are_enough_from_18_on():
    assert codes(usual(0, 1, 2, 3, 4, 5), FROM_18, mean=Mean(2520, 17)) == []
    assert codes(usual(*range(-2, 9)), FROM_18, mean=Mean(2520, 17)) == ["no_weekly_rest"]


def test_a_weekend_before_the_week_is_no_rest_of_the_week():
    assert "no_weekly_rest" in codes([at(day, time(9), time(13)) for day in range(7)])


def test_sunday_and_monday_off_are_a_rest_of_48_hours():
    assert codes([at(day, time(9), time(17), 60) for day in (-2, 1, 2, 3, 4, 5, 8)]) == []


def test_age_counts_on_the_day_worked():
    birthday = MONDAY + timedelta(days=2)
    work = [at(1, time(8), time(17)), at(3, time(8), time(17))]
    found = week_problems(MONDAY, work, lambda day: FROM_18 if day >= birthday else UNDER_18)
    assert [(problem.code, problem.day) for problem in found] == [
        ("long_day", MONDAY + timedelta(days=1)),
        ("no_break", MONDAY + timedelta(days=1)),
        ("no_break", MONDAY + timedelta(days=3)),
    ]


def test_the_weekly_limit_under_18_counts_the_days_before_the_birthday():
    birthday = MONDAY + timedelta(days=3)
    work = [at(day, time(8), time(17), 60) for day in range(6)]
    found = week_problems(MONDAY, work, lambda day: FROM_18 if day >= birthday else UNDER_18)
    assert "long_week" not in [problem.code for problem in found]


def days(*weekdays, starts=time(9), finishes=time(17), pause=60):
    return [PatternDay(weekday=day, starts=starts, finishes=finishes, break_minutes=pause) for day in weekdays]


def test_a_usual_plan_may_be_agreed():
    assert plan_problems(days(0, 1, 2, 3, 4), UNDER_18) == []
    assert plan_problems(days(1, 2, 3, 4, 5), UNDER_18) == []
    assert plan_problems([], UNDER_18) == []


def test_a_plan_is_refused_with_the_day():
    assert plan_problems(days(2, starts=time(8), finishes=time(18)), UNDER_18) == [
        "Wednesday: 9 h on one day. Under 18 it is at most 8 h a day."
    ]


def test_a_plan_sees_sunday_evening_before_monday_morning():
    late_and_early = days(6, starts=time(14), finishes=time(21)) + days(0, starts=time(7), finishes=time(12), pause=30)
    assert plan_problems(late_and_early, UNDER_18) == [
        "Monday: 10 h of rest after the day before. Under 18 at least 12 h are due."
    ]


def test_a_plan_of_six_days_is_refused_under_18():
    assert plan_problems(days(0, 1, 2, 3, 4, 5, finishes=time(15)), UNDER_18) == [
        "No rest of 48 h in a row in this week. Under 18 one is due each week."
    ]


def test_a_plan_above_48_hours_is_refused_from_18_on():
    assert plan_problems(days(0, 1, 2, 3, 4, starts=time(7), finishes=time(18)), FROM_18) == [
        "50 h a week over 17 weeks. From 18 on it is at most 48 h on average."
    ]


@pytest.mark.parametrize(("minutes", "said"), [(0, "0 h"), (30, "30 min"), (60, "1 h"), (450, "7 h 30 min")])
def test_minutes_in_hours(minutes, said):
    assert in_hours(minutes) == said


spells = st.builds(
    lambda day, start, length, pause: at(
        day, time(start // 60, start % 60), time(*divmod(min(start + length, 1439), 60)), min(pause, length - 1)
    ),
    st.integers(-2, 8),
    st.integers(0, 1379),
    st.integers(30, 600),
    st.integers(0, 60),
)


@given(st.lists(spells, max_size=10))
def test_adults_are_never_held_to_more_than_the_young_whose_problems_name_a_day_of_the_week(work):
    problems = week_problems(MONDAY, work, lambda day: UNDER_18)
    adult = {code for code in codes(work, FROM_18) if code != "long_week"}
    assert adult <= {problem.code for problem in problems}
    for problem in problems:
        assert MONDAY <= problem.day <= MONDAY + timedelta(days=6)
        assert problem.says.endswith(".")
