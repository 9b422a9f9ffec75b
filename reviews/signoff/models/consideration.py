"""Special consideration: sufficient progress, but the hours cannot be reached, for a reason that the guidance knows."""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from portal.files.models import StoredFile
from portal.people.models import STAFF, Provider, User
from portal.words import long_date
from portal.workflow import Refused, StatusField, Workflow, verb
from reviews.signoff.models.students import ThroughStudent
from students.frozen import frozen_sentence
from students.models import Student


class Reason(models.Model):
    """One reason that the guidance knows. `code` is what the results service is told."""

    code = models.CharField("code", max_length=2, unique=True)
    number = models.PositiveSmallIntegerField(unique=True)
    wording = models.CharField("reason", max_length=120)
    hint = models.CharField("what it means", max_length=250, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]

    def __str__(self):
        return self.wording


class SpecialConsideration(Workflow):
    """Proposed by one person of the provider, confirmed or refused by another one; both can be seen by the student.

    `reasons` keep the code and the wording that was chosen: [{"code", "wording"}]. `minutes` are the hours that counted
    when it was proposed; `hours` are those in whole hours, rounded down. The results service is told those that count
    at the sign-off (reviews.returns).
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Waits for a second person"
        CONFIRMED = "confirmed", "Confirmed"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    OPEN = [Status.PROPOSED, Status.CONFIRMED]
    DONE = {"confirm": "confirmed", "refuse": "refused", "withdraw": "withdrew"}

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="considerations", editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+", editable=False)
    status = StatusField("status", max_length=9, choices=Status, default=Status.PROPOSED, editable=False)
    reasons = models.JSONField("reasons", default=list, editable=False)
    words = models.TextField("what happened", max_length=3000)
    minutes = models.PositiveIntegerField("minutes that count", editable=False)
    proposed_at = models.DateTimeField(default=timezone.now, editable=False)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    decided_words = models.TextField("in words", max_length=2000, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    withdrawn_because = models.CharField("reason", max_length=500, blank=True, editable=False)

    objects = ThroughStudent.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["student"],
                condition=models.Q(status__in=["proposed", "confirmed"]),
                name="consideration_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["confirmed", "refused"])
                | models.Q(decided_at__isnull=False, decided_by__isnull=False),
                name="consideration_decided_has_stamp",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("proposed_by")),
                name="consideration_by_two_people",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="withdrawn")
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="consideration_withdrawn_has_stamp",
            ),
        ]
        indexes = [models.Index(fields=["provider", "status", "proposed_at"], name="consideration_waiting")]

    def __str__(self):
        return f"Special consideration for {self.student}"

    def save(self, *args, **kwargs):
        self.provider_id = self.student.provider_id
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("consideration_detail", args=[self.pk])

    def relations(self, user) -> set[str]:
        return self.student.relations(user)

    def frozen(self) -> str:
        """A sign-off may rest on it: then it stands until the record is opened again."""
        return frozen_sentence(self.student_id)

    def frozen_as_read(self) -> str:
        return self.student.frozen_says

    @property
    def hours(self) -> int:
        """Whole hours, rounded down."""
        return self.minutes // 60

    @property
    def codes(self) -> list[str]:
        return [reason["code"] for reason in self.reasons]

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    def sentence(self) -> str:
        """The status as people say it."""

        match self.status:
            case self.Status.PROPOSED:
                return f"Proposed by {self.proposed_by} on {long_date(self.proposed_at)}, waits for a second person"
            case self.Status.CONFIRMED:
                return f"Proposed by {self.proposed_by}, confirmed by {self.decided_by} on {long_date(self.decided_at)}"
            case self.Status.REFUSED:
                return f"Refused by {self.decided_by} on {long_date(self.decided_at)}"
        return f"Withdrawn by {self.withdrawn_by} on {long_date(self.withdrawn_at)}"

    @property
    def tone(self) -> str:
        tones = {self.Status.PROPOSED: "waiting", self.Status.CONFIRMED: "good", self.Status.REFUSED: "attention"}
        return tones.get(self.status, "calm")

    # --- the moves ---

    @verb(source=Status.PROPOSED, target=Status.CONFIRMED, who=STAFF)
    def confirm(self, *, by, words: str = ""):
        """Confirm it as the second person. Raises Refused for the one who proposed it."""
        self.decide(by, words)
        return "confirmed the special consideration as the second person"

    @verb(source=Status.PROPOSED, target=Status.REFUSED, who=STAFF)
    def refuse(self, *, by, words: str):
        """Refuse it as the second person, with a reason."""
        if not words.strip():
            raise Refused("Say why: whoever proposed it and the student read it.")
        self.decide(by, words)
        return f"refused the special consideration. Reason: {self.decided_words}"

    @verb(source=OPEN, target=Status.WITHDRAWN, who=STAFF)
    def withdraw(self, *, by, reason: str):
        """Take it back: by whoever proposed it, or by the placement office. Raises Refused without a reason."""
        if by.pk != self.proposed_by_id and "coordinator" not in self.relations(by):
            raise Refused(f"{self.proposed_by} proposed it. They or the placement office can withdraw it.")
        if not reason.strip():
            raise Refused("Say in a few words why it is withdrawn.")
        self.withdrawn_at, self.withdrawn_by, self.withdrawn_because = timezone.now(), by, reason.strip()
        return f"withdrew the special consideration. Reason: {self.withdrawn_because}"

    def decide(self, by, words: str):
        if by.pk == self.proposed_by_id:
            raise Refused("You proposed it yourself. A second person of the college decides.")
        self.decided_at, self.decided_by, self.decided_words = timezone.now(), by, words.strip()


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Visible if and only if the consideration is."""
        return self.filter(consideration__in=SpecialConsideration.objects.visible_to(user))


class Evidence(models.Model):
    """A file that shows what happened. It may say much about somebody's health: each look at it is noted."""

    consideration = models.ForeignKey(
        SpecialConsideration, on_delete=models.CASCADE, related_name="evidence", editable=False
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.file.name
