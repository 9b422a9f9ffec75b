"""What a student sees of weeks and hours before the placement has started, in time and late."""

from datetime import date

import pytest
from django.urls import reverse

from placements.models import Placement
from placements.timesheets.models import Timesheet
from tests.conftest import signed_in
from tests.factories import SpellFactory, TimesheetFactory

pytestmark = pytest.mark.django_db
LATE = "It starts here as soon as everything that it needs is settled."


@pytest.fixture(autouse=True)
def _on_wednesday(time_machine):
    time_machine.move_to("2026-03-11 17:30")


def planned_from(cast, first_on):
    Placement.objects.filter(pk=cast.placement.pk).update(status=Placement.Status.PLANNED, first_on=first_on)
    return cast.placement.pk


def page(cast, name, *args):
    return " ".join(signed_in(cast.student).get(reverse(name, args=args), follow=True).content.decode().split())


def test_my_week_says_from_when_on_there_are_weeks(cast):
    pk = planned_from(cast, date(2026, 4, 6))
    html = page(cast, "week_current")
    assert "<h1>My weeks</h1>" in html
    assert "Your placement at Employer starts on Monday 6 April. From then on you log your days here." in html
    assert f'href="/placements/{pk}/"' in html
    assert "Hand in" not in html


def test_a_week_to_come_of_a_planned_placement_is_not_offered_for_handing_in(cast):
    pk = planned_from(cast, date(2026, 4, 6))
    html = page(cast, "week_open", pk, date(2026, 4, 6))
    assert "This placement has not started yet" in html
    assert 'value="hand_in"' not in html


def test_days_of_a_late_placement_are_written_down_and_handed_in_later(cast):
    pk = planned_from(cast, date(2026, 3, 2))
    html = page(cast, "week_current")
    assert "<h1>Week of 9 March 2026</h1>" in html
    assert "This placement has not started in the portal yet" in html
    assert "Write your days down and save them. You can hand them in as soon as it has started." in html
    assert 'value="hand_in"' not in html
    assert '<button class="btn btn-primary" name="do" value="save">Save draft</button>' in html
    assert f'<a href="/placements/{pk}/">See what is missing</a>' in html


def test_weeks_written_before_a_late_start_are_found_again(cast):
    planned_from(cast, date(2026, 3, 2))
    week = TimesheetFactory(placement=cast.placement, monday=date(2026, 3, 2))
    SpellFactory(timesheet=week)
    html = page(cast, "week_list")
    assert f'href="/weeks/{week.pk}/">Week of 2 March 2026</a>' in html
    assert "Week of 9 March 2026" in html
    assert Timesheet.objects.count() == 1


def test_the_home_of_a_late_placement_does_not_speak_of_a_start_to_come(cast):
    pk = planned_from(cast, date(2026, 3, 2))
    html = page(cast, "student_home")
    assert "You start at" not in html
    assert "<strong>Employer</strong> should have started on Monday 2 March." in html
    assert LATE in html
    assert f'href="/placements/{pk}/">See what is missing</a>' in html
    assert 'href="/weeks/now/">Write my week</a>' in html


def test_the_home_before_the_first_day_tells_it(cast):
    planned_from(cast, date(2026, 4, 6))
    html = page(cast, "student_home")
    assert "You start at <strong>Employer</strong> on Monday 6 April" in html
    assert LATE not in html


def test_a_running_week_is_handed_in_as_ever(cast):
    html = page(cast, "week_open", cast.placement.pk, date(2026, 3, 9))
    assert 'name="do" value="hand_in"' in html
    assert "has not started" not in html


def test_who_looks_for_a_place_with_a_student_is_true(cast):
    cast.placement.delete()
    assert "Your tutor and the placement office look for one with you." in page(cast, "student_home")
    cast.student_record.tutor = None
    cast.student_record.save()
    html = page(cast, "student_home")
    assert "The placement office looks for one with you." in html
    assert "Your tutor and" not in html
