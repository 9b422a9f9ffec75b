"""Queries whose SQL is written once: each time they are asked with what is known then."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import get_backends
from django.db.models import DateField, DateTimeField, Value
from django.db.models.functions import Cast

from portal import needs, timeline
from portal.discovering import discover
from portal.people.models import Role
from portal.prepared import Later, LaterMany, Prepared, PreparedUnion, in_use
from reviews.dashboards.queries import listing
from reviews.meetings.models import Meeting

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
def test_what_never_differs_is_written_into_the_query(meetings, subtests):
    for title in ("It's 100% sure", "%s", "%%s and %(now)s", "A \\ and a ?", "Grüße"):
        with subtests.test(title):
            Meeting.objects.filter(due_on=date(2026, 5, 2)).update(title=title)
            agreed = Meeting.objects.filter(title=title, status=Meeting.Status.AGREED)
            rows = Prepared(agreed.filter(starts_at__lt=Later("now", DateTimeField())).values_list("title"))
            assert [part.name for part in rows.parameters] == ["now"]
            assert said(rows.asked(now=MOMENT + 9 * DAY)) == [title]
            assert said(rows.asked(now=MOMENT)) == []


@pytest.mark.django_db
@pytest.mark.database
def test_of_several_querysets_no_more_is_read_than_is_asked_for(meetings, django_assert_num_queries):
    def part(position, **wanted):
        rows = Meeting.objects.filter(**wanted).annotate(position=Value(position)).order_by("starts_at")
        return rows.values_list("position", "starts_at", "title")

    late, early = part(1, starts_at__gt=MOMENT + DAY), part(0, starts_at__lte=Later("until", DateTimeField()))
    rows = PreparedUnion([late, early]).asked(until=MOMENT + DAY)
    expected = [(0, MOMENT, "No. 1"), (0, MOMENT + DAY, "No. 2"), (1, MOMENT + 2 * DAY, "No. 3")]
    with django_assert_num_queries(1):
        assert rows[:3] == expected
    assert rows[2:3] == expected[2:]
    assert [title for *_, title in rows] == ["No. 1", "No. 2", "No. 3", "No. 4"]


@pytest.mark.django_db
@pytest.mark.database
def test_what_cannot_be_there_is_not_found(meetings):
    assert said(Prepared(Meeting.objects.filter(pk__in=[]).values_list("title")).asked()) == []


ROLES = (Role.TUTOR, Role.COORDINATOR)
HANDED = {  # what those are handed that are written more than once
    needs._needs: [(role, "") for role in ROLES],
    needs._numbers: [(role,) for role in ROLES],
    listing: [(role, "to_go", True, is_filtered) for role in ROLES for is_filtered in (True, False)],
    timeline.all_rows: [(frozenset(Role.values), True)],
}


def written(function, *handed) -> tuple[str, list]:
    """A prepared query, written anew: its SQL and its parameters, a `Later` by its name."""
    found = function.__wrapped__(*handed)
    return found.sql, [getattr(part, "name", part) for part in found.parameters]


def all_written() -> dict[str, list]:
    """Every query that is written once, written anew, by the name of its function."""
    return {
        f"{one.__module__}.{one.__name__}": [written(one, *handed) for handed in HANDED.get(one, [()])]
        for one in in_use
    }


def test_nothing_that_is_written_once_leans_on_rows_or_on_the_clock():
    """What it says holds for the whole process. This test may not ask the database: pytest refuses it."""
    import_module(settings.ROOT_URLCONF)
    get_backends()
    discover("showing")
    discover("happening")
    today = all_written()
    assert {"portal.people.backends.anybodys_desks", "students.frozen.closed"} <= today.keys()
    timeline.happenings.cache_clear()
    with time_machine.travel("2031-07-14T09:00Z"):
        later = all_written()
    leaning = [name for name in today if later[name] != today[name]]
    assert leaning == [], f"{leaning} lean on the clock: start from desk.today, or from a Later"
    for _, parameters in today["portal.needs._needs"]:
        assert {"provider", "user", "now", "today"} <= set(parameters)
