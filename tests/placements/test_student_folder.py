"""The student's way and folder: where they are, and everything that is theirs in one place."""

from datetime import date

import pytest

from placements.models import Placement
from placements.today.way import stage_of
from tests.conftest import signed_in
from tests.factories import PlacementFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("statuses", "stage"),
    [
        ([], "before"),
        (["planned"], "before"),
        (["active"], "during"),
        (["ended", "active"], "during"),
        (["ended", "planned"], "before"),
        (["ended"], "after"),
        (["ended", "ended"], "after"),
    ],
)
def test_the_stage_follows_from_the_placements(statuses, stage):
    assert stage_of([Placement(status=status) for status in statuses]) == stage


def test_the_home_marks_where_the_student_is(cast, time_machine):
    time_machine.move_to("2026-03-11 17:30")
    page = signed_in(cast.student).get("/home/").text
    assert '<a href="/folder/#during" aria-current="step">On placement</a>' in page
    assert page.count('aria-current="step"') == 1


def test_the_folder_begins_with_the_stage_where_the_student_is_and_leads_to_everything_of_theirs(cast):
    def order(page):
        return sorted(("before", "during", "after"), key=lambda name: page.index(f'id="{name}"'))

    client = signed_in(cast.student)
    page = client.get("/folder/").text
    assert order(page) == ["during", "before", "after"]
    assert f'<a href="/placements/{cast.placement.pk}/">{cast.employer}</a>' in page
    assert [title in page for title in ["How I am growing", "Find a place", "My logbook"]] == [True, True, True]
    assert "Days off to come. A day that is past goes into its week." in page
    assert "Other Employer" not in page
    cast.placement.end(by=cast.tutor, reason="Over")
    assert order(client.get("/folder/").text) == ["after", "before", "during"]


def test_without_a_placement_the_folder_begins_with_getting_ready(cast):
    cast.placement.delete()
    page = signed_in(cast.student).get("/folder/").text
    assert page.index('id="before"') < page.index("You are here") < page.index('id="during"')
    assert "Goals, induction, agreement" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_folder_takes_three_queries_however_many_placements(cast, django_assert_num_queries, count):
    for n in range(1, count):
        PlacementFactory(
            student=cast.student_record, employer=cast.employer, first_on=date(2027, n, 1), last_on=date(2027, n, 20)
        )
    client = signed_in(cast.student)
    with django_assert_num_queries(3):
        client.get("/folder/")
