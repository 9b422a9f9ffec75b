"""Two people, or one person twice, at the same moment: one wins, the other is told, nothing is stored twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from placements.timesheets.models import Timesheet
from placements.timesheets.week import ensure_saved, find_week
from portal.history.models import Event
from portal.workflow import SomebodyWasQuicker
from tests.conftest import make_cast
from tests.factories import SpellFactory, TimesheetFactory

pytestmark = pytest.mark.database


def twice(pk):
    """The same week as two people have it before them."""
    rows = Timesheet.objects.with_people()
    return rows.get(pk=pk), rows.get(pk=pk)


def test_approve_and_recall_at_once_only_one_happens(cast, week):
    week.hand_in(by=cast.student)
    before_manager, before_student = twice(week.pk)
    before_student.recall(by=cast.student)
    with pytest.raises(SomebodyWasQuicker):
        before_manager.approve(by=cast.manager)
    week.refresh_from_db()
    assert week.status == "draft"
    assert [event.says for event in Event.objects.about(week)] == ["took the week back", "handed in the week"]


def test_a_manager_does_not_approve_a_week_that_was_changed_since_it_was_shown(cast, week):
    week.hand_in(by=cast.student)
    shown = week.version
    mine, theirs = twice(week.pk)
    theirs.recall(by=cast.student)
    theirs.hand_in(by=cast.student)
    with pytest.raises(SomebodyWasQuicker):
        mine.approve(by=cast.manager)
    fresh = Timesheet.objects.with_people().get(pk=week.pk)
    with pytest.raises(SomebodyWasQuicker):
        fresh.approve(by=cast.manager, seen=shown)
    fresh.refresh_from_db()
    assert fresh.status == "handed_in"


def test_a_failed_verb_leaves_the_week_as_it_was(cast, week):
    week.hand_in(by=cast.student)
    mine, theirs = twice(week.pk)
    theirs.approve(by=cast.manager)
    with pytest.raises(SomebodyWasQuicker):
        mine.send_back(by=cast.manager, reason="Too late")
    assert mine.status == "handed_in"
    mine.refresh_from_db()
    assert (mine.status, mine.reason) == ("approved", "")


def test_two_tabs_that_begin_the_same_week_get_the_same_one(cast):
    first, second = (find_week(cast.placement, date(2026, 3, 9)) for _ in range(2))
    assert ensure_saved(first) == ensure_saved(second)
    assert Timesheet.objects.count() == 1


def test_the_database_refuses_half_a_decision(week, subtests):
    for status in ("handed_in", "approved", "sent_back"):
        with subtests.test(status), pytest.raises(IntegrityError), transaction.atomic():
            Timesheet.objects.filter(pk=week.pk).update(status=status)


def test_the_database_refuses_a_second_week_and_a_spell_that_ends_before_it_starts(cast, week):
    with pytest.raises(IntegrityError), transaction.atomic():
        TimesheetFactory(placement=cast.placement, monday=week.monday)
    with pytest.raises(IntegrityError), transaction.atomic():
        week.spells.update(finishes="08:00")


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql  # the tests' SQLite lives in memory, where threads share one connection's locks
def test_ten_people_approve_the_same_week_in_the_same_second():
    cast = make_cast()
    week = TimesheetFactory(placement=cast.placement)
    SpellFactory(timesheet=week)
    week.hand_in(by=cast.student)
    start = Barrier(10)

    def approve(_):
        mine = Timesheet.objects.with_people().get(pk=week.pk)
        start.wait()
        try:
            mine.approve(by=cast.manager)
            return "approved"
        except SomebodyWasQuicker:
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        answers = sorted(pool.map(approve, range(10)))
    assert answers == ["approved"] + ["told"] * 9
    assert Event.objects.about(week).filter(says="approved the week").count() == 1
