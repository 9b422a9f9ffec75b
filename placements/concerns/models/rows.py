"""Which worries there are in what state, and who may read which: the rows that every page starts from."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from portal.people.models import Role


class Status(models.TextChoices):
    RAISED = "raised", "Waits for a first answer"
    ANSWERED = "answered", "Being looked after"
    REOPENED = "reopened", "Taken up again"
    SETTLED = "settled", "Settled"
    WITHDRAWN = "withdrawn", "Withdrawn by the student"


OPEN = [Status.RAISED, Status.ANSWERED, Status.REOPENED]
CLOSED = [Status.SETTLED, Status.WITHDRAWN]


class Visibility(models.TextChoices):
    TUTOR = "tutor", "Only my tutor"
    OFFICE = "office", "My tutor and the placement office"


class Contact(models.TextChoices):
    HERE = "here", "Write to me here"
    PHONE = "phone", "Ring me"
    COLLEGE = "college", "Talk to me at college"
    NOT_NOW = "not_now", "Not for now, I only want somebody to know"


NO_TUTOR = Q(student__tutor=None) | Q(student__tutor__is_active=False)


def office_may_read(user_id: int) -> Q:
    """What a coordinator may read: shared with the office, an accident, or taken over by them."""
    shared = Q(visibility=Visibility.OFFICE) | Q(kind__is_accident=True)
    return shared | Q(taken_by=user_id)


def readable_at_office(user_id: int) -> Q:
    """What a coordinator may read at the office's desk: some are the student's tutor as well."""
    return office_may_read(user_id) | Q(student__tutor=user_id)


def is_overdue(now: datetime) -> Q:
    """Somebody waits for an answer past its time."""
    return Q(status__in=OPEN, due_at__lte=now)


class ConcernQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The student's own; the tutor's students'; for coordinators see `office_may_read`. Never a line manager."""
        wanted = Q(pk__in=[])
        if own := user.providers_as(Role.STUDENT):
            wanted |= Q(student__user=user, provider__in=own)
        if tutored := user.providers_as(Role.TUTOR):
            wanted |= Q(student__tutor=user, provider__in=tutored)
        if coordinated := user.providers_as(Role.COORDINATOR):
            wanted |= Q(provider__in=coordinated) & office_may_read(user.pk)
        return self.filter(wanted)

    def at_desk(self, desk):
        """What a tutor or coordinator may read at the desk in use."""
        rows = self.filter(provider=desk.provider_id)
        if desk.role == Role.TUTOR:
            return rows.filter(student__tutor=desk.user_id)
        return rows.filter(readable_at_office(desk.user_id)) if desk.role == Role.COORDINATOR else rows.none()

    def known_to(self, user, now: datetime):
        """Those of which a coordinator knows that they wait, and nothing else: overdue, or without an active tutor."""
        rows = self.filter(provider__in=user.providers_as(Role.COORDINATOR))
        return rows.exclude(readable_at_office(user.pk)).unattended(now)

    def overdue(self, now: datetime):
        return self.filter(is_overdue(now))

    def unattended(self, now: datetime):
        """Waiting past their time, or nobody there to answer."""
        return self.waiting().filter(Q(due_at__lte=now) | (NO_TUTOR & Q(taken_by=None)))

    def waiting(self):
        """Somebody waits for an answer of the owner."""
        return self.filter(status__in=OPEN, due_at__isnull=False)

    def with_people(self):
        """Everything that a row shows, in the same query."""
        return self.select_related(
            "kind", "student__user", "student__tutor", "provider", "taken_by", "settled_by", "placement__employer"
        )
