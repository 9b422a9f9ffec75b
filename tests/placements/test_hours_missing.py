"""Weeks that were never handed in, on the page of the hours: what can be done about them, and when nobody asks."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from placements.hours.models import StudentHours
from students.models import Student
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
NOBODY_ASKS = "Nobody is asked for them any more: the hours are reached, and no placement is running."
SIGNED_OFF = "The record is signed off, so they stay as they are."


@pytest.fixture(autouse=True)
def _in_march(time_machine):
    time_machine.move_to("2026-03-12 12:00")  # one week is over


def missing(user, cast) -> tuple[str, list[str]]:
    """The words about weeks that are not handed in, and where they lead."""
    html = signed_in(user).get(reverse("hours_receipt", args=[cast.student_record.pk])).content.decode()
    part = html.partition("Not handed in, so not in any figure here")[2].partition("</ul>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part)).strip(), re.findall('href="([^"]+)"', part)


def test_a_missing_week_leads_to_where_it_can_be_written(cast):
    at = [cast.placement.pk, date(2026, 3, 2)]
    week = ". Week of 2 March 2026 , Employer"
    assert missing(cast.student, cast) == (week, [reverse("week_open", args=at)])
    paper = ". Record from paper: week of 2 March 2026 , Employer"
    assert missing(cast.tutor, cast) == (paper, [reverse("paper_week", args=at)])
    assert missing(cast.coordinator, cast) == (". Week of 2 March 2026, Employer", [])
    Student.objects.filter(pk=cast.student_record.pk).update(tutor=None)
    assert missing(cast.coordinator, cast) == (paper, [reverse("paper_week", args=at)])


def test_of_whoever_has_the_hours_it_says_that_nobody_asks(cast):
    StudentHours.objects.filter(student=cast.student_record).update(stage="done")
    said, links = missing(cast.student, cast)
    assert NOBODY_ASKS in said
    assert len(links) == 1


@pytest.mark.parametrize("who", ["student", "tutor"])
def test_of_a_signed_off_student_it_says_so_and_leads_nowhere(cast, who):
    Student.objects.filter(pk=cast.student_record.pk).update(signed_off_at=timezone.now())
    said, links = missing(getattr(cast, who), cast)
    assert (SIGNED_OFF in said, NOBODY_ASKS in said, links) == (True, False, [])
