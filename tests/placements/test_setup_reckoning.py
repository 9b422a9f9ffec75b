"""What dates and times add up to: the same hours are still to come as for the projection that the lists show."""

from datetime import date, timedelta

import pytest

from placements.hours.projection import projections
from placements.hours.totals import rebuild
from placements.models import Placement
from placements.setup.reckoning import reckon
from placements.timesheets.models import Absence
from students.models import Student
from students.tlevels.models import RequiredHours, RuleSet
from tests.factories import EmployerFactory, PlacementFactory, StudentFactory
from tests.placements.test_projection import hand_in

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 20)  # a Wednesday; 25 May is a bank holiday
LAST_WEEKS = [date(2026, 4, 20), date(2026, 4, 27), date(2026, 5, 4), date(2026, 5, 11)]
THIS_WEEK = date(2026, 5, 18)


@pytest.fixture(autouse=True)
def _in_may(time_machine):
    time_machine.move_to("2026-05-20 12:00")


@pytest.fixture
def until_june(cast):
    """The placement of the cast lasts until 5 June, and nothing is handed in yet."""
    Placement.objects.filter(pk=cast.placement.pk).update(last_on=date(2026, 6, 5))
    return cast


def reckoned(cast, last_on=date(2026, 6, 5)):
    rebuild([cast.student_record.pk])
    placement = Placement.objects.with_people().select_related("student__hours").get(pk=cast.placement.pk)
    return reckon(placement.student, placement.first_on, last_on, placement.pattern, placement=placement)


def projected(cast):
    rebuild([cast.student_record.pk])
    student = Student.objects.select_related("hours").get(pk=cast.student_record.pk)
    return projections([student], TODAY)[student.pk]


def away(cast, *days):
    for day in days:
        Absence.objects.create(placement=cast.placement, day=day, kind="college", foreseen=True)


def short(cast) -> tuple[int, int]:
    """The hours that are missing with all that is agreed: as the dates are chosen, and as the lists say."""
    return reckoned(cast).short_by // 60, projected(cast).short_anyway // 60


def test_days_away_told_in_advance_are_not_to_come(until_june):
    for monday in LAST_WEEKS:
        hand_in(until_june.placement, monday, 35)
    # 140 h are done; 14 days are to come, two of them away: 84 h
    away(until_june, date(2026, 5, 26), date(2026, 6, 4))
    assert short(until_june) == (91, 91)
    assert "14 h of days away that were told in advance are left out." in reckoned(until_june).sentences()


def test_weeks_not_handed_in_are_still_to_come(until_june):
    for monday in LAST_WEEKS[1:3]:
        hand_in(until_june.placement, monday, 28)
    # 56 h are done; 35 h each in two weeks that are missing, and 98 h from this week on
    assert short(until_june) == (91, 91)
    assert "Of that, 168 h are still to come, 70 h of them in weeks that are not handed in yet." in (
        reckoned(until_june).sentences()
    )


def test_a_week_handed_in_while_it_runs_is_not_worked_twice(until_june):
    for monday in (*LAST_WEEKS, THIS_WEEK):
        hand_in(until_june.placement, monday, 35, status="handed_in")
    # 175 h wait; 9 days are to come after this week: 63 h
    assert short(until_june) == (77, 77)


def test_another_placement_goes_by_the_same_rule(until_june):
    for monday in LAST_WEEKS:
        hand_in(until_june.placement, monday, 35)
    other = PlacementFactory(
        student=until_june.student_record,
        employer=EmployerFactory(provider=until_june.provider),
        status="planned",
        first_on=date(2026, 6, 8),
        last_on=date(2026, 6, 12),
    )
    Absence.objects.create(placement=other, day=date(2026, 6, 9), kind="college", foreseen=True)
    assert short(until_june) == (49, 49)
    assert reckoned(until_june).sentences() == [
        "462 h in 14 weeks, bank holidays left out.",
        "Of that, 98 h are still to come.",
        "140 h are approved or wait and 28 h are still to come in another placement; they carry over.",
        "7 h of days away that were told in advance are left out.",
        "That ends 49 h short of the required 315 h: more days, longer days or a later last day would help.",
    ]


def test_the_last_day_that_suffices_here_suffices_in_the_lists(until_june):
    for monday in LAST_WEEKS:
        hand_in(until_june.placement, monday, 35)
    away(until_june, date(2026, 5, 26))
    enough = date(2026, 6, 23)  # the 25th day of 7 h
    for last_on, short_by in ((enough, 0), (enough - timedelta(days=1), 7 * 60)):
        assert reckoned(until_june, last_on).short_by == short_by
        Placement.objects.filter(pk=until_june.placement.pk).update(last_on=last_on)
        assert projected(until_june).short_anyway == short_by


def test_what_is_only_planned_counts_whole(until_june):
    """Before the first day there is nothing to leave out, and nothing more to say."""
    said = reckon(until_june.student_record, date(2026, 9, 7), date(2026, 9, 11), until_june.placement.pattern)
    assert (said.agreed, said.to_come) == (35 * 60, 35 * 60)
    assert said.sentences()[0] == "35 h in 1 week, bank holidays left out."
    assert not any(sentence.startswith("Of that") for sentence in said.sentences())


def test_a_first_placement_in_a_new_year_is_reckoned_by_its_rules(cast):
    newer = RuleSet.objects.create(name="2026/27", starts_on=date(2026, 9, 1), source="Guidance of May 2026")
    RequiredHours.objects.create(rule_set=newer, hours=400)
    student = StudentFactory(provider=cast.provider, tutor=cast.tutor)
    assert student.hours.required == 315 * 60
    days = date(2026, 9, 7), date(2027, 5, 28)
    assert reckon(student, *days, None).required == 400 * 60
    assert reckon(cast.student_record, *days, None).required == 315 * 60
