"""The certificate of hours of one sign-off, as it was issued."""

import secrets

from django.db import models
from django.urls import reverse
from django.utils import timezone

from portal.files.models import StoredFile
from portal.notices.mail import absolute
from portal.people.models import Provider, User
from portal.words import long_date
from portal.workflow import Refused, StatusField, Workflow, verb
from reviews.certificates.models.keys import SigningKey
from reviews.signoff.models import SignOff
from students.models import Student

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is taken for another one
TOKEN_BYTES = 24


def new_number() -> str:
    """'7K3M-9QXD': tells nothing of how many there are."""
    found = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{found[:4]}-{found[4:]}"


def new_token() -> str:
    """192 random bits for the address of the public page."""
    return secrets.token_urlsafe(TOKEN_BYTES)


class CertificateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Visible if and only if the student is: to themselves, their tutor, their placement office."""
        return self.filter(student__in=Student.objects.visible_to(user))

    def standing(self):
        """Those that hold."""
        return self.filter(status=Certificate.Status.ISSUED)

    def with_facts(self):
        """What pages say about it, in the same query."""
        return self.select_related(
            "signoff", "student__user", "student__tutor", "student__provider", "provider", "issued_by", "revoked_by"
        )


class Certificate(Workflow):
    """One PDF, signed by the provider; its bytes never change. The figures are those of its sign-off.

    `holder` and `college` are the names that it says. `digest` is the SHA-256 of the file in hexadecimal digits.
    A revoked one stays, and its public page says since when; for the same sign-off another one can be issued.
    """

    class Status(models.TextChoices):
        ISSUED = "issued", "Valid"
        REVOKED = "revoked", "Revoked"

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+", editable=False)
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="certificates", editable=False)
    signoff = models.ForeignKey(SignOff, on_delete=models.PROTECT, related_name="certificates", editable=False)
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="certificates", editable=False)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", editable=False)
    status = StatusField("status", max_length=7, choices=Status, default=Status.ISSUED, editable=False)
    number = models.CharField("number", max_length=9, unique=True, default=new_number, editable=False)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    holder = models.CharField("made out to", max_length=210, editable=False)
    college = models.CharField("issued by", max_length=200, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    issued_at = models.DateTimeField(default=timezone.now, editable=False)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)
    revoked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    revoked_because = models.CharField("reason", max_length=500, blank=True, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["student"], condition=models.Q(status="issued"), name="certificate_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(status="issued", revoked_at=None, revoked_by=None, revoked_because="")
                | models.Q(status="revoked", revoked_at__isnull=False, revoked_by__isnull=False)
                & ~models.Q(revoked_because=""),
                name="certificate_revoked_has_stamp",
            ),
        ]
        indexes = [
            models.Index(fields=["provider", "-issued_at"], name="certificate_by_provider"),
            models.Index(fields=["provider", "status", "-issued_at"], name="certificate_by_status"),
        ]

    def __str__(self):
        return f"Certificate of hours {self.number}"

    def relations(self, user) -> set[str]:
        return self.student.relations(user)

    @property
    def stands(self) -> bool:
        return self.status == self.Status.ISSUED

    @property
    def public_url(self) -> str:
        """The address in the QR code, whole."""
        return absolute(reverse("certificate_verify", args=[self.token]))

    @property
    def file_name(self) -> str:
        return f"Certificate of hours - {self.holder}.pdf"

    @property
    def initials(self) -> str:
        """All that the public page says of the name: 'M. T.'."""
        parts = [part for part in self.holder.split() if part[0].isalpha()]
        return " ".join(f"{part[0].upper()}." for part in [*parts[:1], *(parts[-1:] if len(parts) > 1 else [])])

    def sentence(self) -> str:
        """The status as people say it."""
        if self.stands:
            return f"Issued on {long_date(self.issued_at)}"
        return f"Revoked on {long_date(self.revoked_at)}: {self.revoked_because}"

    @property
    def tone(self) -> str:
        return "good" if self.stands else "attention"

    @verb(source=Status.ISSUED, target=Status.REVOKED, who={"coordinator"})
    def revoke(self, *, by, reason: str):
        """Declare it void. Raises Refused without a reason. The student hears of it (following.py)."""
        if not reason.strip():
            raise Refused("Give a reason: the student and the tutor read it.")
        self.revoked_at, self.revoked_by, self.revoked_because = timezone.now(), by, reason.strip()[:500]
        return f"revoked the certificate. Reason: {self.revoked_because}"
