"""The link in a manager's mail, which weeks are a manager's to decide, and what a mail was about."""

import uuid
from datetime import timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone
from sesame.tokens import parse_token
from sesame.utils import get_token

from placements.models import Placement
from placements.timesheets.models import UNDO_MINUTES, Timesheet
from portal.notices.models import Notice
from portal.people.models import Role, User

LINK_DAYS = 14


def weeks_of(manager: User):
    """All weeks of the placements that `manager` is the line manager of now, whatever their status.

    With those that were taken back meanwhile, so that the manager can be told; pages of a draft are not theirs.
    """
    providers = manager.providers_as(Role.MANAGER)
    return Timesheet.objects.filter(placement__manager=manager, placement__provider__in=providers)


def weeks_waiting_for(manager: User):
    """The weeks that `manager` has to decide now, the one that waits longest first."""
    return weeks_of(manager).waiting()


def way_to(page: str, week: int) -> str:
    """The address of one week on the manager's screen at `page`, which shows it however many wait."""
    return f"{page}?week={week}#week-{week}"


class DecisionLink(models.Model):
    """A link that lets one manager decide without signing in, for 14 days or until all is decided.

    The address carries a signed token (django-sesame) whose scope is this row: it is of no use elsewhere. A link that
    was mailed to the manager opens all that waits for them; one that staff copied opens one `placement` only, as staff
    may know nothing of the manager's other students.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    manager = models.ForeignKey(User, on_delete=models.CASCADE, related_name="decision_links", editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, null=True, editable=False, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["manager", "-made_at"], name="link_of_a_manager")]

    def __str__(self):
        return f"Link made on {self.made_at:%-d %B %Y}"

    @property
    def scope(self) -> str:
        return f"decide:{self.pk}"

    @property
    def ends_at(self):
        """When it ends at the latest."""
        return self.made_at + timedelta(days=LINK_DAYS)

    def path(self) -> str:
        """The path with the token. Only ever shown to staff and in the manager's own mail."""
        return reverse("link_weeks", args=[self.pk, get_token(self.manager, scope=self.scope)])

    def is_opened_by(self, token: str) -> bool:
        """Whether `token` was made for this link and its manager may still use the portal. Asks no database."""
        manager = self.manager

        def active(pk):
            return manager if pk == manager.pk and manager.is_active else None

        # How old a link may be is the row's matter (is_alive): an expired one must still be known for what it is.
        return parse_token(token, active, scope=self.scope, max_age=float("inf")) is not None

    def is_alive(self, now=None) -> bool:
        """Not older than 14 days, and not used up (with ten more minutes to undo)."""
        now = now or timezone.now()
        if self.ends_at < now:
            return False
        return self.ended_at is None or self.ended_at > now - timedelta(minutes=UNDO_MINUTES)

    def weeks(self):
        """The weeks that it opens, decided ones included."""
        weeks = weeks_of(self.manager)
        return weeks.filter(placement=self.placement_id) if self.placement_id else weeks


class MailAbout(models.Model):
    """That a mail told a line manager of a placement: what stands among the mails of that placement, and nowhere else.

    A mail lists the weeks of all placements that the manager had then, of several providers perhaps.
    """

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, editable=False, related_name="mails_about")
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, editable=False, related_name="about_placements")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["placement", "notice"], name="mail_about_a_placement_once")]

    def __str__(self):
        return f"Mail {self.notice_id} about placement {self.placement_id}"
