"""The link in a manager's mail: what it opens, for how long, and that opening it changes nothing."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from sesame.utils import get_token

from placements.approvals.models import DecisionLink
from placements.approvals.telling import mail_new_link
from portal.asks.models import Ask
from portal.history.models import Event
from portal.notices.models import Notice
from tests.conftest import signed_in
from tests.pages import said, text_of
from tests.placements.approvals.scenes import MONDAYS, fresh, waiting, waiting_of_many

pytestmark = pytest.mark.django_db


ELSEWHERE = "Somebody else approves these hours now"
LATE = "Nothing was taken back: a decision can be undone for 10 minutes, while its link is open."


def link_for(user, **fields) -> DecisionLink:
    return DecisionLink.objects.create(manager=user, **fields)


def token_of(link) -> str:
    return link.path().split("/")[3]


def act(link, name, *args) -> str:
    """The address of an act behind a link: act(link, 'week_approve', week.pk)."""
    return reverse(f"{name}_by_link", args=[link.pk, token_of(link), *args])


def again(link) -> str:
    return reverse("link_again", args=[link.pk, token_of(link)])


# --- What it opens ---


@pytest.mark.parametrize("number", [1, 3])
def test_a_link_opens_what_waits_for_its_manager_without_a_password_in_eight_queries(
    cast, client, number, django_assert_num_queries
):
    waiting(cast.placement2)
    waiting_of_many(cast, number)
    link = link_for(cast.manager)
    with django_assert_num_queries(8):
        page = text_of(client.get(link.path()))
    assert "You are deciding as <strong>Manager Reed</strong>" in page
    assert page.count("What happened so far") == number
    assert "Student2 Reed" not in page
    assert "_auth_user_id" not in client.session


def test_the_manager_decides_behind_the_link_and_history_and_record_say_so(cast, week, client):
    link = link_for(cast.manager)
    response = client.post(act(link, "week_approve", week.pk), {"seen": week.version})
    assert said(response) == ["Approved: Student's week of 2 March, 7 h."]
    week = fresh(week)
    assert (week.status, week.decided_by) == ("approved", cast.manager)
    assert week.sentence() == "Approved by Manager Reed on 22 March, by link"
    assert str(Event.objects.about(week)[0]) == "Manager Reed (by the link in a mail) approved the week"
    week.undo(by=cast.manager)
    week.approve(by=cast.manager)
    assert fresh(week).sentence() == "Approved by Manager Reed on 22 March"
    assert str(Event.objects.about(week)[0]) == "Manager Reed approved the week"


def test_the_manager_sends_back_behind_the_link_and_other_words_come_back(cast, week, client):
    link = link_for(cast.manager)
    address = act(link, "week_send_back", week.pk)
    assert client.get(address + "?day=2026-03-03").status_code == 200
    sent = {"seen": week.version, "day": "2026-03-03", "reason": "Were you off?"}
    client.post(address, sent)
    assert (fresh(week).status, fresh(week).reason) == ("sent_back", "Were you off?")
    response = client.post(address, sent | {"reason": "And the breaks?"})
    assert response.status_code == 409
    page = response.content.decode()
    assert "was sent back already, with these words about Tuesday 3 March: “Were you off?”" in page
    assert "And the breaks?" in page


def test_approve_all_and_undo_behind_the_link(cast, weeks, client):
    link = link_for(cast.manager)
    client.post(act(link, "weeks_approve"), {"shown": [f"{week.pk}:{week.version}" for week in weeks]})
    assert {fresh(week).status for week in weeks} == {"approved"}
    client.post(act(link, "week_undo", weeks[0].pk), {"seen": fresh(weeks[0]).version})
    assert fresh(weeks[0]).status == "handed_in"


def test_another_managers_week_is_not_found_behind_the_link(cast, client):
    week = waiting(cast.placement2)
    link = link_for(cast.manager)
    assert client.post(act(link, "week_approve", week.pk), {"seen": week.version}).status_code == 404
    client.post(act(link, "weeks_approve"), {"shown": [f"{week.pk}:{week.version}"]})
    assert fresh(week).status == "handed_in"


def test_a_link_that_staff_copied_opens_its_placement_only(cast, week, client):
    cast.placement2.manager = cast.manager
    cast.placement2.save()
    other = waiting(cast.placement2)
    link = link_for(cast.manager, placement=cast.placement, made_by=cast.tutor)
    page = text_of(client.get(link.path()))
    assert "One week waits for you" in page
    assert "Student2 Reed" not in page
    assert client.post(act(link, "week_approve", other.pk), {"seen": other.version}).status_code == 404


def test_who_is_signed_in_as_somebody_else_neither_reads_nor_decides_by_a_link(cast, week):
    """For everybody else see the access table."""
    link, person = link_for(cast.manager), signed_in(cast.manager2)
    page = text_of(person.get(link.path()))
    assert "This link is for Manager Reed" in page
    assert "7 h" not in page
    for name, sent in (("week_approve", {"seen": week.version}), ("week_send_back", {"reason": "Why?", "seen": 2})):
        assert person.post(act(link, name, week.pk), sent).status_code == 403
    assert fresh(week).status == "handed_in"


def test_who_signs_out_there_goes_on_with_the_link(cast, week):
    link, student = link_for(cast.manager), signed_in(cast.student)
    path = f"{link.path()}?week={week.pk}"
    assert student.post(path, {"sign_out": "open"}).url == path
    assert "_auth_user_id" not in student.session
    assert "You are deciding as <strong>Manager Reed</strong>." in text_of(student.get(path))


def test_who_keeps_no_cookies_decides_by_link(cast, week):
    client, link = Client(enforce_csrf_checks=True), link_for(cast.manager)
    assert client.post(act(link, "week_approve", week.pk), {"seen": week.version}).status_code == 302
    assert fresh(week).status == "approved"
    assert client.post(again(link)).status_code == 200


def test_what_was_typed_goes_along_through_signing_out(cast, week):
    link, tutor = link_for(cast.manager), signed_in(cast.tutor)
    sent = {"reason": 'Was it "long"?', "day": "week", "seen": week.version}
    page = text_of(tutor.post(act(link, "week_send_back", week.pk), sent))
    assert '<input type="hidden" name="reason" value="Was it &quot;long&quot;?">' in page
    assert "I am Manager Reed: sign Tutor out and send it" in page
    response = tutor.post(act(link, "week_send_back", week.pk), sent | {"sign_out": "send"})
    assert response.url == link.path()
    assert (fresh(week).status, fresh(week).reason) == ("sent_back", 'Was it "long"?')


def test_the_page_of_a_link_is_kept_by_nobody_and_named_to_no_other_site(cast, client):
    link = link_for(cast.manager)
    for address in (link.path(), act(link, "week_approve", 1), link.path()[:-3] + "/", "/a/" + str(link.pk) + "/x/"):
        response = client.get(address)
        assert "no-store" in response["Cache-Control"], address
        assert response["Referrer-Policy"] == "same-origin"
        assert response["X-Robots-Tag"] == "noindex, nofollow"


# --- Opening it changes nothing ---


def test_a_mail_scanner_that_opens_everything_changes_nothing(cast, week):
    """For what a GET of every other address behind it writes see the access table: nothing."""
    link, scanner = link_for(cast.manager), Client()
    acts = [act(link, name, week.pk) for name in ("week_approve", "week_send_back")]
    with CaptureQueriesContext(connection) as queries:
        for address in (link.path(), again(link), *acts):
            assert scanner.head(address).status_code in (200, 302), address
        assert scanner.options(acts[0]).status_code == 302
    writes = [query["sql"] for query in queries if re.match(r"\s*(INSERT|UPDATE|DELETE)", query["sql"])]
    assert writes == []
    assert "sessionid" not in scanner.cookies
    assert fresh(week).version == week.version


# --- When it ends ---


def test_a_link_ends_after_fourteen_days_keeps_the_words_and_offers_a_new_one(cast, week, client, time_machine):
    link = link_for(cast.manager)
    addresses = [act(link, "week_approve", week.pk), act(link, "week_send_back", week.pk)]
    path = link.path()
    time_machine.move_to("2026-04-05 18:00+00:00", tick=False)
    assert client.get(path).status_code == 200
    time_machine.move_to("2026-04-05 18:01+00:00", tick=False)
    response = client.get(path)
    assert response.status_code == 410
    page = text_of(response)
    assert "This link has ended" in page
    assert "Mail me a new link" in page
    assert "Student Reed" not in page
    for address in addresses:
        response = client.post(address, {"seen": week.version, "reason": "The breaks are missing"})
        assert response.status_code == 410
        assert "The breaks are missing" in text_of(response)
    assert fresh(week).status == "handed_in"


def test_the_last_decision_uses_all_open_links_up(cast, week, client, time_machine):
    links = [link_for(cast.manager), link_for(cast.manager)]
    last = waiting(cast.placement, MONDAYS[1])
    week.approve(by=cast.manager)
    assert DecisionLink.objects.filter(ended_at=None).count() == 2
    last.approve(by=cast.manager)
    assert DecisionLink.objects.filter(ended_at=None).count() == 0
    assert "All done, thank you" in text_of(client.get(links[0].path()))
    time_machine.move_to("2026-03-22 18:11", tick=False)
    response = client.get(links[1].path())
    assert response.status_code == 200
    assert "Nothing waits for you" in text_of(response)
    assert "Mail me a new link" not in text_of(response)
    assert LATE not in text_of(response)


def test_undo_brings_a_used_link_back_to_life(cast, week, time_machine):
    link = link_for(cast.manager)
    week.approve(by=cast.manager)
    week.undo(by=cast.manager)
    time_machine.move_to("2026-03-23", tick=False)
    link.refresh_from_db()
    assert link.is_alive()


def test_a_used_link_says_that_something_waits_again(cast, week, client, time_machine):
    link = link_for(cast.manager)
    week.approve(by=cast.manager)
    time_machine.move_to("2026-03-23", tick=False)
    waiting(cast.placement, MONDAYS[1])
    response = client.get(link.path())
    assert response.status_code == 410
    assert "Something waits for you, though" in text_of(response)
    assert LATE not in text_of(response)


def test_when_another_manager_is_named_the_link_opens_nothing(cast, week, client):
    link = link_for(cast.manager)
    cast.placement.manager = cast.manager2
    cast.placement.save()
    response = client.get(link.path())
    assert (response.status_code, ELSEWHERE in text_of(response)) == (410, True)


def test_a_copied_link_of_a_manager_who_was_replaced_says_so(cast, week, client, time_machine):
    cast.placement2.manager = cast.manager  # who has others still
    cast.placement2.save()
    link = link_for(cast.manager, placement=cast.placement, made_by=cast.tutor)
    cast.placement.manager = cast.manager2
    cast.placement.save()
    assert ELSEWHERE in text_of(client.get(link.path()))
    time_machine.move_to("2026-04-06", tick=False)
    page = text_of(client.get(link.path()))
    assert (ELSEWHERE in page, "Mail me a new link" in page) == (True, False)


def test_words_are_not_lost_where_somebody_else_was_named_meanwhile(cast, week, client):
    link = link_for(cast.manager)
    cast.placement.manager = cast.manager2
    cast.placement.save()
    data = {"seen": week.version, "day": "week", "reason": "The breaks are missing"}
    manager = signed_in(cast.manager)
    for sent, home in (
        (client.post(act(link, "week_send_back", week.pk), data), link.path()),
        (manager.post(reverse("week_send_back", args=[week.pk]), data), "/approvals/"),
    ):
        page = text_of(sent)
        assert sent.status_code == 404
        assert ELSEWHERE in page
        assert "What you wrote was not sent. Copy what you need:" in page
        assert "The breaks are missing" in page
        assert f'href="{home}"' in page
    assert ELSEWHERE in text_of(manager.post(reverse("week_approve", args=[week.pk]), {"seen": week.version}))
    response = manager.post(reverse("weeks_approve"), {"shown": [f"{week.pk}:{week.version}"]})
    told = "Somebody else approves the hours of one of these weeks now. You decided nothing about it."
    assert said(response) == [told]
    assert fresh(week).status == "handed_in"


def test_a_used_link_says_what_else_waits_and_a_new_one_opens_it(
    cast, week, client, time_machine, mailoutbox, django_capture_on_commit_callbacks
):
    link = link_for(cast.manager)
    for kind in ("goals", "briefing"):
        asked = {"to": cast.manager, "name": "Manager Reed", "provider": cast.provider, "label": "Student Reed"}
        Ask.objects.create(kind=kind, about="placements.placement", about_id=cast.placement.pk, **asked)
    week.approve(by=cast.manager)
    time_machine.move_to("2026-03-22 18:11", tick=False)
    page = text_of(client.get(link.path()))
    assert "No week waits for you" in page
    assert "2 other things still wait for you." in page
    with django_capture_on_commit_callbacks(execute=True):
        client.post(again(link))
    [mail] = mailoutbox
    assert "It opens what waits for your answer. No week of hours is among it." in mail.body
    assert "0 weeks" not in mail.body
    path = re.search(r"/a/\S+/", mail.body).group()
    assert "Waiting for you" in text_of(client.get(path))


def test_a_manager_who_may_not_sign_in_any_more_can_use_no_link_and_gets_no_new_one(cast, week, client):
    link = link_for(cast.manager)
    cast.manager.is_active = False
    cast.manager.save()
    response = client.get(link.path())
    assert response.status_code == 404
    assert "This link does not work" in text_of(response)
    client.post(act(link, "week_approve", week.pk), {"seen": week.version})
    assert fresh(week).status == "handed_in"
    assert "Look at your mail" in text_of(client.post(again(link)))
    assert not Notice.objects.filter(kind="link_again").exists()


def test_a_link_of_one_manager_does_not_work_with_the_token_of_another(cast, client):
    link, other = link_for(cast.manager), link_for(cast.manager2)
    for token in (token_of(other), get_token(cast.manager), "nonsense"):
        assert not link.is_opened_by(token), token
    assert client.get(reverse("link_weeks", args=[link.pk, token_of(other)])).status_code == 404


def test_a_new_password_does_not_end_a_link_but_a_corrected_address_does(cast):
    link = link_for(cast.manager)
    token = token_of(link)
    cast.manager.set_password("something-else-now")
    cast.manager.save()
    assert DecisionLink.objects.get().is_opened_by(token)
    cast.manager.email = "right@cast.test"
    cast.manager.save()
    assert not DecisionLink.objects.get().is_opened_by(token)


# --- A new one ---


def test_a_new_link_is_mailed_to_the_address_on_file(
    cast, week, client, mailoutbox, django_capture_on_commit_callbacks
):
    link = link_for(cast.manager, made_at=timezone.now() - timedelta(weeks=3))
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(again(link))
    assert "Look at your mail" in text_of(response)
    assert [mail.to for mail in mailoutbox] == [["manager@cast.test"]]
    assert mailoutbox[0].subject == "Your new link"
    path = re.search(r"/a/\S+/", mailoutbox[0].body).group()
    assert "One week waits for you" in text_of(client.get(path))


def test_one_new_link_in_ten_minutes_and_always_the_same_answer(cast, week, client, time_machine):
    link, unknown = link_for(cast.manager), DecisionLink(manager=cast.manager)
    nothing_waits = link_for(cast.manager2)
    answers = {
        re.sub(r'value="\w+"', "", text_of(client.post(again(found)))) for found in (link, link, unknown, nothing_waits)
    }
    assert len(answers) == 1
    assert Notice.objects.filter(kind="link_again").count() == 1
    time_machine.move_to("2026-03-22 18:11", tick=False)
    mail_new_link(cast.manager)
    assert Notice.objects.filter(kind="link_again").count() == 2


@pytest.mark.parametrize("also_waits", [False, True])
def test_undoing_too_late_behind_a_link_is_told_in_words(cast, week, client, time_machine, also_waits):
    link = link_for(cast.manager)
    week.approve(by=cast.manager)
    if also_waits:
        waiting(cast.placement, MONDAYS[1])
    time_machine.move_to("2026-03-22 18:11", tick=False)
    for url, data in (
        (act(link, "week_undo", week.pk), {"seen": week.version}),
        (act(link, "weeks_undo"), {"shown": [f"{week.pk}:{week.version}"]}),
    ):
        page = text_of(client.post(url, data))
        assert ("Too late to undo" in page, LATE in page) == (True, True)
        assert "Nothing waits for you" not in page
    assert fresh(week).status == "approved"
