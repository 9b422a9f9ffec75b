"""What an employer is asked to send by a mailed link, what came in, and what became of it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from employers.checks.models.check import Check
from employers.checks.models.kind import CheckKind
from employers.models import Employer, Site, VisibleThroughEmployer
from portal.files.models import StoredFile
from portal.people.models import User
from portal.words import long_date

FACTS = "Address, phone number and sites"


class CheckRequest(models.Model):
    """One list of things that one person at an employer is asked for (see portal.asks for the link)."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="check_requests", editable=False)
    message = models.TextField("a few words of your own", max_length=1000, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)

    objects = VisibleThroughEmployer.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return f"What {self.employer} was asked for"


class CheckItemQuerySet(VisibleThroughEmployer):
    employer = "request__employer__"

    def wanted(self):
        """Not given yet, or sent back: the employer still has to send them."""
        return self.filter(given_at=None, accepted_at=None)

    def to_look_at(self):
        """Given by the employer, and nobody has looked at them yet."""
        return self.filter(given_at__isnull=False, accepted_at=None)


class CheckItem(models.Model):
    """One thing on such a list: a check of a kind (and place), or, where `kind` is None, the facts about the employer.

    What comes in stays here until staff accept it; then it becomes a Check, or the facts are taken over. Sent back, it
    is wanted again (`given_at` None) with the reason, and what was written stays to be mended. `facts` is
    {"employer": {field: value}, "sites": [{"pk": ..., field: value}]}.
    """

    request = models.ForeignKey(CheckRequest, on_delete=models.CASCADE, related_name="items", editable=False)
    kind = models.ForeignKey(CheckKind, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    site = models.ForeignKey(Site, on_delete=models.CASCADE, null=True, related_name="+", editable=False)
    wording = models.CharField(max_length=120, editable=False)
    hint = models.CharField(max_length=300, blank=True, editable=False)
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    expires_on = models.DateField("holds until", null=True, blank=True)
    note = models.TextField("notes", max_length=2000, blank=True)
    facts = models.JSONField(null=True, editable=False)
    given_at = models.DateTimeField(null=True, editable=False)
    given_by = models.CharField(max_length=210, blank=True, editable=False)
    sent_back_because = models.CharField("what is not right yet", max_length=500, blank=True, editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    accepted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    became = models.OneToOneField(Check, on_delete=models.SET_NULL, null=True, related_name="came_from", editable=False)

    objects = CheckItemQuerySet.as_manager()

    class Meta:
        ordering = [models.F("kind__number").asc(nulls_last=True), "kind", "site__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(given_at__isnull=False), name="check_item_given_before_accepted"
            ),
            models.CheckConstraint(
                condition=Q(kind__isnull=False) | Q(site=None, document=None), name="check_item_facts_have_no_file"
            ),
        ]

    def __str__(self):
        return f"{self.wording} ({self.site})" if self.site_id else self.wording

    @property
    def is_given(self) -> bool:
        return self.given_at is not None

    @property
    def is_wanted(self) -> bool:
        return self.given_at is None and self.accepted_at is None

    def sentence(self) -> str:
        """How it stands, for staff."""
        if self.accepted_at:
            return f"Accepted on {long_date(self.accepted_at)}"
        if self.given_at:
            on = timezone.localtime(self.given_at)
            return f"Given by {self.given_by} on {on:%-d %B %Y}, to be looked at"
        return f"Sent back: {self.sent_back_because}" if self.sent_back_because else "Asked for, not sent yet"

    @property
    def tone(self) -> str:
        return "good" if self.accepted_at else "attention" if self.given_at else "waiting"
