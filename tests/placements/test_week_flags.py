"""What is unusual in a week, as it is read: with its day, and nothing said twice."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.conftest import signed_in
from tests.pages import text_of

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _on_friday(time_machine):
    time_machine.move_to("2026-03-06 18:00", tick=False)


@pytest.fixture
def flagged(cast, week):
    """A week handed in with a flag for Monday, for Tuesday and for the whole week."""
    week.hand_in(by=cast.student)
    week.flags.create(code="long_day", day=MONDAY, says="10 h on one day.")
    week.flags.create(code="long_day", day=MONDAY + timedelta(days=1), says="9 h on one day.")
    week.flags.create(code="long_week", day=MONDAY, says="44 h in this week.")
    return week


def page_of(week, who) -> str:
    return text_of(signed_in(who).get(reverse("week_edit", args=[week.pk])))


def test_a_flag_names_its_day_and_whom_to_talk_to_is_said_once_for_all_of_a_week(cast, flagged):
    to_read = page_of(flagged, cast.student)
    for page in (to_read, page_of(flagged, cast.tutor)):
        assert "<strong>Monday 2 March: </strong>10 h on one day." in page
        assert "<strong>Tuesday 3 March: </strong>9 h on one day." in page
        assert "<p>44 h in this week.</p>" in page
    assert to_read.count("Your tutor sees these notes. Talk to Tutor Reed") == 1
    assert to_read.count("mailto:tutor@cast.test") == 1


def test_the_mail_to_the_tutor_names_the_days(cast, week, django_capture_on_commit_callbacks, mailoutbox):
    week.spells.update(starts="08:00", finishes="19:00", minutes=600)
    cast.student_record.born_on = date(2009, 1, 1)
    cast.student_record.save()
    with django_capture_on_commit_callbacks(execute=True):
        week.hand_in(by=cast.student)
    mail = next(mail for mail in mailoutbox if mail.to == ["tutor@cast.test"])
    words = "Monday 2 March: 10 h on one day. Under 18 it is at most 8 h a day."
    assert f"- {words}" in mail.body
    assert f"<li>{words}</li>" in mail.alternatives[0].content


def test_the_reason_of_a_week_sent_back_stands_once_and_who_sent_it_and_when_stays(cast, week):
    week.hand_in(by=cast.student)
    week.send_back(by=cast.manager, reason="Monday was a college day")
    page = page_of(week, cast.student).split("What happened with this week")[0]
    assert page.count("Monday was a college day") == 1
    assert "Manager Reed wrote" in page
    assert "Sent back by Manager Reed on 6 March." in page
