"""The kept totals when several weeks of one student are decided in the same second."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connection

from placements.hours.models import StudentHours
from placements.timesheets.models import Timesheet
from tests.conftest import make_cast
from tests.factories import SpellFactory, TimesheetFactory


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql  # the tests' SQLite lives in memory, where threads share one connection's locks
def test_eight_weeks_approved_in_the_same_second_all_count():
    cast = make_cast()
    weeks = []
    for n in range(8):
        week = TimesheetFactory(placement=cast.placement, monday=date(2026, 3, 2) + timedelta(weeks=n))
        SpellFactory(timesheet=week)
        week.hand_in(by=cast.student)
        weeks.append(week.pk)
    start = Barrier(len(weeks))

    def approve(pk):
        week = Timesheet.objects.with_people().get(pk=pk)
        start.wait()
        try:
            week.approve(by=cast.manager)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(weeks)) as pool:
        list(pool.map(approve, weeks))
    hours = StudentHours.objects.get(student=cast.student_record)
    assert (hours.counted, hours.waiting) == (8 * 420, 0)
