"""The line manager's students: who stands there, what is told of them, what waits."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from placements.models import PatternDay, Placement
from placements.timesheets.models import Timesheet
from portal.asks.asking import ask, withdraw_all
from reviews.dashboards.views.managing import row_of, with_what_comes
from students.models import Student
from tests import factories
from tests.conftest import signed_in
from tests.reviews.meetings_ready import agreed_meeting

pytestmark = pytest.mark.django_db


def page(user, query=""):
    return signed_in(user).get(reverse("managed_list") + query)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def a_week(placement, monday):
    return factories.TimesheetFactory(
        placement=placement, monday=monday, minutes=420, status=Timesheet.Status.HANDED_IN,
        handed_in_at=timezone.now(), handed_in_by=placement.student.user,
    )  # fmt: skip


def test_a_manager_sees_their_own_students_with_days_and_hours_and_nothing_that_the_job_does_not_need(cast):
    Student.objects.filter(pk=cast.student_record.pk).update(has_send=True)
    PatternDay.objects.filter(placement=cast.placement, weekday__gt=1).delete()
    response = page(cast.manager)
    html = text(response)
    assert [row["placement"].student.name for row in response.context["rows"]] == ["Student Reed"]
    assert "Student2" not in html
    assert "Mon and Tue 09:00 to 17:00. 14 h a week, breaks not counted" in html
    for private in (cast.student_record.uln, f"{cast.student_record.born_on:%Y}-", "SEND", "special educational"):
        assert private not in html


def test_a_placement_without_a_pattern_says_so(cast):
    PatternDay.objects.filter(placement=cast.placement).delete()
    assert "Not agreed yet" in text(page(cast.manager))


def test_weeks_that_wait_are_counted_and_lead_to_where_they_are_approved(cast):
    later = a_week(cast.placement, date(2026, 3, 9))
    link = f"{reverse('manager_home')}?week={later.pk}#week-{later.pk}"
    [placement] = with_what_comes(Placement.objects.filter(manager=cast.manager))
    assert row_of(placement, [], timezone.localdate())["waits"] == [{"says": "Approve 1 week of hours", "url": link}]
    first = a_week(cast.placement, date(2026, 3, 2))
    link = f"{reverse('manager_home')}?week={first.pk}#week-{first.pk}"
    assert f'<a href="{link}">Approve 2 weeks of hours' in text(page(cast.manager))
    home = text(signed_in(cast.manager).get(reverse("manager_home")))
    assert f'id="week-{first.pk}"' in home
    assert f'href="{reverse("managed_list")}"' in home


@pytest.mark.database
def test_what_is_asked_about_the_placement_waits_until_it_is_taken_back(cast):
    ask("briefing", cast.placement, provider=cast.provider, by=cast.tutor, to=cast.manager)
    assert "Read about your student" in text(page(cast.manager))
    withdraw_all("briefing", cast.placement)
    assert "Nothing now" in text(page(cast.manager))


def test_the_next_meeting_with_a_date_stands_there(cast):
    meeting = agreed_meeting(cast, days=4)
    agreed_meeting(cast, days=-4)
    html = text(page(cast.manager))
    assert "<dt>Next review meeting</dt>" in html
    assert f'<a href="{reverse("meeting_detail", args=[meeting.pk])}">Midway, ' in html


def test_placements_that_are_over_stand_on_a_page_of_their_own(cast):
    Placement.objects.filter(pk=cast.placement.pk).update(status="ended")
    assert "No student is with you now" in text(page(cast.manager))
    over = text(page(cast.manager, "?ended=1"))
    assert "Next review meeting" not in over
    assert "Student Reed" in over
    assert "Nobody has finished yet" in text(page(cast.manager2, "?ended=1"))


def test_it_takes_six_queries_however_many_students(cast, django_assert_num_queries):
    client = signed_in(cast.manager)
    for more in (1, 2):
        students = factories.many_students(more, provider=cast.provider, tutor=cast.tutor)
        placements = factories.many_placements(students, employer=cast.employer, manager=cast.manager)
        for n, placement in enumerate(placements):
            a_week(placement, date(2026, 3, 2) + timedelta(weeks=n))
        with django_assert_num_queries(6):  # session, person, how many, the placements, their days, what is asked
            client.get(reverse("managed_list"))
