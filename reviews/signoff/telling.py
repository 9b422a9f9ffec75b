"""The mails of this room: a sentence and a link. Neither subject nor text says anything of the matter itself."""

from django.urls import reverse

from portal.notices import mail
from portal.people.models import Role, User


def tell(kind: str, student, to, page: str, *args, by=None):
    """Mail `to` that there is something at `page`; nobody who is gone, and nobody about what they did themselves."""
    if to is None or not to.is_active or to == by:
        return
    link = mail.absolute(reverse(page, args=args))
    mail.send(kind, to=to, about=student, context={"by": by, "link": link})


def tell_office(kind: str, student, page: str, *args, but=None, by=None):
    """Mail everybody of the placement office, except `but`."""
    people = User.objects.filter(
        is_active=True, memberships__provider=student.provider_id, memberships__role=Role.COORDINATOR
    )
    for person in people.exclude(pk=but.pk if but else 0).distinct():
        tell(kind, student, person, page, *args, by=by)
