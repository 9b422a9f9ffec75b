"""Links to one week among many, and weeks of a record that is frozen by its sign-off: those wait for nobody."""

import pytest
from django.urls import reverse
from django.utils import timezone

from placements.approvals import screen
from placements.approvals.approvers import send_link_again
from placements.approvals.models import weeks_of, weeks_waiting_for
from placements.approvals.telling import due_for_digest
from portal.workflow import Refused
from students.models import Student
from tests.conftest import signed_in
from tests.pages import said, text_of
from tests.placements.approvals.scenes import HOME, MONDAYS, waiting

pytestmark = pytest.mark.django_db


def sign_off(student):
    Student.objects.filter(pk=student.pk).update(signed_off_at=timezone.now())


# --- A week that a link points at ---


def test_a_week_beyond_the_first_screen_is_shown_to_whoever_comes_for_it(cast, monkeypatch):
    """By link it is the same screen."""
    monkeypatch.setattr(screen, "AT_ONCE", 2)
    cast.placement2.manager = cast.manager
    cast.placement2.save()
    other, first, last = waiting(cast.placement2), waiting(cast.placement), waiting(cast.placement, MONDAYS[1])
    shown = screen.screen_for(weeks_of(cast.manager), cast.manager).shown
    assert {week.timesheet for week in shown} == {other, first}
    page = text_of(signed_in(cast.manager).get(HOME, {"week": last.pk}))
    assert f'id="week-{last.pk}"' in page
    assert f'id="week-{first.pk}"' in page  # the other one of the same student comes along
    assert "3 weeks wait for you" in page
    assert "1 more comes after these" in page


def test_pages_that_point_at_a_week_lead_to_it(cast, week):
    manager = signed_in(cast.manager)
    for page in (reverse("managed_list"), reverse("briefing_card", args=[cast.placement.pk])):
        assert f'href="{HOME}?week={week.pk}#week-{week.pk}"' in text_of(manager.get(page))


def test_a_week_that_waits_no_more_is_told(cast, week):
    manager = signed_in(cast.manager)
    week.approve(by=cast.manager)
    assert said(manager.get(HOME, {"week": week.pk})) == []  # it stands under 'just decided'
    gone = ["The week that this link was for does not wait for you any more."]
    assert said(manager.get(HOME, {"week": waiting(cast.placement2).pk})) == gone


def test_nonsense_shows_the_screen(cast):
    response = signed_in(cast.manager).get(HOME, {"week": "9" * 40})
    assert (response.status_code, said(response)) == (200, [])


# --- Signed off ---


def test_a_week_of_a_frozen_record_waits_for_nobody_until_it_is_opened(cast, week):
    assert list(weeks_waiting_for(cast.manager)) == [week]
    sign_off(cast.student_record)
    assert list(weeks_waiting_for(cast.manager)) == []
    manager = signed_in(cast.manager)
    assert "Nothing waits for you" in text_of(manager.get(HOME))
    assert "Approve 1 week" not in text_of(manager.get(reverse("managed_list")))
    assert "Approve 1 week" not in text_of(manager.get(reverse("briefing_card", args=[cast.placement.pk])))
    Student.objects.filter(pk=cast.student_record.pk).update(signed_off_at=None)
    assert list(weeks_waiting_for(cast.manager)) == [week]


def test_what_was_just_decided_of_a_frozen_record_offers_no_undo(cast, week):
    week.approve(by=cast.manager)
    assert screen.screen_for(weeks_of(cast.manager), cast.manager).decided == [week]
    sign_off(cast.student_record)
    assert screen.screen_for(weeks_of(cast.manager), cast.manager).decided == []


def test_no_mail_counts_it(cast, week, time_machine):
    time_machine.move_to("2026-03-24 09:00", tick=False)
    assert list(due_for_digest(timezone.now())) == [cast.manager]
    sign_off(cast.student_record)
    assert list(due_for_digest(timezone.now())) == []
    with pytest.raises(Refused, match="No week of this placement waits for Manager Reed"):
        send_link_again(cast.placement, by=cast.tutor)


def test_the_page_for_words_says_why_it_is_not_offered(cast, week):
    manager = signed_in(cast.manager)
    sign_off(cast.student_record)
    response = manager.get(reverse("week_send_back", args=[week.pk]))
    assert said(response) == [
        "This record was signed off on 22 March 2026. The placement office can open it again if something is not right."
    ]


def test_the_tutor_looks_at_a_flag_on_it_and_is_not_told_that_it_goes_unanswered(cast, week, time_machine):
    week.flags.create(says="Worked on a Sunday", day=MONDAYS[0], code="sunday")
    time_machine.move_to("2026-03-30 09:00", tick=False)
    tutor = signed_in(cast.tutor)
    page = text_of(tutor.get(reverse("tutor_home")))
    assert ("Not answered for 8 days" in page, "Worked on a Sunday" in page) == (True, True)
    sign_off(cast.student_record)
    page = text_of(tutor.get(reverse("tutor_home")))
    assert ("Not answered for" in page, "Worked on a Sunday" in page) == (False, True)


# --- Words that are taken back ---


def test_a_question_that_is_taken_back_gives_its_words_back(cast, week):
    week.send_back(by=cast.manager, reason="Did you swap days?")
    response = signed_in(cast.manager).post(reverse("week_undo", args=[week.pk]), {"seen": week.version})
    assert said(response) == [
        "Taken back: Student's week of 2 March waits for you again. You had written: “Did you swap days?”"
    ]
