"""Links to one week among many, and weeks of a record that is frozen by its sign-off: those wait for nobody."""

import pytest
from django.urls import reverse
from django.utils import timezone

from placements.approvals import screen
from placements.approvals.approvers import send_link_again
from placements.approvals.models import DecisionLink, weeks_waiting_for
from placements.approvals.telling import due_for_digest
from portal.workflow import Refused
from students.models import Student
from tests.conftest import signed_in
from tests.pages import said, text_of
from tests.placements.approvals.scenes import HOME, MONDAYS, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_of_five(cast, monkeypatch):
    """The last two of five weeks, of which two fit on the screen."""
    monkeypatch.setattr(screen, "AT_ONCE", 2)
    return cast.last_two


def sign_off(student):
    Student.objects.filter(pk=student.pk).update(signed_off_at=timezone.now())


# --- A week that a link points at ---


def test_a_week_beyond_the_first_screen_is_shown_to_whoever_comes_for_it(cast, two_of_five):
    manager = signed_in(cast.manager)
    first, second = two_of_five
    assert f'id="week-{first.pk}"' not in text_of(manager.get(HOME))
    page = text_of(manager.get(HOME, {"week": first.pk}))
    assert f'id="week-{first.pk}"' in page
    assert f'id="week-{second.pk}"' in page  # the other one of the same student comes along
    assert "5 weeks wait for you" in page
    assert "3 more come after these" in page


def test_so_it_is_by_link(cast, client, two_of_five):
    link = DecisionLink.objects.create(manager=cast.manager)
    assert f'id="week-{two_of_five[0].pk}"' in text_of(client.get(link.path(), {"week": two_of_five[0].pk}))


def test_pages_that_point_at_a_week_lead_to_it(cast, two_of_five):
    manager = signed_in(cast.manager)
    first = two_of_five[0]
    for page in (reverse("managed_list"), reverse("briefing_card", args=[cast.placement.pk])):
        assert f'href="{HOME}?week={first.pk}#week-{first.pk}"' in text_of(manager.get(page))


def test_a_week_that_waits_no_more_is_told(cast, week):
    manager = signed_in(cast.manager)
    assert said(manager.get(HOME, {"week": week.pk})) == []
    week.approve(by=cast.manager)
    assert said(manager.get(HOME, {"week": week.pk})) == []  # it stands under 'just decided'
    gone = ["The week that this link was for does not wait for you any more."]
    assert said(manager.get(HOME, {"week": waiting(cast.placement2).pk})) == gone


def test_nonsense_shows_the_screen(cast, week):
    manager = signed_in(cast.manager)
    for nonsense in ("-1", "9" * 40):
        response = manager.get(HOME, {"week": nonsense})
        assert (response.status_code, said(response)) == (200, []), nonsense


# --- Signed off ---


def test_a_week_of_a_frozen_record_waits_for_nobody(cast, week):
    assert list(weeks_waiting_for(cast.manager)) == [week]
    sign_off(cast.student_record)
    assert list(weeks_waiting_for(cast.manager)) == []
    manager = signed_in(cast.manager)
    assert "Nothing waits for you" in text_of(manager.get(HOME))
    assert "Approve 1 week" not in text_of(manager.get(reverse("managed_list")))
    assert "Approve 1 week" not in text_of(manager.get(reverse("briefing_card", args=[cast.placement.pk])))


def test_it_waits_again_once_the_record_is_opened(cast, week):
    sign_off(cast.student_record)
    Student.objects.filter(pk=cast.student_record.pk).update(signed_off_at=None)
    assert list(weeks_waiting_for(cast.manager)) == [week]


def test_what_was_just_decided_of_a_frozen_record_offers_no_undo(cast, week):
    manager = signed_in(cast.manager)
    week.approve(by=cast.manager)
    undo = reverse("week_undo", args=[week.pk])
    assert undo in text_of(manager.get(HOME))
    sign_off(cast.student_record)
    assert undo not in text_of(manager.get(HOME))


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
