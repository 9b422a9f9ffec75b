"""The agreement of student, employer and provider: its text as the provider keeps it, and who agreed to what, when."""

from django.db import models
from django.utils import timezone

from placements.models import Placement, VisibleThroughPlacement
from portal.files.models import StoredFile
from portal.people.models import Provider, Role, User

LONGEST_TEXT = 20_000


class TextQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The placement office keeps the text; tutors read it in the agreements themselves."""
        return self.filter(provider__in=user.providers_as(Role.COORDINATOR))


class AgreementText(models.Model):
    """One version of a provider's agreement text, with placeholders (placements.agreements.filling). Never changed."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="agreement_texts", editable=False)
    version = models.PositiveSmallIntegerField(editable=False)
    text = models.TextField("text of the agreement", max_length=LONGEST_TEXT)
    wants_parent = models.BooleanField(
        "ask a parent or carer as well, where the student is under 18 on the first day", default=False
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)

    objects = TextQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["provider", "version"], name="agreement_text_version_once")]

    def __str__(self):
        return f"Version {self.version}"


class Party(models.TextChoices):
    STUDENT = "student", "Student"
    EMPLOYER = "employer", "Employer"
    PROVIDER = "provider", "Provider"
    PARENT = "parent", "Parent or carer"


class AgreementQuerySet(VisibleThroughPlacement):
    def current(self):
        return self.filter(replaced_at=None)


class Agreement(models.Model):
    """The agreement about one placement, in the words that people agree to.

    `facts` are what it was made for (label -> words), so that a later change can be told. A new one takes the place of
    an old one, which is kept with its answers (`replaced_at`). `version` 0 is the text that the portal ships.
    """

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="agreements", editable=False)
    version = models.PositiveSmallIntegerField(editable=False)
    text = models.TextField(editable=False)
    facts = models.JSONField(editable=False)
    needs_parent = models.BooleanField(default=False, editable=False)
    parent_name = models.CharField(max_length=200, blank=True, editable=False)
    parent_address = models.EmailField(blank=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    replaced_at = models.DateTimeField(null=True, editable=False)
    scan = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement"], condition=models.Q(replaced_at=None), name="agreement_current_once"
            )
        ]

    def __str__(self):
        return f"Agreement about {self.placement}"

    @property
    def parties(self) -> list[str]:
        """Who has to agree."""
        return [Party.STUDENT, Party.EMPLOYER, Party.PROVIDER] + [Party.PARENT] * self.needs_parent


class AnswerQuerySet(VisibleThroughPlacement):
    placement = "agreement__placement__"


class Answer(models.Model):
    """What one party said: agreed, or not, with words. `name` as they typed it, or as it stands under a paper."""

    class Way(models.TextChoices):
        PORTAL = "portal", "in the portal"
        LINK = "link", "by mailed link"
        PAPER = "paper", "on paper"

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="answers", editable=False)
    party = models.CharField(max_length=8, choices=Party, editable=False)
    agreed = models.BooleanField(editable=False)
    name = models.CharField(max_length=210, editable=False)
    words = models.CharField(max_length=500, blank=True, editable=False)
    way = models.CharField(max_length=6, choices=Way, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    signed_on = models.DateField(null=True, editable=False)  # the day that stands on the paper
    recorded_by_name = models.CharField(max_length=210, blank=True, editable=False)
    taken_back_at = models.DateTimeField(null=True, editable=False)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "party"], condition=models.Q(taken_back_at=None), name="agreement_answer_once"
            ),
            models.CheckConstraint(
                condition=models.Q(way="paper", signed_on__isnull=False)
                | (~models.Q(way="paper") & models.Q(signed_on=None)),
                name="agreement_paper_with_its_day",
            ),
        ]
        indexes = [
            models.Index(fields=["at"], condition=models.Q(agreed=False, taken_back_at=None), name="agreement_declined")
        ]

    def __str__(self):
        return f"{self.get_party_display()}: {self.name}"

    @property
    def sentence(self) -> str:
        """'Amira Khan agreed by mailed link on 3 March 2026 at 10:15'."""
        if self.way == self.Way.PAPER:
            return f"{self.name} signed on paper on {self.signed_on:%-d %B %Y} (recorded by {self.recorded_by_name})"
        moment = timezone.localtime(self.at)
        how = "agreed" if self.agreed else "declined"
        return f"{self.name} {how} {self.get_way_display()} on {moment:%-d %B %Y} at {moment:%H:%M}"

    @property
    def tone(self) -> str:
        return "good" if self.agreed else "problem"
