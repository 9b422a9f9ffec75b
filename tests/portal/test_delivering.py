"""How mails leave: once each, holding nobody up, and again at growing intervals where they could not be handed over."""

import logging
from datetime import UTC, datetime, timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail as outgoing
from django.core.mail import EmailMessage
from django.db import connection
from django_tasks_db.models import DBTaskResult

from portal.notices import mail
from portal.notices.clock import deliver_what_was_left
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def a_mail():
    return mail.send("account/login_code", to=UserFactory(email="cora@example.ac.uk"), context={"code": "QHPZ"})


@pytest.fixture
def notice(time_machine):
    """A mail of noon that waits for a worker."""
    time_machine.move_to(NOON, tick=False)
    return a_mail()


@pytest.fixture
def server(monkeypatch):
    """What the mail server answers: a fault to raise, or a function to call; it counts the tries as well."""

    class Server:
        tries = 0
        answer = None

        def take(self):
            self.tries += 1
            if isinstance(self.answer, BaseException):
                raise self.answer
            if self.answer:
                self.answer()

    server = Server()
    monkeypatch.setattr(EmailMessage, "send", lambda message: server.take())
    return server


REFUSED = SMTPRecipientsRefused({"cora@example.ac.uk": (550, b"cora@example.ac.uk: no such mailbox")})


@pytest.fixture
def queue(settings):
    """The queue of a real worker, who does not come."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    return DBTaskResult.objects


def later(time_machine, **ago):
    """The clock strikes that much after noon."""
    time_machine.move_to(NOON + timedelta(**ago), tick=False)
    deliver_what_was_left(NOON + timedelta(**ago))


def test_a_mail_is_sent_once_and_its_text_is_not_kept(notice):
    mail.deliver.call(notice.pk)
    mail.deliver.call(notice.pk)
    assert [sent.to for sent in outgoing.outbox] == [["cora@example.ac.uk"]]
    notice.refresh_from_db()
    assert (notice.sent_at, notice.text, notice.html) == (NOON, "", "")


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_nothing_is_locked_while_the_mail_server_thinks(server):
    locked = []
    server.answer = lambda: locked.append(connection.in_atomic_block)
    a_mail()
    assert locked == [False]


def test_a_second_worker_leaves_a_mail_alone_that_is_being_sent(notice, server):
    server.answer = lambda: mail.deliver.call(notice.pk)
    mail.deliver.call(notice.pk)
    assert server.tries == 1


def test_what_fails_is_tried_again_at_growing_intervals_and_given_up_after_twenty_hours(notice, server, time_machine):
    server.answer = REFUSED
    mail.deliver.call(notice.pk)
    tried, four_days = [], 4 * 24 * 60
    for minute in (0, 9, 10, 30, 39, 40, 120, 129, 130, 390, 399, 400, 1200, 1209, 1210, 2000, 3000, four_days):
        before = server.tries
        later(time_machine, minutes=minute)
        tried += [minute] * (server.tries - before)
    assert tried == [10, 40, 2 * 60 + 10, 6 * 60 + 40, 20 * 60 + 10]
    notice.refresh_from_db()
    assert (notice.sent_at, notice.try_at) == (None, None)


def test_what_failed_arrives_once_the_server_is_back(notice, server, time_machine):
    server.answer = ConnectionRefusedError("nobody there")
    mail.deliver.call(notice.pk)
    server.answer = None
    later(time_machine, minutes=9)
    assert server.tries == 1
    later(time_machine, minutes=10)
    later(time_machine, minutes=60)
    assert server.tries == 2
    notice.refresh_from_db()
    assert notice.sent_at == NOON + timedelta(minutes=10)


def test_an_attempt_that_died_is_made_again(notice, server, time_machine):
    server.answer = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        mail.deliver.call(notice.pk)
    server.answer = None
    later(time_machine, minutes=10)
    notice.refresh_from_db()
    assert notice.sent_at == NOON + timedelta(minutes=10)


def test_what_waits_in_the_queue_is_not_queued_again(notice, queue, time_machine):
    mail.deliver.enqueue(notice.pk)
    for minutes in (1, 11, 60, 24 * 60):
        later(time_machine, minutes=minutes)
    assert queue.count() == 1


def test_what_never_came_into_the_queue_is_queued_once_behind_all_else(notice, queue, time_machine):
    later(time_machine, minutes=1)
    later(time_machine, minutes=2)
    assert [(task.args_kwargs["args"], task.priority < 0) for task in queue.all()] == [([notice.pk], True)]


def test_the_log_says_which_mail_failed_but_not_to_whom(notice, server, caplog):
    server.answer = REFUSED
    with caplog.at_level(logging.WARNING):
        mail.deliver.call(notice.pk)
    [record] = caplog.records
    assert record.message.startswith(f"Mail {notice.pk} (account/login_code) could not be sent")
    assert record.exc_info is None
