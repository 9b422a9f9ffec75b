"""The clock starts placements whose first day has come, and ends those that are over."""

from datetime import UTC, date, datetime

import pytest

from placements.clock import end_placements, start_placements
from placements.models import Placement
from portal.clock import tick
from portal.history.models import Event
from tests.factories import PlacementFactory
from tests.ready import cast_and_next

pytestmark = pytest.mark.django_db
Status = Placement.Status


def planned(cast, **more):
    days = {"first_on": date(2026, 9, 7), "last_on": date(2026, 12, 18)} | more
    return PlacementFactory(student=cast.student_record, status=Status.PLANNED, **days)


@pytest.fixture
def ready(db):
    """The cast, with a placement `to_come` that lacks nothing."""
    return cast_and_next()


def status_after(act, placement, *moment) -> str:
    """How the placement stands after the whole clock (`tick`), or one act of it, was at this moment."""
    act(datetime(*moment, tzinfo=UTC))
    placement.refresh_from_db()
    return placement.status


def test_a_planned_placement_starts_on_its_first_day(ready):
    placement = ready.to_come
    assert status_after(start_placements, placement, 2026, 9, 6, 22, 59) == Status.PLANNED
    assert status_after(tick, placement, 2026, 9, 6, 23, 1) == Status.ACTIVE  # past midnight in London
    for _ in range(2):
        start_placements(datetime(2026, 9, 7, 9, tzinfo=UTC))
    said = Event.objects.about(placement).filter(says="started the placement")
    assert str(said.get()) == "The portal started the placement"


@pytest.mark.parametrize("missing", [{"manager": None}, {"weekdays": []}])
def test_what_lacks_something_waits(cast, missing):
    assert status_after(start_placements, planned(cast, **missing), 2026, 9, 7, 9) == Status.PLANNED


def test_a_student_without_tutor_waits(ready):
    ready.student_record.tutor = None
    ready.student_record.save()
    assert status_after(start_placements, ready.to_come, 2026, 9, 7, 9) == Status.PLANNED


def test_a_placement_ends_the_day_after_its_last(cast, time_machine):
    time_machine.move_to("2026-07-31 12:00")
    assert status_after(end_placements, cast.placement, 2026, 7, 31, 12) == Status.ACTIVE
    time_machine.move_to("2026-08-01 01:00")
    assert status_after(tick, cast.placement, 2026, 8, 1, 1) == Status.ENDED
    assert cast.placement.last_on == date(2026, 7, 31)
    assert cast.placement.ended_because == "The last day has passed"


def test_with_nothing_due_it_costs_one_query_each(cast, django_assert_num_queries):
    now = datetime(2026, 7, 1, 9, tzinfo=UTC)
    for days in ((7,), (8, 9)):
        for day in days:
            planned(cast, first_on=date(2026, 9, day))
        with django_assert_num_queries(2):
            start_placements(now)
            end_placements(now)
