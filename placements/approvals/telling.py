"""Mails to managers: what waits, and the link that opens it. Subjects name nobody, bodies only first names."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.utils import timezone

from placements.approvals.models import LINK_DAYS, DecisionLink, MailAbout, weeks_waiting_for
from placements.timesheets.models import Timesheet
from portal.asks.models import Ask
from portal.notices import mail
from portal.notices.models import Notice
from portal.people.models import User

AT_ONCE, DIGEST, AGAIN, NEW_LINK, NAMED = (
    "weeks_waiting_now", "weeks_waiting", "weeks_waiting_again", "link_again", "approver_named",
)  # fmt: skip
KINDS = {
    AT_ONCE: "told at once that a week waits",
    DIGEST: "told in the daily mail what waits",
    AGAIN: "sent the link again by the provider",
    NEW_LINK: "sent a new link, as asked for on the page of an old one",
    NAMED: "told of being named as the approver",
}
DIGEST_FROM = time(8)
DAYS_BETWEEN = 3
MINUTES_BETWEEN = 10
LISTED = 30


def mail_weeks(manager, kind: str, *, by=None, about=None, **context) -> Notice | None:
    """Mail the manager what waits, with a fresh link; None (and no mail) if nothing does. A new link that was asked for
    is mailed for what waits besides weeks, too: it opens that as well.

    `about`: the placement because of which staff had it sent. That they did is told of no other one (MailAbout).
    """
    weeks = list(weeks_waiting_for(manager).with_people())
    asks = Ask.objects.visible_to(manager).open().alive().count() if kind == NEW_LINK else 0
    if not weeks and not asks and kind != NAMED:
        return None
    link = ""
    if weeks or asks:
        link = mail.absolute(DecisionLink.objects.create(manager=manager, made_by=by).path())
    listed = sorted(weeks[:LISTED], key=lambda week: (week.placement.provider.name, first_name(week), week.monday))
    context |= {
        "weeks": listed,
        "more": len(weeks) - LISTED,
        "count": len(weeks),
        "asks": asks,
        "minutes": sum(week.minutes for week in weeks),
        "several_providers": len({week.placement.provider_id for week in weeks}) > 1,
        "link": link,
        "link_days": LINK_DAYS,
    }
    notice = mail.send(kind, to=manager, context=context, about=about)
    placements = {about.pk} if about else {week.placement_id for week in weeks}
    MailAbout.objects.bulk_create(MailAbout(notice=notice, placement_id=pk) for pk in placements)
    return notice


def first_name(week) -> str:
    return week.placement.student.user.first_name


def locked(manager_id) -> User | None:
    """The manager if they may use the portal, held until the transaction ends: two at once must not mail twice."""
    return User.objects.select_for_update(no_key=True).filter(pk=manager_id, is_active=True).first()


def was_mailed(manager, *kinds: str, since) -> bool:
    return Notice.objects.filter(to=manager, kind__in=kinds, created_at__gte=since).exists()


def midnight(now, days_ago: int = 0):
    """The beginning of a local day."""
    day = timezone.localtime(now).date() - timedelta(days=days_ago)
    return timezone.make_aware(datetime.combine(day, time()))


def minutes_ago(minutes: int):
    return timezone.now() - timedelta(minutes=minutes)


@transaction.atomic
def mail_at_once(manager_id: int, timesheet_id: int):
    """The first week waits: say so now, unless it was answered meanwhile or a manager heard so today already."""
    manager = locked(manager_id)
    if manager is None or was_mailed(manager, AT_ONCE, since=midnight(timezone.now())):
        return
    if weeks_waiting_for(manager).filter(pk=timesheet_id).exists():
        mail_weeks(manager, AT_ONCE)


def due_for_digest(now):
    """Managers whose daily mail is due: from 8:00, if by then something waited that is new, or waits 3 days longer.

    New means: since the last mail of any kind that told them of weeks.
    """
    eight = timezone.make_aware(datetime.combine(timezone.localtime(now).date(), DIGEST_FROM))
    if now < eight:
        return User.objects.none()
    waiting = Timesheet.objects.waiting().filter(handed_in_at__lt=eight).order_by()
    notices = Notice.objects.filter(to=OuterRef("pk")).order_by()
    newest = waiting.filter(placement__manager=OuterRef("pk")).values("placement__manager")
    last = notices.filter(kind__in=KINDS).values("to")
    today = notices.filter(kind=DIGEST, created_at__gte=midnight(now))
    return (
        User.objects.filter(~Exists(today), pk__in=waiting.values("placement__manager"), is_active=True)
        .annotate(newest=Subquery(newest.annotate(at=Max("handed_in_at")).values("at")))
        .annotate(last=Subquery(last.annotate(at=Max("created_at")).values("at")))
        .filter(Q(last=None) | Q(newest__gt=F("last")) | Q(last__lt=midnight(now, DAYS_BETWEEN - 1)))
    )


@transaction.atomic
def mail_digest(manager_id: int, now):
    """The daily mail of one manager, if it is still due."""
    manager = locked(manager_id)
    if manager is not None and due_for_digest(now).filter(pk=manager_id).exists():
        mail_weeks(manager, DIGEST)


@transaction.atomic
def mail_new_link(manager):
    """A new link for somebody who holds an old one: one in ten minutes, to the address on file."""
    manager = locked(manager.pk)
    if manager is not None and not was_mailed(manager, NEW_LINK, since=minutes_ago(MINUTES_BETWEEN)):
        mail_weeks(manager, NEW_LINK)
