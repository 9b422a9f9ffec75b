"""Counts of students that are added to each other, and the spread of their progress."""

from collections import Counter

import pytest

from reviews.cohort.tally import Spread, Tally, spread_of


@pytest.mark.parametrize(
    ("progress", "spread"),
    [
        ({40: 1}, (40, 40, 40, 40, 40)),
        ({0: 1, 100: 1}, (0, 0, 0, 100, 100)),
        ({10: 1, 20: 1, 30: 1, 40: 1}, (10, 10, 20, 30, 40)),
        ({0: 50, 50: 25, 90: 25}, (0, 0, 0, 50, 90)),
    ],
)
def test_a_spread_takes_nearest_ranks(progress, spread):
    assert spread_of(Counter(progress)) == Spread(*spread)


def test_nobody_has_no_spread():
    assert spread_of(Counter()) is None


def test_a_tally_takes_what_is_wanted_of_a_cell():
    counts = {"active|0": {"40": 2}, "active|3": {"10": 1, "5": 1}, "without|2": {"0": 3}}
    matters = {"active|3": [2, 1, 0, 1]}
    whole = Tally().add(counts, matters)
    assert (whole.students, whole.at_risk, whole.out_of_reach) == (7, 2, 0)
    assert whole.matters == {"missing": 2, "sent_back": 1, "goals": 0, "reviews": 1}
    assert Tally().add(counts, matters, phase="active").students == 4
    some = Tally().add(counts, matters, phase="active", level=3)
    assert (some.students, some.progress) == (2, {10: 1, 5: 1})


def test_at_risk_and_out_of_reach_are_two_groups_of_students():
    whole = Tally().add({"active|3": {"10": 2}, "active|4": {"5": 1}}, {})
    assert (whole.at_risk, whole.out_of_reach) == (2, 1)
