"""Queries whose SQL is written once: each time they are asked with what is known then."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db.models import DateField, DateTimeField
from django.db.models.functions import Cast

from employers.listing import figures_of_some
from placements.arrangements.briefing import asks_about_one
from placements.hours.courses import days_away, placements_with_days, weeks_recorded
from placements.hours.spells import spells_to_count
from placements.hours.totals import weeks_to_count
from portal import needs, timeline
from portal.discovering import discover
from portal.people.models import Role
from portal.prepared import Later, LaterMany, Prepared
from portal.sessions import going_on
from reviews.dashboards.managing import asks_by_placement
from reviews.dashboards.queries import figures_of_all, listing
from reviews.dashboards.weeks import concerned
from reviews.meetings.models import Meeting
from students.frozen import signed_off

MOMENT = datetime(2026, 5, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def meetings(cast):
    """A meeting on each of the first four days of May, at noon."""
    for day in range(1, 5):
        on = datetime(2026, 5, day, 12, tzinfo=UTC)
        Meeting.objects.create(
            placement=cast.placement, title=f"No. {day}", due_on=on, starts_at=on, status=Meeting.Status.AGREED
        )


def said(rows) -> list[str]:
    return [title for (title,) in rows]


@pytest.mark.django_db
@pytest.mark.database
def test_what_is_known_later_is_told_each_time_anew(meetings):
    by_day = Prepared(Meeting.objects.filter(due_on__lte=Later("day", DateField())).order_by("pk").values_list("title"))
    assert said(by_day.asked(day=date(2026, 5, 1))) == ["No. 1"]
    assert said(by_day.asked(day=date(2026, 5, 2))) == ["No. 1", "No. 2"]
    assert said(by_day.asked(day=date(2026, 4, 30))) == []


@pytest.mark.django_db
@pytest.mark.database
def test_time_is_added_to_it_and_taken_off(meetings):
    now = Later("now", DateTimeField())
    rows = Meeting.objects.filter(starts_at__gt=now - DAY, starts_at__lte=now + 2 * DAY - DAY)
    assert said(Prepared(rows.order_by("pk").values_list("title")).asked(now=MOMENT)) == ["No. 1", "No. 2"]


@pytest.mark.django_db
@pytest.mark.database
def test_rows_are_values_of_python_and_can_be_cut(meetings, cast, django_assert_num_queries):
    first = Meeting.objects.order_by().filter(placement=Later("placement")).annotate(on=Cast("due_on", DateTimeField()))
    rows = first.values_list("due_on", "starts_at", "on")
    both = Prepared(rows.union(rows.filter(pk=None), all=True).order_by("due_on")).asked(placement=cast.placement.pk)
    expected = [(date(2026, 5, 1) + n * DAY, MOMENT + n * DAY) for n in range(4)]
    assert [row[:2] for row in both] == expected
    assert {type(row[2]) for row in both} == {datetime}
    with django_assert_num_queries(1):
        assert [row[:2] for row in both[1:3]] == expected[1:3]
    assert [row[:2] for row in both[:2]] == expected[:2]


@pytest.mark.django_db
@pytest.mark.database
def test_any_number_of_values_may_be_known_later(meetings):
    some, rows = LaterMany("days", DateField()), Meeting.objects.order_by("pk")
    of_these = Prepared(rows.filter(due_on__in=some, starts_at__lt=Later("now", DateTimeField())).values_list("title"))
    days = [date(2026, 5, day) for day in (1, 2, 4)]
    assert said(of_these.asked(days=days, now=MOMENT + 2 * DAY)) == ["No. 1", "No. 2"]
    assert said(of_these.asked(days=days[1:2], now=MOMENT + 2 * DAY)) == ["No. 2"]
    assert said(of_these.asked(days=set(days), now=MOMENT + 9 * DAY)[1:3]) == ["No. 2", "No. 4"]
    assert said(of_these.asked(days=[], now=MOMENT + 9 * DAY)) == []


@pytest.mark.django_db
@pytest.mark.database
def test_the_values_may_be_a_query_of_their_own(meetings, django_assert_num_queries):
    those = Meeting.objects.filter(due_on__gt=Later("day", DateField()), pk__in=LaterMany("some"))
    rows = Prepared(those.order_by("-pk").values_list("title"))
    some = Meeting.objects.exclude(title="No. 3").order_by("-due_on").values("pk")
    with django_assert_num_queries(1):
        assert said(rows.asked(day=date(2026, 5, 1), some=some)) == ["No. 4", "No. 2"]
    assert said(rows.asked(day=date(2026, 4, 1), some=some[:2])) == ["No. 4", "No. 2"]
    assert said(rows.asked(day=date(2026, 4, 1), some=some[:0])) == []


@pytest.mark.django_db
@pytest.mark.database
def test_what_cannot_be_there_is_not_found(meetings):
    assert said(Prepared(Meeting.objects.filter(pk__in=[]).values_list("title")).asked()) == []


ROLES = (Role.TUTOR, Role.COORDINATOR)
WRITTEN_ONCE = [(one,) for one in (placements_with_days, days_away, weeks_recorded, concerned, figures_of_all)]
WRITTEN_ONCE += [(spells_to_count,), (weeks_to_count,), (figures_of_some,), (signed_off,)]
WRITTEN_ONCE += [(going_on,), (asks_about_one,)]
WRITTEN_ONCE += [(needs._needs, role, "") for role in ROLES] + [(needs._numbers, role) for role in ROLES]
WRITTEN_ONCE += [(listing, role, "to_go", True, is_filtered) for role in ROLES for is_filtered in (True, False)]
WRITTEN_ONCE += [(timeline.all_rows, frozenset(Role.values), True), (asks_by_placement,)]


def written(function, *told) -> tuple[str, list]:
    """A prepared query, written anew: its SQL and its parameters, a `Later` by its name."""
    prepared = function.__wrapped__(*told)
    return prepared.sql, [getattr(part, "name", part) for part in prepared.parameters]


def test_nothing_that_is_written_once_leans_on_rows_or_on_the_clock():
    """What it says holds for the whole process. This test may not ask the database: pytest refuses it."""
    discover("showing")
    discover("happening")
    today = [written(*once) for once in WRITTEN_ONCE]
    timeline.happenings.cache_clear()
    with time_machine.travel("2031-07-14T09:00Z"):
        assert [written(*once) for once in WRITTEN_ONCE] == today
    for role in ROLES:
        assert {"provider", "user", "now", "today"} <= set(written(needs._needs, role, "")[1])
