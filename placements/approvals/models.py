"""The link in a manager's mail: it opens what waits for that manager, without a password."""

import uuid
from datetime import timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone
from sesame.utils import get_token, get_user

from placements.timesheets.models import UNDO_MINUTES, Timesheet
from portal.people.models import User

LINK_DAYS = 14


class DecisionLink(models.Model):
    """A link mailed to one manager. It opens the weeks that wait for them, for 14 days, until all are decided.

    The address carries a signed token (django-sesame) whose scope is this row, so that it is of no use for anything else.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    manager = models.ForeignKey(User, on_delete=models.CASCADE, related_name="decision_links", editable=False)
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

    def path(self) -> str:
        """The path with the token. Only ever shown to staff and in the manager's own mail."""
        return reverse("link_weeks", args=[self.pk, get_token(self.manager, scope=self.scope)])

    def opens_for(self, token: str) -> User | None:
        """The manager if `token` is right and the link has not ended, else None. Reads only."""
        if not self.is_alive():
            return None
        user = get_user(token, scope=self.scope, max_age=LINK_DAYS * 24 * 60 * 60)
        return user if user == self.manager else None

    def is_alive(self, now=None) -> bool:
        """Not older than 14 days, and not used up (with ten more minutes to undo)."""
        now = now or timezone.now()
        if self.made_at < now - timedelta(days=LINK_DAYS):
            return False
        return self.ended_at is None or self.ended_at > now - timedelta(minutes=UNDO_MINUTES)


def weeks_waiting_for(manager: User):
    """The weeks that `manager` has to decide now, oldest first."""
    return Timesheet.objects.waiting().filter(placement__manager=manager)
