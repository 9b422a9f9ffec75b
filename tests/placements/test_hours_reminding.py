"""A tutor reminds a student by mail of weeks that are not handed in."""

from datetime import date

import pytest
import time_machine

from placements.hours.reminding import missing_mondays, remind
from placements.models import Placement
from portal.history.models import Event
from portal.notices.models import Notice
from tests.conftest import signed_in
from tests.factories import EmployerFactory, PlacementFactory, SpellFactory
from tests.pages import said

pytestmark = pytest.mark.django_db


def press(cast, moment, person=None, follow=False):
    with time_machine.travel(f"{moment}Z", tick=False):
        path = f"/students/{cast.student_record.pk}/hours/remind/"
        return signed_in(person or cast.tutor).post(path, follow=follow)


def test_one_press_mails_the_student_and_stands_in_the_history(cast):
    response = press(cast, "2026-03-18T10:00", follow=True)
    assert response.redirect_chain[-1][0] == "/caseload/"
    assert [str(message) for message in response.context["messages"]] == ["A reminder is on its way to Student Reed."]
    notice = Notice.objects.get(kind="weeks_missing")
    assert notice.to == cast.student
    assert notice.subject == "Weeks of yours are not handed in yet"
    assert "- The week of 2 March 2026\n- The week of 9 March 2026\n\n" in notice.text
    assert "/weeks/\n" in notice.text
    event = Event.objects.about(cast.student_record).first()
    assert (event.by, event.says) == (cast.tutor, "reminded the student by mail of 2 weeks that are not handed in")
    assert "Reminded today." in response.content.decode()


def test_at_most_one_a_day(cast):
    press(cast, "2026-03-18T10:00")
    assert said(press(cast, "2026-03-18T15:00")) == [
        "Student Reed was reminded today at 10:00 already. One reminder a day is enough."
    ]
    assert Notice.objects.filter(kind="weeks_missing").count() == 1
    with time_machine.travel("2026-03-19T10:00Z", tick=False):
        assert "Reminded on 18 March." in signed_in(cast.tutor).get("/caseload/").content.decode()
    with time_machine.travel("2026-03-19T10:01Z", tick=False):
        remind(cast.student_record, by=cast.tutor)
    assert Notice.objects.filter(kind="weeks_missing").count() == 2


def test_weeks_that_came_back_are_named_as_well(cast):
    with time_machine.travel("2026-03-09T10:00Z", tick=False):
        timesheet = SpellFactory(timesheet__placement=cast.placement, timesheet__monday=date(2026, 3, 2)).timesheet
        timesheet.hand_in(by=cast.student)
        timesheet.send_back(by=cast.manager, reason="You left at three")
    assert said(press(cast, "2026-03-11T10:00")) == ["A reminder is on its way to Student Reed."]
    line = "- The week of 2 March 2026, which came back to you on 9 March 2026"
    assert f"these weeks are not handed in yet.\n\n{line}\n\n" in Notice.objects.get(kind="weeks_missing").text
    says = "reminded the student by mail of a week that is not handed in"
    assert Event.objects.about(cast.student_record).first().says == says


def test_weeks_with_all_employers_are_named_once(cast):
    PlacementFactory(student=cast.student_record, employer=EmployerFactory(provider=cast.provider))
    with time_machine.travel("2026-03-11T10:00Z", tick=False):
        assert [f"{monday}" for monday in missing_mondays(cast.student_record)] == ["2026-03-02"]


def test_without_a_missing_week_no_mail_goes(cast):
    Placement.objects.filter(pk=cast.placement.pk).update(status="planned")
    assert said(press(cast, "2026-03-18T10:00")) == ["No week of Student Reed is missing any more, so no mail is sent."]
    assert not Notice.objects.filter(kind="weeks_missing").exists()


def test_only_the_own_tutor_may(cast):
    assert press(cast, "2026-03-18T10:00", cast.coordinator).status_code == 403
    assert not Notice.objects.filter(kind="weeks_missing").exists()
