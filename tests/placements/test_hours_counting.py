"""What counts: caps, employers, approaches that exclude each other, and the better of two rule sets."""

import random
from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from placements.hours.counting import Spent, count, count_kindly
from students.tlevels.models import Approach
from students.tlevels.rules import ApproachCap, Rules

MONDAY = date(2026, 3, 2)
REQUIRED = 315 * 60
CAPS = {
    "in_person": ApproachCap(),
    "taster": ApproachCap(cap=2100, any_number_of_employers=True),
    "remote": ApproachCap(cap=3780),
    "skills_hub": ApproachCap(cap=6300, not_with="small_team"),
    "small_team": ApproachCap(cap=6300, not_with="skills_hub"),
    "paid_job": ApproachCap(),
    "on_site": ApproachCap(cap=6300, why_not="on-site facilities do not count here; the tutor can say why"),
}


def rules(number=1, max_employers=2, **caps):
    return Rules(number, "2024/25", date(2024, 9, 1), "Guidance", max_employers, REQUIRED, CAPS | caps)


def asking(hours, number=1, **caps):
    return replace(rules(number, **caps), required=hours * 60)


def test_the_rules_that_leave_less_to_do_hold():
    older, newer = asking(315), asking(400, 2, taster=ApproachCap(cap=4200, any_number_of_employers=True))
    tasters = [day(n, 8, "taster") for n in range(6)]
    found = count_kindly(tasters, [older, newer])
    assert (found.rules.rule_set_id, found.counted, found.to_go) == (1, 2100, 280 * 60)
    fewer = asking(300, 3)
    assert count_kindly(tasters, [older, newer, fewer]).rules.rule_set_id == 3


def test_of_two_that_are_reached_the_one_that_counts_more_holds():
    older, newer = asking(35), asking(35, 2, taster=ApproachCap(cap=4200, any_number_of_employers=True))
    found = count_kindly([day(n, 8, "taster") for n in range(6)], [older, newer])
    assert (found.rules.rule_set_id, found.counted, found.to_go) == (2, 48 * 60, 0)


def day(n, hours, approach="in_person", employer=1, waiting=False):
    return Spent(MONDAY + timedelta(days=n), time(9), hours * 60, approach, employer, waiting=waiting)


def test_hours_in_person_count_in_full():
    found = count([day(0, 7), day(1, 7)], rules())
    assert found.counted == 840
    assert [line.why_not for line in found.lines] == ["", ""]


def test_nothing_recorded_counts_as_nothing():
    assert count([], rules()).counted == 0


def test_taster_hours_past_35_are_recorded_and_do_not_count():
    found = count([day(n, 8, "taster", employer=n) for n in range(5)], rules())
    assert found.counted == 2100
    assert [line.counts for line in found.lines] == [480, 480, 480, 480, 180]
    assert found.lines[4].why_not == "at most 35 h of 'work taster' count"
    assert found.reasons() == {"at most 35 h of 'work taster' count": 300}


def test_hours_that_just_reach_the_cap_all_count():
    found = count([day(n, 7, "taster") for n in range(5)], rules())
    assert (found.counted, found.not_counted, found.reasons()) == (2100, 0, {})


def test_the_order_is_that_of_the_work_and_not_of_the_input():
    found = count([day(4, 35, "taster"), day(0, 1, "taster")], rules())
    assert [(line.spent.day.day, line.counts) for line in found.lines] == [(2, 60), (6, 2040)]


def test_tasters_at_many_employers_leave_room_for_two_employers():
    spells = [day(0, 7, "taster", 8), day(1, 7, "taster", 9), day(2, 7, employer=1), day(3, 7, employer=2)]
    assert count(spells, rules()).counted == 28 * 60


def test_hours_with_a_third_employer_do_not_count():
    found = count([day(0, 7, employer=1), day(1, 7, employer=2), day(2, 7, employer=3)], rules())
    assert [line.counts for line in found.lines] == [420, 420, 0]
    assert found.lines[2].why_not == "only hours with 2 employers count"


def test_of_three_employers_the_two_that_gave_most_count():
    found = count([day(0, 2, employer=1), day(1, 7, employer=2), day(2, 8, employer=3)], rules())
    assert [line.counts for line in found.lines] == [0, 420, 480]


def test_an_employer_whose_hours_are_not_allowed_takes_no_place():
    spells = [day(0, 7, "on_site", employer=1), day(1, 7, employer=2), day(2, 7, employer=3)]
    assert [line.counts for line in count(spells, rules()).lines] == [0, 420, 420]


def test_an_approach_that_is_not_allowed_says_why():
    found = count([day(0, 3, "on_site")], rules())
    assert (found.counted, found.lines[0].why_not) == (0, "on-site facilities do not count here; the tutor can say why")


def test_of_two_approaches_that_exclude_each_other_the_one_with_more_hours_counts():
    found = count([day(0, 6, "skills_hub"), day(1, 7, "small_team"), day(2, 7)], rules())
    assert [line.counts for line in found.lines] == [0, 420, 420]
    assert found.lines[0].why_not == "this does not count together with 'small-team project'"


def test_more_hours_past_a_cap_do_not_win_over_fewer_that_count():
    capped = rules(skills_hub=ApproachCap(cap=60, not_with="small_team"))
    assert count([day(0, 8, "skills_hub"), day(1, 2, "small_team")], capped).counted == 120


def test_an_approach_that_is_not_allowed_shuts_nothing_out():
    barred = rules(skills_hub=ApproachCap(why_not="not for this specialism", not_with="small_team"))
    assert [line.counts for line in count([day(0, 8, "skills_hub"), day(1, 2, "small_team")], barred).lines] == [0, 120]


def test_waiting_hours_never_push_approved_ones_past_a_cap():
    found = count([day(0, 10, "taster", waiting=True), day(1, 30, "taster")], rules())
    assert [(line.spent.waiting, line.counts) for line in found.lines] == [(False, 1800), (True, 300)]


def test_sums_by_employer_and_by_approach():
    spells = [day(0, 40, "taster", employer=1), day(1, 7, employer=1), day(2, 7, employer=2)]
    found = count(spells, rules())
    assert found.by("employer_id") == {1: (2820, 2520), 2: (420, 420)}
    assert found.by("approach") == {"taster": (2400, 2100), "in_person": (840, 840)}


def test_the_rules_of_the_start_hold():
    strict = rules(2, taster=ApproachCap(cap=60, any_number_of_employers=True))
    assert count_kindly([day(0, 7, "taster")], [rules(1), strict]).rules.rule_set_id == 1


def test_newer_rules_hold_where_they_are_better_for_the_student():
    generous = rules(2, taster=ApproachCap(cap=3000, any_number_of_employers=True))
    found = count_kindly([day(0, 40, "taster")], [rules(1), generous])
    assert (found.rules.rule_set_id, found.counted) == (2, 2400)


def test_of_rules_that_count_the_same_the_older_hold():
    assert count_kindly([day(0, 7)], [rules(1), rules(2)]).rules.rule_set_id == 1


spells = st.lists(
    st.tuples(
        st.integers(0, 29),
        st.sampled_from([time(8), time(13)]),
        st.integers(0, 600),
        st.sampled_from(Approach.values),
        st.integers(1, 4),
        st.booleans(),
    ).map(lambda drawn: Spent(MONDAY + timedelta(days=drawn[0]), *drawn[1:5], waiting=drawn[5])),
    max_size=25,
)
small_caps = st.builds(
    lambda taster, remote, hub, team, employers: rules(
        max_employers=employers,
        taster=ApproachCap(cap=taster, any_number_of_employers=True),
        remote=ApproachCap(cap=remote),
        skills_hub=ApproachCap(cap=hub, not_with="small_team"),
        small_team=ApproachCap(cap=team),
    ),
    *[st.integers(0, 1200)] * 4,
    st.integers(1, 3),
)


@given(spells, small_caps, st.integers(0, 10**9))
def test_no_cap_is_passed_every_minute_is_explained_and_the_order_changes_nothing(spent, some_rules, seed):
    found = count(spent, some_rules)
    assert count(random.Random(seed).sample(spent, len(spent)), some_rules).counted == found.counted
    assert found.counted + found.not_counted == sum(spell.minutes for spell in spent)
    assert all(0 <= line.counts <= line.spent.minutes for line in found.lines)
    assert all(bool(line.not_counted) <= bool(line.why_not) for line in found.lines)
    for approach, (_, counted) in found.by("approach").items():
        cap = some_rules.caps[approach]
        assert cap.cap is None or counted <= cap.cap
        assert not cap.why_not or counted == 0
    used = {approach for approach, (_, counted) in found.by("approach").items() if counted}
    assert not {"skills_hub", "small_team"} <= used
    employers = {line.spent.employer_id for line in found.lines if line.counts and line.spent.approach != "taster"}
    assert len(employers) <= some_rules.max_employers


@given(spells, small_caps, small_caps)
def test_more_hours_never_count_for_less(spent, some_rules, other_rules):
    approved = [spell for spell in spent if not spell.waiting]
    choices = [some_rules, other_rules]
    assert count_kindly(spent, choices).counted >= count_kindly(approved, choices).counted
