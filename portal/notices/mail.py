"""The one door through which mail leaves the portal.

`send('weeks_waiting', to=manager, context)` renders templates/mail/weeks_waiting.txt and .html (a subject in the first
line of the text, 'Subject: ...'), writes a Notice and has the worker deliver it after the transaction commits. Subjects
carry nothing personal.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from portal.history.models import label_of
from portal.notices.models import Notice

log = logging.getLogger(__name__)
FIRST_WAIT = timedelta(minutes=10)  # far longer than a try takes; each further wait is three times as long
TRIES = 6  # the last after twenty hours


def absolute(path: str) -> str:
    """A path of this portal as an address for a mail."""
    return f"{settings.BASE_URL}{path}"


def send(kind: str, *, to, context=None, about=None, address: str = "") -> Notice:
    """Mail a person (`to`, a User, or None with an `address` that nobody signs in with). Returns the Notice."""
    context = {"to": to, "base_url": settings.BASE_URL} | (context or {})
    first, _, text = render_to_string(f"mail/{kind}.txt", context).lstrip().partition("\n")
    subject = first.removeprefix("Subject:").strip()
    notice = Notice.objects.create(
        to=to,
        address=address or to.email,
        kind=kind,
        about=label_of(about) if about else "",
        about_id=about.pk if about else None,
        subject=subject,
        text=text.strip() + "\n",
        html=render_to_string(f"mail/{kind}.html", context | {"subject": subject}),
        try_at=timezone.now(),
    )
    transaction.on_commit(lambda: deliver.enqueue(notice.pk))
    return notice


@task()
def deliver(notice_id: int):
    """Hand one mail to the mail server, unless that is done or being done. No transaction is open while it answers."""
    notice = taken(notice_id)
    if notice is None:
        return
    message = EmailMultiAlternatives(notice.subject, notice.text, to=[notice.address])
    message.attach_alternative(notice.html, "text/html")
    try:
        message.send()
    except OSError as error:  # all of smtplib's are
        next_try = f"tried again at {timezone.localtime(notice.try_at):%H:%M}" if notice.try_at else "given up"
        log.warning("Mail %s (%s) could not be sent and is %s: %s", notice.pk, notice.kind, next_try, error)
        return
    notice.sent_at, notice.try_at = timezone.now(), None
    if not settings.DEMO:
        notice.text = notice.html = ""
    notice.save(update_fields=["sent_at", "try_at", "text", "html"])


def taken(notice_id: int) -> Notice | None:
    """The mail, to be tried by the caller alone; None where it is not due or somebody was quicker.

    Its next try is settled now, so that it comes also where this one dies; after the last there is none.
    """
    now = timezone.now()
    notice = Notice.objects.filter(pk=notice_id, try_at__lte=now).first()
    if notice is None:
        return None
    again_at = now + FIRST_WAIT * 3**notice.tries
    notice.try_at = again_at if notice.tries + 1 < TRIES else None
    due = Notice.objects.filter(pk=notice_id, try_at__lte=now, tries=notice.tries)
    return notice if due.update(try_at=notice.try_at, tries=notice.tries + 1) else None
