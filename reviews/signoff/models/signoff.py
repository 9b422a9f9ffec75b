"""The sign-off itself: what a student's record said on that day, frozen."""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from portal.people.models import Provider, User
from portal.words import long_date
from portal.workflow import Refused, StatusField, Workflow, verb
from reviews.signoff.models.consideration import SpecialConsideration
from reviews.signoff.models.students import ThroughStudent
from students.models import Student


class Kind(models.TextChoices):
    """How a placement was completed. The guidance, 'what the provider must send out'."""

    COMPLETED = "completed", "Completed"
    SPECIAL = "special", "Completed with special consideration"


class SignOffQuerySet(ThroughStudent):
    def standing(self):
        """Those that hold."""
        return self.filter(status=SignOff.Status.SIGNED_OFF)


class SignOff(Workflow):
    """One sign-off of one student. All figures are those of that moment; nothing of them changes afterwards.

    `minutes` count, of `required_minutes`. `first_on` and `last_on` are the first and last day with hours that count.
    `employers` are the names of those with whom hours count. `receipt` holds the shares that made the figure up:
    {"by_employer": [...], "by_approach": [...], "not_counted": [...], "coverage": "..."}, minutes throughout.
    `goals` are the learning goals in their wording then: [{"placement", "wording", "progress", "words", "said_on"}].
    A record that is opened again keeps its row; the next sign-off is another one.
    """

    class Status(models.TextChoices):
        SIGNED_OFF = "signed_off", "Signed off"
        REOPENED = "reopened", "Opened again"

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="signoffs", editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+", editable=False)
    status = StatusField("status", max_length=10, choices=Status, default=Status.SIGNED_OFF, editable=False)
    kind = models.CharField("completed", max_length=9, choices=Kind, default=Kind.COMPLETED, editable=False)
    consideration = models.ForeignKey(
        SpecialConsideration, on_delete=models.PROTECT, null=True, related_name="signoffs", editable=False
    )
    signed_off_at = models.DateTimeField(default=timezone.now, editable=False)
    signed_off_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)
    minutes = models.PositiveIntegerField("minutes that count", editable=False)
    required_minutes = models.PositiveIntegerField("minutes required", editable=False)
    first_on = models.DateField("first day", null=True, editable=False)
    last_on = models.DateField("last day", null=True, editable=False)
    employers = models.JSONField("employers", default=list, editable=False)
    tlevel_title = models.CharField("T Level", max_length=150, editable=False)
    specialism = models.CharField("specialism", max_length=150, blank=True, editable=False)
    receipt = models.JSONField("receipt", default=dict, editable=False)
    rule_set = models.CharField("rule set", max_length=20, editable=False)
    rules_said = models.CharField("rules in words", max_length=500, editable=False)
    goals = models.JSONField("learning goals", default=list, editable=False)
    judgement = models.TextField("judgement of progress", blank=True, editable=False)
    judged_by_name = models.CharField(max_length=210, blank=True, editable=False)
    judged_at = models.DateTimeField(null=True, editable=False)
    reopened_at = models.DateTimeField(null=True, editable=False)
    reopened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    reopened_because = models.CharField("reason", max_length=500, blank=True, editable=False)

    objects = SignOffQuerySet.as_manager()

    class Meta:
        ordering = ["-signed_off_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["student"], condition=models.Q(status="signed_off"), name="signoff_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(status="signed_off", reopened_at=None, reopened_by=None, reopened_because="")
                | models.Q(status="reopened", reopened_at__isnull=False, reopened_by__isnull=False)
                & ~models.Q(reopened_because=""),
                name="signoff_reopened_has_stamp",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="completed", consideration=None)
                | models.Q(kind="special", consideration__isnull=False),
                name="signoff_special_has_consideration",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="special") | models.Q(minutes__gte=models.F("required_minutes")),
                name="signoff_completed_has_the_hours",
            ),
        ]
        indexes = [models.Index(fields=["provider", "status", "-signed_off_at"], name="signoff_by_provider")]

    def __str__(self):
        return f"Sign-off of {self.student}"

    def save(self, *args, **kwargs):
        self.provider_id = self.student.provider_id
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("signoff_detail", args=[self.pk])

    def relations(self, user) -> set[str]:
        return self.student.relations(user)

    @property
    def stands(self) -> bool:
        return self.status == self.Status.SIGNED_OFF

    def sentence(self) -> str:
        """The status as people say it."""
        if not self.stands:
            return f"Opened again on {long_date(self.reopened_at)}: {self.reopened_because}"
        how = ", with special consideration" if self.kind == Kind.SPECIAL else ""
        return f"Signed off by {self.signed_off_by} on {long_date(self.signed_off_at)}{how}"

    @property
    def tone(self) -> str:
        return "good" if self.stands else "calm"

    @verb(source=Status.SIGNED_OFF, target=Status.REOPENED, who={"coordinator"})
    def reopen(self, *, by, reason: str):
        """Open the record again. Raises Refused without a reason. What follows stands in following.py."""
        if not reason.strip():
            raise Refused("Give a reason: the student and the tutor read it.")
        self.reopened_at, self.reopened_by, self.reopened_because = timezone.now(), by, reason.strip()
        return f"opened the record again. Reason: {self.reopened_because}"
