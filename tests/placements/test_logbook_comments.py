"""Comments by manager and tutor, the student's answers, the mailed link, corrections within ten minutes."""

import pytest
from django.core import mail

from placements.logbook import commenting, writing
from placements.logbook.forms import CommentForm
from placements.logbook.models import Comment
from portal.asks.clock import remind_of_asks
from portal.asks.models import Ask
from portal.history.models import Event
from portal.notices.models import Notice
from portal.workflow import Refused
from tests.conftest import signed_in
from tests.pages import given_back, said
from tests.placements.logbooks import a_picture, draft, shared

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_wednesday(time_machine):
    time_machine.move_to("2026-03-11 17:30")


@pytest.fixture
def entry(cast):
    return shared(cast)


@pytest.fixture
def link(cast, entry):
    """The path that the student's manager has in a mail."""
    commenting.ask_manager(entry, by=cast.student)
    return Ask.objects.get().path()


def page_of(response) -> str:
    return response.content.decode()


def test_manager_and_tutor_comment_and_a_coordinator_does_not(cast, entry):
    for who, status in (("manager", 302), ("tutor", 302), ("coordinator", 403)):
        response = signed_in(getattr(cast, who)).post(f"/logbook/{entry.pk}/comments/", {"words": "Well spotted"})
        assert response.status_code == status, who
    assert [comment.by for comment in Comment.objects.order_by("pk")] == [cast.manager, cast.tutor]


def test_the_student_hears_of_a_comment_and_those_who_commented_of_the_answer(
    cast, entry, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        commenting.comment(entry, "Well spotted", by=cast.tutor)
        commenting.comment(entry, "Thank you", by=cast.student)
    assert [(message.to, message.subject) for message in mail.outbox] == [
        ([cast.student.email], "Something was written about a logbook entry"),
        ([cast.tutor.email], "Something was written about a logbook entry"),
    ]
    assert "Well spotted" not in mail.outbox[0].body
    assert f"/logbook/{entry.pk}/" in mail.outbox[0].body
    said = [event.says for event in Event.objects.about(entry)]
    assert said[:2] == ["answered a comment", "commented on the entry"]


def test_an_empty_comment_is_asked_for_and_one_sent_twice_is_one(cast, entry):
    client, address = signed_in(cast.tutor), f"/logbook/{entry.pk}/comments/"
    response = client.post(address, {"words": " "})
    assert (response.status_code, "Write a sentence or two." in page_of(response)) == (422, True)
    commenting.comment(entry, "Well spotted", by=cast.tutor)
    client.post(address, {"words": "Well spotted"})
    assert Comment.objects.get().words == "Well spotted"
    assert "This is too long" in CommentForm({"words": "x" * 2001}).errors["words"][0]


def test_a_draft_is_not_commented_on(cast):
    entry = draft(cast)
    assert signed_in(cast.tutor).post(f"/logbook/{entry.pk}/comments/", {"words": "Hm"}).status_code == 404
    with pytest.raises(Refused):
        commenting.comment(entry, "Hm", by=cast.student)


def test_a_comment_can_be_corrected_by_its_author_for_ten_minutes(cast, entry, time_machine):
    made = commenting.comment(entry, "Well spoted", by=cast.tutor)
    client, address = signed_in(cast.tutor), f"/logbook/comments/{made.pk}/edit/"
    assert client.post(address, {"words": ""}).status_code == 422
    client.post(address, {"words": "Well spotted"})
    made.refresh_from_db()
    assert made.words == "Well spotted"
    page = page_of(client.get(f"/logbook/{entry.pk}/"))
    assert ", corrected" in page
    assert "Correct</a>" in page
    time_machine.move_to("2026-03-11 17:41")
    late = client.post(address, {"words": "Something else", "press": "1795420800000"})
    assert given_back(late) == ["Something else"]
    assert "more than 10 minutes ago" in page_of(late)
    assert "arrived" not in late.cookies
    assert not made.is_open_to(cast.tutor)
    made.refresh_from_db()
    assert made.words == "Well spotted"


def test_a_comment_can_be_removed_by_its_author_for_ten_minutes(cast, entry, time_machine):
    first, second = (commenting.comment(entry, words, by=cast.tutor) for words in ("One", "Two"))
    signed_in(cast.manager).post(f"/logbook/comments/{first.pk}/remove/")
    signed_in(cast.tutor).post(f"/logbook/comments/{first.pk}/remove/")
    time_machine.move_to("2026-03-11 17:41")
    signed_in(cast.tutor).post(f"/logbook/comments/{second.pk}/remove/")
    assert [comment.words for comment in Comment.objects.all()] == ["Two"]


# --- by a mailed link ---


def test_the_student_asks_the_manager(cast, entry):
    client = signed_in(cast.student)
    assert "Manager Reed has a mail with a link." in said(client.post(f"/logbook/{entry.pk}/ask/"))[0]
    ask = Ask.objects.get()
    assert (ask.to, ask.kind, ask.about_id) == (cast.manager, "logbook", entry.pk)
    notice = Notice.objects.get()
    assert (notice.subject, ask.path() in notice.text) == ("A student asks for your comment", True)
    assert "Mended a printer" not in notice.text
    again = " ".join(said(client.post(f"/logbook/{entry.pk}/ask/")))
    assert "A mail went to Manager Reed a few minutes ago." in again


def test_there_must_be_somebody_to_ask_and_something_shared(cast, entry):
    writing.take_back(entry, by=cast.student)
    with pytest.raises(Refused, match="Share the entry first"):
        commenting.ask_manager(entry, by=cast.student)
    writing.publish(entry, by=cast.student)
    entry.placement.manager = None
    with pytest.raises(Refused, match="No line manager is named yet"):
        commenting.ask_manager(entry, by=cast.student)


def test_the_manager_reads_and_comments_without_an_account(cast, entry, link, client):
    a_picture(entry)
    page = page_of(client.get(link))
    assert "Mended a printer" in page
    assert Ask.objects.get().is_open, "opening it changes nothing"
    row = entry.files.get()
    assert client.get(f"{link}at/file-{row.pk}/")["Content-Type"] == "image/png"
    assert said(client.post(link, {"words": "Neatly done"})) == ["Thank you. You can correct it for 10 minutes."]
    comment = Comment.objects.get()
    assert (comment.by, comment.words) == (cast.manager, "Neatly done")
    assert Ask.objects.get().is_answered


def test_behind_the_link_a_comment_can_be_corrected_and_removed(cast, entry, link, client, time_machine):
    made = commenting.comment(entry, "Neatly don", by=cast.manager)
    assert "Neatly don</textarea>" in page_of(client.get(f"{link}at/correct-{made.pk}/"))
    assert client.post(f"{link}at/correct-{made.pk}/", {"words": ""}).status_code == 422
    client.post(f"{link}at/correct-{made.pk}/", {"words": "Neatly done"})
    made.refresh_from_db()
    assert made.words == "Neatly done"
    theirs = commenting.comment(entry, "From the tutor", by=cast.tutor)
    assert client.post(f"{link}at/remove-{theirs.pk}/").status_code == 404
    client.post(f"{link}at/remove-{made.pk}/")
    assert [comment.words for comment in Comment.objects.all()] == ["From the tutor"]
    last = commenting.comment(entry, "Late", by=cast.manager)
    time_machine.move_to("2026-03-11 17:41")
    assert client.get(f"{link}at/correct-{last.pk}/").status_code == 302
    assert "more than 10 minutes ago" in said(client.post(f"{link}at/remove-{last.pk}/"))[-1]


def test_nonsense_and_other_entries_files_are_not_found_behind_the_link(cast, entry, link, client):
    other = a_picture(shared(cast, did="Another day"))
    for step in (f"file-{other.pk}", "file-x", "anything", f"remove-{'9' * 5000}"):
        assert client.get(f"{link}at/{step}/").status_code == 404, step
    assert client.post(link, {"words": ""}).status_code == 422


@pytest.mark.parametrize("act", [writing.take_back, writing.remove])
def test_an_entry_that_was_taken_back_is_not_behind_the_link_any_more(cast, entry, link, client, act):
    act(entry, by=cast.student)
    response = client.get(link)
    assert (response.status_code, "This is settled already" in page_of(response)) == (410, True)


def test_a_manager_who_is_not_the_manager_any_more_reads_nothing(cast, entry, link, client):
    cast.placement.manager = cast.manager2
    cast.placement.save()
    response = client.get(link)
    assert response.status_code == 410
    assert "Mended a printer" not in page_of(response)


def test_the_signed_in_manager_answers_the_same_and_a_comment_on_the_page_settles_it(
    cast, entry, link, django_assert_num_queries
):
    ask = Ask.objects.get()
    client = signed_in(cast.manager)
    with django_assert_num_queries(10):  # who it is put to is who is signed in, and not read again
        page = page_of(client.get(f"/asks/{ask.pk}/"))
    assert "Mended a printer" in page
    assert signed_in(cast.manager2).get(f"/asks/{ask.pk}/").status_code == 404
    client.post(f"/logbook/{entry.pk}/comments/", {"words": "Neatly done"})
    ask.refresh_from_db()
    assert ask.is_answered


def test_the_manager_is_reminded_once(cast, entry, link, time_machine):
    from django.utils import timezone

    for day in ("2026-03-14 09:00", "2026-03-17 09:00", "2026-03-24 09:00"):
        time_machine.move_to(day)
        remind_of_asks(timezone.now())
    assert Notice.objects.filter(kind="ask_logbook").count() == 2
    mail = Notice.objects.order_by("pk").last()
    assert "A few days ago you were asked for a comment. Student wrote about" in mail.text


def test_staff_see_what_was_asked_and_can_send_it_again(cast, entry, link):
    page = page_of(signed_in(cast.tutor).get(f"/logbook/{entry.pk}/"))
    assert "Sent to Manager Reed on 11 March, not answered yet" in page
    assert "Send again" in page
    assert "Send again" not in page_of(signed_in(cast.student).get(f"/logbook/{entry.pk}/"))
