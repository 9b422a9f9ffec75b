"""Parts of queries whose SQL is written once: told what is known each time, and leaning on nothing else."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db.models import Exists

from placements.models import Placement
from portal import prepared_parts
from portal.paging import CountUpTo
from portal.prepared_parts import first_row, part
from portal.rooms import entries_of, entries_of_student
from reviews.meetings.models import Meeting
from students.models import Student
from tests.steps import steps_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]
MOMENT = datetime(2026, 5, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def meetings(cast):
    """A meeting on each of the first three days of May, at noon, the last at another placement."""
    for day, placement in enumerate((cast.placement, cast.placement, cast.placement2)):
        on = MOMENT + day * DAY
        Meeting.objects.create(
            placement=placement, title=f"No. {day + 1}", due_on=on, starts_at=on, status=Meeting.Status.AGREED
        )
    return cast


def meetings_until(placements, day, moment):
    return Meeting.objects.filter(placement__in=placements, due_on__lte=day, starts_at__lte=moment).order_by("-due_on")


def meetings_at(placement):
    return Meeting.objects.filter(placement=placement).order_by("-due_on")


def test_what_is_known_is_told_each_time_anew_and_all_is_one_query(meetings, django_assert_num_queries):
    first, second = meetings.placement.pk, meetings.placement2.pk

    def asked(placements, day) -> dict:
        known = {"placements": placements, "day": MOMENT.date() + day * DAY, "moment": MOMENT + day * DAY}
        are_there, number = (part(wrap, meetings_until, **known) for wrap in (Exists, CountUpTo))
        return Student.objects.values(are_there=are_there, number=number)[0]

    with django_assert_num_queries(3):
        assert asked([first], -1) == {"are_there": False, "number": 0}
        assert asked([first], 1) == {"are_there": True, "number": 2}
        assert asked([first, second], 2) == {"are_there": True, "number": 3}


def test_the_first_row_gives_its_key_and_what_is_read_of_it_as_values_of_python(meetings):
    for placement, last in ((meetings.placement, 1), (meetings.placement2, 2)):
        model, columns = first_row(meetings_at, ("due_on", "starts_at"), placement=placement.pk)
        found = Meeting.objects.get(title=f"No. {last + 1}")
        its = Student.objects.values(**{f"its_{name}": column for name, column in columns.items()})[0]
        expected = {
            "its_id": found.pk,
            "its_due_on": date(2026, 5, 1) + last * DAY,
            "its_starts_at": MOMENT + last * DAY,
        }
        assert (model, its) == (Meeting, expected)


ROOMS = {
    "placements.agreements", "placements.arrangements", "placements.behaviours", "placements.concerns",
    "placements.ending", "placements.induction", "placements.logbook", "placements.setup", "reviews.certificates",
    "reviews.forms", "reviews.meetings", "reviews.signoff", "students.actions", "students.papers",
    "students.readiness", "students.selfassessment",
}  # fmt: skip


def ask_all_rooms(cast):
    """What the pages of a placement and of a student ask, and the student's home, at each stage of the way."""
    today, placement, student = date(2026, 6, 20), cast.placement, cast.student_record
    steps_of(student, [], today)
    entries_of_student(student, cast.tutor)
    for status, first_on in (("planned", date(2026, 7, 1)), ("active", date(2026, 3, 2)), ("ended", date(2026, 3, 2))):
        placement.status, placement.first_on = Placement.Status(status), first_on
        steps_of(student, [placement], today)
        for relation in ("student", "tutor", "coordinator", "manager"):
            entries_of(placement, {relation})


def as_written(function, told) -> list:
    """What was written, anew: SQL and parameters, a `Later` by its name."""
    found = function(*told)
    parts = found[1].values() if isinstance(found, tuple) else [found]
    return [(one.sql, [getattr(each, "name", each) for each in one.parameters]) for one in parts]


def test_no_room_leans_on_rows_or_on_the_clock(cast, monkeypatch, django_db_blocker):
    """What is written holds for the whole process."""
    seen = []
    for name in ("_written", "_first_row"):
        write = getattr(prepared_parts, name)
        monkeypatch.setattr(prepared_parts, name, lambda *told, write=write: seen.append((write, told)) or write(*told))
    with time_machine.travel("2026-06-20T10:00Z"):
        ask_all_rooms(cast)
    assert {
        function.__module__.removesuffix(".showing") for _, told in seen for function in told if callable(function)
    } >= ROOMS
    with django_db_blocker.block(), time_machine.travel("2031-07-14T09:00Z"):
        for write, told in set(seen):
            assert as_written(write.__wrapped__, told) == as_written(write, told), told


def test_a_function_that_is_made_anew_each_time_is_refused(meetings):
    with pytest.raises(TypeError, match="must stand at the top of its module"):
        part(Exists, lambda placement: meetings_at(placement), placement=meetings.placement.pk)
