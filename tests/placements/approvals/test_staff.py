"""Tutors and the placement office: mail the link again, copy one, name another approver."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from placements.approvals.approvers import mails_about, name_approver, send_link_again
from placements.approvals.forms import ApproverForm
from placements.approvals.models import DecisionLink
from placements.approvals.telling import mail_digest
from placements.models import Placement
from portal.history.models import Event
from portal.notices.models import Notice
from portal.workflow import Refused
from tests.conftest import signed_in
from tests.factories import LineManagerFactory
from tests.pages import said, text_of
from tests.placements.approvals.scenes import fresh, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def tutor(cast):
    return signed_in(cast.tutor)


def page_of(cast, name="approver_detail") -> str:
    return reverse(name, args=[cast.placement.pk])


def history_of(placement) -> list[str]:
    return [str(event) for event in Event.objects.about(placement)]


def test_the_page_says_in_five_queries_who_approves_and_what_waits(cast, weeks, tutor, django_assert_num_queries):
    with django_assert_num_queries(5):
        page = text_of(tutor.get(page_of(cast)))
    assert "Manager Reed" in page
    for monday in ("2 March", "9 March", "16 March"):
        assert f"Week of {monday} 2026, 7 h, handed in on 22 March 2026" in page
    assert "No mail has gone out about weeks of this placement." in page
    for week in weeks[1:]:
        week.approve(by=cast.manager)
    with django_assert_num_queries(5):
        assert text_of(tutor.get(page_of(cast))).count("Week of ") == 1


def test_tutor_has_the_link_mailed_again(cast, week, tutor, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = tutor.post(page_of(cast, "link_send"))
    assert said(response) == ["A mail with the link is on its way to Manager Reed."]
    assert [mail.to for mail in mailoutbox] == [["manager@cast.test"]]
    assert history_of(cast.placement)[0] == "Tutor Reed had the link mailed to Manager Reed again"
    page = text_of(tutor.get(page_of(cast)))
    assert "<strong>Manager Reed</strong> was sent the link again by the provider" in page
    assert "22 March 2026 at 18:00" in page


def test_the_link_is_not_mailed_twice_within_ten_minutes(cast, week, time_machine):
    send_link_again(cast.placement, by=cast.tutor)
    soon = "Manager Reed was sent the link a few minutes ago. Give the mail time to arrive."
    with pytest.raises(Refused, match=f"^{soon}$"):
        send_link_again(cast.placement, by=cast.tutor)
    assert Notice.objects.filter(kind="weeks_waiting_again").count() == 1
    time_machine.move_to("2026-03-22 18:11", tick=False)
    send_link_again(cast.placement, by=cast.tutor)
    assert Notice.objects.filter(kind="weeks_waiting_again").count() == 2


def test_there_is_nothing_to_send_when_nothing_waits(cast, tutor):
    nothing = "No week of this placement waits for Manager Reed, so there is nothing to send."
    assert said(tutor.post(page_of(cast, "link_send"))) == [nothing]
    assert said(tutor.post(page_of(cast, "link_copy"))) == [nothing, nothing]
    assert not DecisionLink.objects.exists()


def test_tutor_copies_a_link_and_the_history_says_so(cast, week, tutor):
    page = text_of(tutor.post(page_of(cast, "link_copy"), follow=True))
    link = DecisionLink.objects.get()
    assert (link.made_by, link.placement) == (cast.tutor, cast.placement)
    assert f'value="http://localhost:8000{link.path()}" readonly' in page
    assert history_of(cast.placement)[0] == "Tutor Reed made a link for Manager Reed to hand over"
    assert fresh(week).status == "handed_in"


def test_of_a_new_approver_only_mails_about_this_placement_are_shown(cast, time_machine):
    """What they heard before, here about a student of another college, is not this tutor's to know."""
    waiting(cast.other_placement)
    send_link_again(cast.other_placement, by=cast.other_tutor)
    time_machine.move_to("2026-03-23 10:00", tick=False)
    name_approver(cast.placement, cast.other_manager, by=cast.tutor)
    placement = Placement.objects.get(pk=cast.placement.pk)
    assert [mail["says"] for mail in mails_about(placement)] == ["told of being named as the approver"]


def test_what_another_tutor_had_mailed_is_not_shown(cast):
    """The mail listed the week of this placement as well, but that it was sent is the other tutor's."""
    Placement.objects.filter(pk=cast.placement2.pk).update(manager=cast.manager)
    waiting(cast.placement)
    placement2 = Placement.objects.get(pk=cast.placement2.pk)
    waiting(placement2)
    send_link_again(placement2, by=cast.tutor2)
    assert mails_about(cast.placement) == []
    mail_digest(cast.manager.pk, datetime(2026, 3, 26, 9, tzinfo=UTC))
    assert [mail["says"] for mail in mails_about(cast.placement)] == ["told in the daily mail what waits"]


def test_tutor_names_another_approver(cast, week, tutor, client, mailoutbox, django_capture_on_commit_callbacks):
    link = DecisionLink.objects.create(manager=cast.manager)
    successor = LineManagerFactory(employer=cast.employer, job_title="Team lead", user=cast.manager2).user
    assert "Manager2 Reed, Team lead" in text_of(tutor.get(page_of(cast, "manager_change")))
    with django_capture_on_commit_callbacks(execute=True):
        response = tutor.post(page_of(cast, "manager_change"), {"manager": successor.pk})
    assert said(response) == ["Manager2 Reed approves the hours from now on, and is told by mail."]
    assert Placement.objects.get(pk=cast.placement.pk).manager == successor
    assert history_of(cast.placement)[0] == "Tutor Reed changed line manager from Manager Reed to Manager2 Reed"
    assert "Somebody else approves these hours now" in text_of(client.get(link.path()))
    assert [mail.to for mail in mailoutbox] == [["manager2@cast.test"], ["manager@cast.test"]]
    assert mailoutbox[0].subject == "You are asked to approve hours of a placement"
    assert "Student, week of 2 March 2026: 7 h" in mailoutbox[0].body
    fresh(week).approve(by=successor)


def test_a_new_approver_for_whom_nothing_waits_gets_no_link(cast, mailoutbox, django_capture_on_commit_callbacks):
    successor = LineManagerFactory(employer=cast.employer).user
    with django_capture_on_commit_callbacks(execute=True):
        name_approver(cast.placement, successor, by=cast.tutor)
    assert "Nothing waits for you now." in mailoutbox[0].body
    assert "/a/" not in mailoutbox[0].body
    assert not DecisionLink.objects.exists()


def test_only_line_managers_of_the_employer_can_be_named(cast):
    assert list(ApproverForm(cast.placement, {"manager": cast.manager2.pk}).errors) == ["manager"]


def test_a_double_click_names_the_approver_once(cast, tutor):
    successor = LineManagerFactory(employer=cast.employer).user
    name_approver(cast.placement, successor, by=cast.tutor)
    assert tutor.post(page_of(cast, "manager_change"), {"manager": successor.pk}).status_code == 422
    assert Notice.objects.filter(kind="approver_named").count() == 1
    assert Placement.objects.get(pk=cast.placement.pk).manager == successor


@pytest.mark.database
def test_naming_an_approver_keeps_what_somebody_else_changed_meanwhile(cast):
    read_before = Placement.objects.get(pk=cast.placement.pk)
    cast.placement.end(by=cast.tutor, reason="Moved away")
    name_approver(read_before, cast.manager2, by=cast.tutor)
    placement = Placement.objects.get(pk=cast.placement.pk)
    assert (placement.status, placement.manager) == ("ended", cast.manager2)


def test_staff_who_manage_a_placement_do_not_change_its_approver(cast):
    cast.placement.manager = cast.tutor2
    cast.placement.save()
    LineManagerFactory(employer=cast.employer, user=cast.tutor2)
    assert signed_in(cast.tutor2).get(page_of(cast)).status_code == 404
