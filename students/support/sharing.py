"""Writing, sharing and changing a need, with the mail that follows: it says neither what nor whose."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.history.models import Event, Look, label_of, record
from portal.notices import mail
from portal.notices.models import Notice
from portal.people.models import Role, User
from portal.workflow import Refused
from students.support.models import Need

QUIET = timedelta(minutes=10)


@transaction.atomic
def write_down(need: Need, *, by) -> Need:
    """Store a new draft. The same words a second time (a second press) find the first one."""
    same = Need.objects.filter(
        student=need.student, status=Need.Status.DRAFT, kind=need.kind, words=need.words, helps=need.helps
    )
    if found := same.first():
        return found
    need.save()
    record(need, "wrote it down", by=by)
    return need


@transaction.atomic
def share(need: Need, *, by, with_office: bool, seen: int):
    """Let the tutor, and the placement office or not, read it. Whoever can read it anew gets a mail."""
    had_tutor, had_office = need.is_shared, need.with_office
    need.share(by=by, seen=seen, with_office=with_office)
    tell(need, tutor=not had_tutor, office=with_office and not had_office)


@transaction.atomic
def rewrite(need: Need, *, by, seen: int) -> bool:
    """Keep changed words; those who read it are told. Raises SomebodyWasQuicker."""
    changed = need.rewrite(by=by, seen=seen)
    if changed and need.is_shared:
        tell(need, tutor=True, office=need.with_office)
    return changed


@transaction.atomic
def remove(need: Need):
    """Throw away what nobody else can read now, with all that is known about it. Raises Refused for a shared one."""
    if not Need.objects.filter(pk=need.pk).exclude(status=Need.Status.SHARED).delete()[0]:
        raise Refused("Take it back first. What is shared cannot be thrown away unseen.")
    for rows in (Event, Look):
        rows.objects.filter(about=label_of(need), about_id=need.pk).delete()


def tell(need: Need, *, tutor: bool, office: bool):
    """Mail those who can read something new, at most once in ten minutes."""
    people = {need.tutor.pk: need.tutor} if tutor and need.tutor else {}
    if office:
        coordinators = User.objects.filter(
            memberships__provider=need.provider_id, memberships__role=Role.COORDINATOR, is_active=True
        )
        people |= {person.pk: person for person in coordinators}
    lately = Notice.objects.filter(
        kind="support_to_read", about=label_of(need), about_id=need.pk, created_at__gte=timezone.now() - QUIET
    )
    told = set(lately.values_list("to", flat=True)) if people else set()
    link = mail.absolute(reverse("student_support", args=[need.student_id]))
    for pk, person in people.items():
        if pk not in told:
            mail.send("support_to_read", to=person, context={"link": link}, about=need)
