"""The working pattern: agreed minutes on a day and between days, with changes over time."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.hours.courses import AgreedDay
from placements.models import PatternDay
from placements.pattern import Pattern, spanned, write_pattern
from portal.history.models import Event

MONDAY = date(2026, 3, 2)


def agreed(valid_from, minutes_by_weekday):
    return [AgreedDay(valid_from, weekday, minutes) for weekday, minutes in minutes_by_weekday.items()]


WEEKDAYS = Pattern(agreed(MONDAY, {0: 420, 1: 420, 2: 420, 3: 420, 4: 300}))
CHANGING = Pattern(agreed(MONDAY, {0: 420, 1: 420}) + agreed(date(2026, 3, 11), {2: 300}))


def test_a_day_has_the_minutes_of_its_weekday():
    assert [WEEKDAYS.minutes_on(MONDAY + timedelta(days=n)) for n in range(7)] == [420, 420, 420, 420, 300, 0, 0]


def test_minutes_between_days_include_both_ends():
    assert WEEKDAYS.minutes_between(date(2026, 3, 5), date(2026, 3, 9)) == 420 + 300 + 420


def test_minutes_between_leave_out_free_days():
    free = {date(2026, 3, 3), date(2026, 3, 7), date(2026, 4, 1)}
    assert WEEKDAYS.minutes_between(MONDAY, date(2026, 3, 8), without=free) == 1560


def test_a_new_pattern_holds_from_its_day_on():
    assert CHANGING.minutes_between(MONDAY, date(2026, 3, 8)) == 840
    assert CHANGING.minutes_between(date(2026, 3, 9), date(2026, 3, 15)) == 840 + 300
    assert CHANGING.minutes_between(date(2026, 3, 16), date(2026, 3, 22)) == 300


def test_days_before_the_first_pattern_follow_it():
    assert CHANGING.minutes_between(date(2026, 2, 23), date(2026, 3, 1)) == 840


def test_without_a_pattern_nothing_is_agreed():
    assert not Pattern([])
    assert Pattern([]).minutes_between(MONDAY, date(2026, 3, 8)) == 0
    assert Pattern([]).minutes_on(MONDAY) == 0


@given(st.integers(-20, 60), st.integers(-1, 60), st.sets(st.integers(-20, 60), max_size=5))
def test_minutes_between_are_the_sum_of_the_days(start, length, free):
    first = MONDAY + timedelta(days=start)
    days = [first + timedelta(days=n) for n in range(length + 1)]
    without = {MONDAY + timedelta(days=n) for n in free}
    last = first + timedelta(days=length)
    expected = sum(CHANGING.minutes_on(day) for day in days if day not in without)
    assert CHANGING.minutes_between(first, last, without=without) == expected


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (["Mon", "Tue", "Wed"], "Mon to Wed"),
        (["Mon", "Wed", "Fri"], "Mon, Wed and Fri"),
        (["Thu", "Fri", "Sat", "Sun"], "Thu to Sun"),
    ],
)
def test_days_are_said_as_a_span_where_they_follow_each_other(days, said):
    assert spanned(days) == said


def test_a_pattern_is_described():
    rows = [
        PatternDay(valid_from=MONDAY, weekday=0, starts=time(9), finishes=time(17), break_minutes=60),
        PatternDay(valid_from=MONDAY, weekday=1, starts=time(9), finishes=time(17), break_minutes=60),
        PatternDay(valid_from=MONDAY, weekday=3, starts=time(10), finishes=time(15)),
    ]
    assert Pattern(rows).described(date(2026, 5, 1)) == "Mon and Tue 09:00 to 17:00, Thu 10:00 to 15:00"


def test_writing_a_pattern_replaces_that_of_the_same_day_alone_and_tells_the_history(cast):
    def write_fridays(first):
        write_pattern(cast.placement, first, [PatternDay(weekday=4, starts=time(8), finishes=time(12))], by=cast.tutor)

    write_fridays(date(2026, 4, 6))
    assert cast.placement.pattern.minutes_between(date(2026, 3, 2), date(2026, 3, 8)) == 5 * 420
    assert cast.placement.pattern.minutes_between(date(2026, 4, 6), date(2026, 4, 12)) == 240
    write_fridays(date(2026, 3, 2))
    assert cast.placement.pattern.minutes_between(date(2026, 3, 2), date(2026, 3, 8)) == 240
    assert Event.objects.latest("pk").says == "set the working pattern from 2 March 2026: Fri 08:00 to 12:00"
