"""Mail about worries. None of it says what, none of it says whose: 'there is something for you in the portal'."""

from datetime import timedelta

from django.utils import timezone

from placements.concerns.models import Concern, Contact
from portal.notices import mail
from portal.notices.models import Notice
from portal.people.models import Membership, Role, User

QUIET = timedelta(minutes=10)


def office_of(concern: Concern) -> list[User]:
    """The coordinators who can sign in."""
    rows = Membership.objects.filter(provider=concern.provider_id, role=Role.COORDINATOR, user__is_active=True)
    return [row.user for row in rows.select_related("user")]


def owners_of(concern: Concern) -> list[User]:
    """Whoever is to hear of it: the owner, or all of the placement office where there is none."""
    return [concern.owner] if concern.owner else office_of(concern)


def send(kind: str, concern: Concern, people, **more):
    """One mail to each; the link leads to the worry, which asks to sign in."""
    context = {"link": mail.absolute(concern.get_absolute_url()), "provider": concern.provider} | more
    for person in people:
        mail.send(kind, to=person, context=context, about=concern)


def was_mailed(kind: str, concern: Concern, since) -> bool:
    return Notice.objects.filter(
        about="concerns.concern", about_id=concern.pk, kind=kind, created_at__gte=since
    ).exists()


def raised(concern: Concern):
    """The owner hears at once; of an accident the placement office, too."""
    people = {person.pk: person for person in owners_of(concern)}
    if concern.kind.is_accident:
        people |= {person.pk: person for person in office_of(concern)}
    send("concern_raised", concern, people.values(), due_at=concern.due_at)


def news(concern: Concern, *, by):
    """The student wrote or did something: the owner hears, at most every ten minutes."""
    if not was_mailed("concern_news", concern, timezone.now() - QUIET):
        send("concern_news", concern, [person for person in owners_of(concern) if person != by])


def answered(concern: Concern):
    """There is something for the student, unless they asked not to be contacted for now."""
    student = concern.student.user
    if concern.contact == Contact.NOT_NOW or not student.is_active:
        return
    if not was_mailed("concern_answered", concern, timezone.now() - QUIET):
        send("concern_answered", concern, [student])


def handed_over(concern: Concern):
    """The new owner hears that it is theirs now."""
    send("concern_raised", concern, owners_of(concern), due_at=concern.due_at)


def due(concern: Concern, *, unless_since=None) -> bool:
    """The owner is reminded; False (and no mail) where that was done after `unless_since`."""
    if unless_since and was_mailed("concern_due", concern, unless_since):
        return False
    send("concern_due", concern, owners_of(concern), due_at=concern.due_at, is_late=concern.is_overdue())
    return True


def overdue(concern: Concern):
    """The placement office hears that something waits too long; its own lateness goes to the safeguarding contact."""
    link = mail.absolute(f"{concern.get_absolute_url()}waiting/")
    is_theirs = concern.owner is None or concern.taken_by_id is not None
    if is_theirs:
        context = {"link": link, "provider": concern.provider, "to_contact": True}
        mail.send(
            "concern_overdue", to=None, address=concern.provider.safeguarding_email, context=context, about=concern
        )
    send("concern_overdue", concern, office_of(concern), link=link, to_contact=False)
