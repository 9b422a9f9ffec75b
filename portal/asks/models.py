"""An ask: something put to a person by a mailed link, and answered without an account."""

import uuid
from datetime import timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone

from portal.history.models import AboutQuerySet
from portal.people.models import Provider, User
from portal.tokens import is_token_for, token_for
from portal.words import long_date

LINK_DAYS = 14
PURPOSE = "portal.asks"


class AskQuerySet(AboutQuerySet):
    def open(self):
        """Not answered and not taken back, however old their links are."""
        return self.filter(answered_at=None, withdrawn_at=None)

    def alive(self):
        """Those whose link still opens them (as Ask.is_alive)."""
        return self.filter(withdrawn_at=None, mailed_at__gte=timezone.now() - timedelta(days=LINK_DAYS))

    def visible_to(self, user):
        """Those that were put to this person. Staff reach an ask through the thing that it is about."""
        return self.filter(to=user) if user.is_authenticated else self.none()


class Ask(models.Model):
    """One thing asked of one person (`to`, or somebody at `address` who has no account), about one record.

    Who has an account is mailed at the address that they have by then: it is corrected in one place.

    `kind` is registered by a room (portal.asks.kinds). The link holds for LINK_DAYS after the last mail; answering ends
    it for good, taking it back at once. At most one is open for the same kind, thing and person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+", editable=False)
    to = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="asks", editable=False)
    address = models.EmailField(blank=True, editable=False)  # of somebody without an account only
    name = models.CharField(max_length=210, editable=False)
    about = models.CharField(max_length=60, editable=False)
    about_id = models.BigIntegerField(editable=False)
    label = models.CharField(max_length=200, editable=False)  # what it is about, in words, for a list of asks
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    mailed_at = models.DateTimeField(default=timezone.now, editable=False)
    reminded = models.PositiveSmallIntegerField(default=0, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = AskQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "about", "about_id", "to"],
                condition=models.Q(answered_at=None, withdrawn_at=None),
                name="ask_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["kind", "about", "about_id", "address"],
                condition=models.Q(to=None, answered_at=None, withdrawn_at=None),
                name="ask_an_address_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(to=None) ^ models.Q(address=""), name="ask_of_a_person_or_an_address"
            ),
        ]
        indexes = [
            models.Index(fields=["about", "about_id"], name="ask_about"),
            models.Index(fields=["to", "answered_at"], name="ask_of_a_person"),
        ]

    def __str__(self):
        return f"{self.kind} asked of {self.name}"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.withdrawn_at is None

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None

    @property
    def ends_at(self):
        """When the link that was mailed last ends."""
        return self.mailed_at + timedelta(days=LINK_DAYS)

    def is_alive(self) -> bool:
        """Whether the link opens the thing: not taken back and not older than LINK_DAYS. Answered ones can be read."""
        return self.withdrawn_at is None and timezone.now() <= self.ends_at

    @property
    def bound_to(self) -> str:
        """What the link is bound to: the row and where its mails go, so that a corrected address ends old links."""
        address = self.to.email if self.to else self.address
        return f"{self.pk}:{address.lower()}"

    def token(self) -> str:
        """The secret of the link."""
        return token_for(self.bound_to, purpose=PURPOSE)

    def is_opened_by(self, token: str) -> bool:
        return is_token_for(self.bound_to, token, purpose=PURPOSE)

    def path(self) -> str:
        """The path with the token. Only ever shown in the person's own mail, and to staff who hand it over."""
        return reverse("ask_link", args=[self.pk, self.token()])

    def sentence(self) -> str:
        """The state as people say it."""
        if self.is_answered:
            return f"{self.name} answered on {long_date(self.answered_at)}"
        if self.withdrawn_at:
            return f"Asked of {self.name}, taken back on {long_date(self.withdrawn_at)}"
        over = "" if self.is_alive() else ", and the link has ended"
        return f"Sent to {self.name} on {timezone.localtime(self.mailed_at):%-d %B}, not answered yet{over}"

    @property
    def tone(self) -> str:
        if self.is_open:
            return "waiting" if self.is_alive() else "attention"
        return "good" if self.is_answered else "calm"
