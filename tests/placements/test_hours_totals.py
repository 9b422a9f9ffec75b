"""The kept totals follow every move in the same transaction, and agree with the rows after any series of moves."""

import random
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from placements.hours import spells, totals
from placements.hours.clock import complete_totals_of_an_older_version, go_by_the_rules_of_today
from placements.hours.models import Stage, StudentHours
from placements.models import PatternDay
from placements.pattern import write_pattern
from placements.timesheets.models import Absence, Spell, Timesheet
from portal.workflow import Refused, SomebodyWasQuicker
from students.models import Student
from students.tlevels import rules
from students.tlevels.models import ApproachRule, RequiredHours, RuleSet, TLevel
from tests.conftest import make_cast
from tests.factories import PlacementFactory, SpellFactory, StudentFactory, TimesheetFactory, many_students
from tests.poured import scene

pytestmark = pytest.mark.django_db
MONDAY, SUMMER = date(2026, 3, 2), "2026-07-01T12:00Z"


@pytest.fixture(autouse=True)
def _in_the_summer():
    with time_machine.travel(SUMMER):
        yield


def kept(cast):
    found = StudentHours.objects.get(student=cast.student_record)
    return found.counted, found.waiting, found.not_counted


def make_week(placement, monday=MONDAY, days=1, **spell):
    timesheet = TimesheetFactory(placement=placement, monday=monday)
    Spell.objects.bulk_create(
        SpellFactory.build(timesheet=timesheet, day=monday + timedelta(days=n), minutes=420, **spell)
        for n in range(days)
    )
    return timesheet


def approved_week(placement, monday=MONDAY, days=1, **spell):
    """The same, approved, as rows."""
    now, week = timezone.now(), make_week(placement, monday, days, **spell)
    handed_in = {"handed_in_at": now, "handed_in_by": placement.student.user}
    decided = {"status": "approved", "decided_at": now, "decided_by": placement.manager}
    Timesheet.objects.filter(pk=week.pk).update(minutes=420 * days, **handed_in, **decided)
    totals.rebuild([placement.student_id])


# --- every verb ---


def test_a_student_has_totals_from_the_first_moment():
    hours = StudentFactory().hours
    assert (hours.counted, hours.waiting, hours.required, hours.stage) == (0, 0, 315 * 60, Stage.WITHOUT)


def test_the_year_of_entry_is_kept_until_the_t_level_is_left(cast):
    student = cast.student_record
    student.entry_year = "2024/25"
    student.save()
    assert StudentHours.objects.get(student=student).entry_year == "2024/25"
    student.left_on, student.left_because, student.left_at = MONDAY, "work", timezone.now()
    student.save()
    assert StudentHours.objects.get(student=student).entry_year == ""


def test_only_a_week_handed_in_waits_and_only_an_approved_one_counts(cast, week):
    assert kept(cast) == (0, 0, 0)
    week.hand_in(by=cast.student)
    assert kept(cast) == (0, 420, 0)
    week.recall(by=cast.student)
    assert kept(cast) == (0, 0, 0)
    week.hand_in(by=cast.student)
    week.send_back(by=cast.manager, reason="Monday was a college day")
    assert kept(cast) == (0, 0, 0)
    week.undo(by=cast.manager)
    assert kept(cast) == (0, 420, 0)
    week.approve(by=cast.manager)
    assert kept(cast) == (420, 0, 0)
    week.undo(by=cast.manager)
    assert kept(cast) == (0, 420, 0)
    week.approve(by=cast.manager)
    week.reopen(by=cast.tutor, reason="Wrong day")
    assert kept(cast) == (0, 0, 0)


def test_a_week_approved_on_paper_counts(cast, week):
    week.hand_in(by=cast.tutor)
    week.approve_from_paper(by=cast.tutor, signed_by="Jo Marsh")
    assert kept(cast) == (420, 0, 0)


def test_what_fails_or_is_rolled_back_leaves_the_totals_alone(cast, week):
    stale = Timesheet.objects.get(pk=week.pk)
    with transaction.atomic():
        Timesheet.objects.get(pk=week.pk).hand_in(by=cast.student)
        transaction.set_rollback(True)
    assert kept(cast) == (0, 0, 0)
    week.hand_in(by=cast.student)
    with pytest.raises(SomebodyWasQuicker):
        stale.hand_in(by=cast.student)
    assert kept(cast) == (0, 420, 0)


def test_hours_past_a_cap_are_kept_apart_and_waiting_is_only_what_would_count(cast):
    week = make_week(cast.placement, days=6, approach="taster")
    week.hand_in(by=cast.student)
    assert kept(cast) == (0, 2100, 0)
    week.approve(by=cast.manager)
    assert kept(cast) == (2100, 0, 420)


def test_hours_of_all_placements_are_added_up(cast, week):
    second = PlacementFactory(student=cast.student_record, employer=cast.employer, first_on=date(2026, 5, 4))
    approved_week(second, date(2026, 5, 4))
    week.hand_in(by=cast.student)
    assert kept(cast) == (420, 420, 0)


def test_the_first_week_that_is_missing_and_the_last_one_handed_in(cast, week):
    hours = cast.student_record.hours
    hours.refresh_from_db()
    assert (hours.awaited_monday, hours.last_monday) == (MONDAY, None)
    week.hand_in(by=cast.student)
    hours.refresh_from_db()
    assert (hours.awaited_monday, hours.last_monday) == (date(2026, 3, 9), MONDAY)
    with totals.gathered():
        for n in range(5):
            Absence.objects.create(placement=cast.placement, day=date(2026, 3, 9) + timedelta(days=n), kind="holiday")
    hours.refresh_from_db()
    assert hours.awaited_monday == date(2026, 3, 16)  # a week of absences is not missing


def test_no_week_is_awaited_once_the_hours_are_there_and_the_placement_is_over(cast, week):
    RequiredHours.objects.filter(tlevel=None, specialism=None).update(hours=7)
    rules.forget()
    week.hand_in(by=cast.student)
    week.approve(by=cast.manager)
    hours = cast.student_record.hours
    hours.refresh_from_db()
    assert (hours.stage, hours.awaited_monday) == (Stage.ACTIVE, date(2026, 3, 9))
    cast.placement.end(by=cast.tutor, reason="All done")
    hours.refresh_from_db()
    assert (hours.stage, hours.awaited_monday) == (Stage.DONE, None)
    week.reopen(by=cast.tutor, reason="Wrong day")
    hours.refresh_from_db()
    assert (hours.stage, hours.awaited_monday) == (Stage.WITHOUT, MONDAY)


def test_a_new_pattern_changes_which_weeks_are_missing(cast):
    days = [PatternDay(weekday=0, starts=time(9), finishes=time(12))]
    cast.placement.pattern_days.all().delete()
    write_pattern(cast.placement, MONDAY, days, by=cast.tutor)
    assert StudentHours.objects.get(student=cast.student_record).awaited_monday == MONDAY


def test_the_stage_follows_the_placement(cast):
    def stage(student):
        return StudentHours.objects.get(student=student).stage

    assert (stage(cast.student_record), stage(cast.student_record2)) == (Stage.ACTIVE, Stage.ACTIVE)
    cast.placement.end(by=cast.tutor, reason="Moved away")
    cast.placement2.pattern_days.all().delete()
    cast.placement2.delete()
    assert (stage(cast.student_record), stage(cast.student_record2)) == (Stage.WITHOUT, Stage.WITHOUT)


def test_another_t_level_asks_for_other_hours(cast):
    student = Student.objects.get(pk=cast.student_record.pk)
    student.tlevel = TLevel.objects.get(title="Education and Early Years")
    student.specialism = student.tlevel.specialisms.get(title="Early Years Educator")
    student.save()
    assert StudentHours.objects.get(student=student).required == 750 * 60


def test_totals_are_gathered_for_many_changes_and_written_by_the_outermost_block(cast):
    with totals.gathered():
        with totals.gathered():
            make_week(cast.placement).hand_in(by=cast.student)
        assert kept(cast) == (0, 0, 0)
    assert kept(cast) == (0, 420, 0)


# --- the rules ---


def test_a_placement_keeps_its_rules_unless_newer_ones_are_better(cast):
    approved_week(cast.placement, days=6, approach="taster")
    newer = RuleSet.objects.create(name="2026/27", starts_on=date(2026, 5, 1), source="Guidance of May 2026")
    totals.rebuild([cast.student_record.pk])
    assert kept(cast) == (2100, 0, 420)
    ApproachRule.objects.create(rule_set=newer, approach="taster", cap_hours=42, any_number_of_employers=True)
    totals.rebuild([cast.student_record.pk])
    assert kept(cast) == (2520, 0, 0)
    assert StudentHours.objects.get(student=cast.student_record).rule_set == newer


def test_an_older_rule_set_never_holds_for_a_later_start(cast):
    newer = RuleSet.objects.create(name="2025/26", starts_on=date(2025, 9, 1), source="Guidance of 2025")
    approved_week(cast.placement, days=2, approach="remote")
    assert kept(cast) == (0, 0, 840)
    assert StudentHours.objects.get(student=cast.student_record).rule_set == newer


def asked_of(student):
    found = StudentHours.objects.get(student=student)
    return found.required, found.rule_set.name


def test_more_hours_for_a_new_year_leave_running_students_as_they_are(cast, django_capture_on_commit_callbacks):
    running = cast.student_record
    waiting = StudentFactory(provider=cast.provider, tutor=cast.tutor)
    with django_capture_on_commit_callbacks(execute=True):
        newer = RuleSet.objects.create(name="2026/27", starts_on=date(2026, 9, 1), source="Guidance of May 2026")
        RequiredHours.objects.create(rule_set=newer, hours=400)
    assert asked_of(running) == asked_of(waiting) == (315 * 60, "2024/25")
    placed = PlacementFactory(student=waiting, first_on=date(2026, 9, 7), last_on=date(2027, 5, 28))
    assert asked_of(waiting) == (400 * 60, "2026/27")
    placed.first_on = date(2026, 8, 31)
    placed.save()
    assert asked_of(waiting) == (315 * 60, "2024/25")


def test_fewer_hours_for_a_new_year_are_better_for_everybody(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        newer = RuleSet.objects.create(name="2026/27", starts_on=date(2026, 9, 1), source="Guidance of May 2026")
        RequiredHours.objects.create(rule_set=newer, hours=300)
    assert asked_of(cast.student_record) == (300 * 60, "2026/27")


def test_whoever_has_no_placement_goes_by_the_rules_of_the_day(cast):
    waiting = StudentFactory(provider=cast.provider, tutor=cast.tutor)
    newer = RuleSet.objects.create(name="2026/27", starts_on=date(2026, 9, 1), source="Guidance of May 2026")
    RequiredHours.objects.create(rule_set=newer, hours=400)
    for moment, found in [
        ("2026-08-31T12:00Z", (315 * 60, "2024/25")),
        ("2026-09-01T12:05Z", (315 * 60, "2024/25")),
        ("2026-09-01T12:10Z", (400 * 60, "2026/27")),
    ]:
        with time_machine.travel(moment, tick=False):
            go_by_the_rules_of_today(timezone.now())
        assert asked_of(waiting) == found
    assert asked_of(cast.student_record) == (315 * 60, "2024/25")


def test_a_changed_rule_changes_everybodys_totals(cast, django_capture_on_commit_callbacks):
    approved_week(cast.placement, days=6, approach="taster")
    rule = ApproachRule.objects.get(approach="taster")
    rule.cap_hours = 42
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        rule.save()
        rule.rule_set.save()
    assert kept(cast) == (2520, 0, 0)
    assert len(callbacks) == 1


# --- any series of moves ---

MOVES = {
    "hand_in": lambda cast, week: week.hand_in(by=cast.student),
    "recall": lambda cast, week: week.recall(by=cast.student),
    "approve": lambda cast, week: week.approve(by=week.placement.manager),
    "send_back": lambda cast, week: week.send_back(by=week.placement.manager, reason="Look again"),
    "undo": lambda cast, week: week.undo(by=week.placement.manager),
    "reopen": lambda cast, week: week.reopen(by=cast.tutor, reason="One more look"),
}


@scene
@time_machine.travel(SUMMER, tick=False)
def six_weeks():
    """The cast, with two weeks handed in for each of three placements; not all of their hours can count together."""
    cast = make_cast()
    facts = {"student": cast.student_record, "employer": cast.employer, "manager": cast.manager}
    second = PlacementFactory(
        **facts | {"employer": cast.employer2, "manager": cast.manager2}, first_on=date(2026, 4, 6)
    )
    third = PlacementFactory(**facts | {"employer": cast.other_employer}, first_on=date(2026, 5, 4))
    approaches = ["taster", "remote", "skills_hub", "taster", "small_team", "in_person"]
    cast.weeks = [
        make_week(placement, placement.first_on + timedelta(weeks=n), days=5 - n, approach=approaches.pop())
        for placement in (cast.placement, second, third)
        for n in range(2)
    ]
    for week in cast.weeks:
        week.hand_in(by=cast.student)
    return cast


@pytest.mark.parametrize("seed", range(2))
def test_kept_totals_agree_with_the_rows_after_any_series_of_moves(db, seed):
    cast, dice = six_weeks(), random.Random(seed)
    for _ in range(15):
        week = dice.choice(cast.weeks)
        people = [cast.student, week.placement.manager, cast.tutor]
        possible = set().union(*[week.moves(person) for person in people]) & set(MOVES)
        with suppress(Refused):  # only who sent a week back may take that back
            MOVES[dice.choice(sorted(possible))](cast, week)
        spent = spells.spent_by([cast.student_record.pk])[cast.student_record.pk]
        approved, hoped = spells.count_for(cast.student_record, MONDAY, spent)
        assert kept(cast) == (approved.counted, hoped.counted - approved.counted, approved.not_counted)
    before = list(StudentHours.objects.values())
    totals.rebuild([cast.student_record.pk])
    assert list(StudentHours.objects.values()) == before


# --- the command ---


def test_rebuild_hours_corrects_what_is_wrong_or_missing_and_nothing_else(cast, week, capsys):
    week.hand_in(by=cast.student)
    StudentHours.objects.filter(student=cast.student_record).update(waiting=7)
    StudentHours.objects.filter(student=cast.student_record2).delete()
    StudentHours.objects.filter(student=cast.other_student_record).update(counted=7)
    call_command("rebuild_hours", ukprn="10012345")
    assert capsys.readouterr().out == "2 students looked at, the totals of 2 corrected.\n"
    assert kept(cast) == (0, 420, 0)
    assert StudentHours.objects.get(student=cast.other_student_record).counted == 7
    call_command("rebuild_hours")
    assert capsys.readouterr().out == "3 students looked at, the totals of 1 corrected.\n"


def test_rebuild_hours_knows_its_providers():
    with pytest.raises(CommandError, match="no provider with the UKPRN 10099999"):
        call_command("rebuild_hours", ukprn="10099999")


def test_totals_are_written_with_the_same_queries_for_one_and_for_many(cast, django_assert_num_queries):
    rules.rule_sets()  # read once and then remembered
    with django_assert_num_queries(7):
        totals.rebuild([cast.student_record.pk])
    with django_assert_num_queries(7):
        totals.rebuild([cast.student_record.pk, cast.student_record2.pk, cast.other_student_record.pk])
    students = many_students(2, provider=cast.provider)
    with django_assert_num_queries(4):  # without a placement there is less to read
        totals.rebuild([student.pk for student in students])


@pytest.mark.parametrize(("minute", "begun_on"), [(9, None), (10, date(2026, 3, 2))])
def test_the_clock_completes_totals_of_an_older_version_but_not_those_of_who_is_done(cast, minute, begun_on):
    done = StudentHours.objects.filter(student__user=cast.student2)
    Student.objects.filter(user=cast.student2).update(signed_off_at=timezone.now())
    StudentHours.objects.update(begun_on=None)
    complete_totals_of_an_older_version(datetime(2026, 11, 23, 10, minute, tzinfo=UTC))
    assert StudentHours.objects.get(student__user=cast.student).begun_on == begun_on
    assert done.get().begun_on is None
