"""The key with which a provider signs: its public certificate for ever, its private half sealed."""

from datetime import date, timedelta

from django.db import models
from django.utils import timezone

from portal.people.models import Provider, Role, User

WARN_DAYS = 60


class SigningKeyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The placement office's own."""
        return self.filter(provider__in=user.providers_as(Role.COORDINATOR))

    def current(self):
        """The one of a provider that signs now."""
        return self.filter(retired_at=None)

    def for_showing(self):
        return self.defer("certificate", "chain", "sealed").select_related("made_by", "retired_by")


class SigningKey(models.Model):
    """An X.509 certificate and its private key. A provider has one that signs; replaced ones stay for checking.

    `certificate` is DER, `chain` further certificates as PEM, `sealed` the private key (reviews.certificates.sealing).
    `fingerprint` is the SHA-256 of the certificate, as 64 hexadecimal digits.
    """

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="signing_keys", editable=False)
    called = models.CharField("made out to", max_length=300, editable=False)
    issuer = models.CharField("vouched for by", max_length=300, blank=True, editable=False)  # '' for one made here
    kind = models.CharField("kind", max_length=60, editable=False)
    certificate = models.BinaryField(editable=False)
    chain = models.BinaryField(default=b"", editable=False)
    sealed = models.BinaryField(editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)
    valid_from = models.DateTimeField(editable=False)
    valid_until = models.DateTimeField(editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    retired_at = models.DateTimeField(null=True, editable=False)
    retired_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    told_days = models.PositiveSmallIntegerField(default=9999, editable=False)  # how long before its end we told so

    objects = SigningKeyQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider"], condition=models.Q(retired_at=None), name="signing_key_one_in_use"
            ),
            models.UniqueConstraint(fields=["provider", "fingerprint"], name="signing_key_once"),
        ]
        indexes = [
            models.Index(fields=["fingerprint"], name="signing_key_by_fingerprint"),
            models.Index(fields=["valid_until"], condition=models.Q(retired_at=None), name="signing_key_ending"),
        ]

    def __str__(self):
        return f"Signing key of {self.called}"

    @property
    def is_brought_along(self) -> bool:
        return bool(self.issuer)

    @property
    def has_ended(self) -> bool:
        return self.valid_until <= timezone.now()

    @property
    def ends_soon(self) -> bool:
        """Within WARN_DAYS days, or already."""
        return self.valid_until <= timezone.now() + timedelta(days=WARN_DAYS)

    @property
    def last_on(self) -> date:
        return timezone.localdate(self.valid_until)

    @property
    def spelled(self) -> str:
        """The fingerprint in groups of four, so that two can be compared by eye."""
        return " ".join(self.fingerprint[n : n + 4].upper() for n in range(0, 64, 4))

    def sentence(self) -> str:
        """How it stands, as people say it."""
        if self.retired_at:
            return f"Replaced on {timezone.localdate(self.retired_at):%-d %B %Y}; what it signed can still be checked"
        if self.has_ended:
            return f"Ended on {self.last_on:%-d %B %Y}: nothing can be signed until it is replaced"
        if self.ends_soon:
            return f"Ends on {self.last_on:%-d %B %Y}: replace it before then"
        return f"Signs until {self.last_on:%-d %B %Y}"

    @property
    def tone(self) -> str:
        """The tone in which the sentence is shown (see the status component)."""
        if self.retired_at:
            return "calm"
        return "problem" if self.has_ended else "attention" if self.ends_soon else "good"
