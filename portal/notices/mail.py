"""The one door through which mail leaves the portal.

`send('weeks_waiting', to=manager, context)` renders templates/mail/weeks_waiting.txt and .html (a subject in the first
line of the text, 'Subject: ...'), writes a Notice and has the worker deliver it after the transaction commits. Subjects
carry nothing personal.
"""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from portal.history.models import label_of
from portal.notices.models import Notice


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
    )
    transaction.on_commit(lambda: deliver.enqueue(notice.pk))
    return notice


@task()
def deliver(notice_id: int):
    """Hand one mail to the mail server, once."""
    with transaction.atomic():
        notice = Notice.objects.select_for_update().filter(pk=notice_id, sent_at=None).first()
        if notice is None:
            return
        message = EmailMultiAlternatives(notice.subject, notice.text, to=[notice.address])
        message.attach_alternative(notice.html, "text/html")
        message.send()
        notice.sent_at = timezone.now()
        if not settings.DEMO:
            notice.text = notice.html = ""
        notice.save(update_fields=["sent_at", "text", "html"])
