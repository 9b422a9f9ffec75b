"""What was checked at an employer: by whom, when, with which document, and until when it holds."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from employers.checks.models.kind import CheckKind
from employers.models import Employer, Site, VisibleThroughEmployer
from portal.files.models import StoredFile
from portal.people.models import User
from portal.words import long_date

LAPSING_DAYS = (60, 30, 7)  # so many days before it lapses, people hear of it


class CheckQuerySet(VisibleThroughEmployer):
    def current(self):
        """Those that no newer one has replaced, and that were not taken out as wrong."""
        return self.filter(is_current=True)

    def holding_on(self, day: date):
        """Current ones that have not lapsed by `day`."""
        return self.current().filter(Q(expires_on=None) | Q(expires_on__gte=day))


class Check(models.Model):
    """One check of an employer, or of one of its sites. `site` None: the employer's own address, or no place at all.

    `expires_on` is the last day on which it holds; None means that it does not lapse. A newer check of the same kind
    and place replaces it (`replaces` leads back); one that was a mistake is taken out and the one before holds again.
    """

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="checks", editable=False)
    site = models.ForeignKey(Site, on_delete=models.CASCADE, null=True, related_name="checks", editable=False)
    kind = models.ForeignKey(CheckKind, on_delete=models.PROTECT, related_name="checks", editable=False)
    wording = models.CharField(max_length=120, editable=False)
    checked_on = models.DateField("checked on")
    checked_by = models.CharField("checked by", max_length=210)
    expires_on = models.DateField("holds until", null=True, blank=True)
    note = models.TextField("notes", max_length=2000, blank=True)
    document = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", editable=False, verbose_name="document"
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    replaces = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    is_current = models.BooleanField(default=True, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)
    removed_because = models.CharField(max_length=300, blank=True, editable=False)
    told_days = models.PositiveSmallIntegerField(null=True, editable=False)  # last warned of: 60, 30, 7; 0 lapsed

    objects = CheckQuerySet.as_manager()

    class Meta:
        ordering = ["-checked_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "kind", "site"], condition=Q(is_current=True, site__isnull=False),
                name="check_of_a_site_once",
            ),
            models.UniqueConstraint(
                fields=["employer", "kind"], condition=Q(is_current=True, site=None), name="check_of_an_employer_once"
            ),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=models.F("checked_on")),
                name="check_lapses_after_it_was_made",
            ),
            models.CheckConstraint(
                condition=Q(is_current=False) | Q(removed_at=None), name="check_taken_out_holds_no_more"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["expires_on"], condition=Q(is_current=True), name="check_by_expiry"),
            models.Index(fields=["kind", "site"], condition=Q(is_current=True), name="check_by_site"),
        ]

    def __str__(self):
        return self.wording

    @property
    def place(self) -> str:
        """Where it was made: the name of the site; '' where it is none."""
        return self.site.name if self.site_id else ""

    def days_left(self, today: date | None = None) -> int | None:
        """Days until the last one on which it holds: 0 on that day, negative afterwards; None if it does not lapse."""
        return (self.expires_on - (today or timezone.localdate())).days if self.expires_on else None

    def has_lapsed(self, today: date | None = None) -> bool:
        return self.expires_on is not None and self.days_left(today) < 0

    def sentence(self, today: date | None = None) -> str:
        """How it stands, as people say it."""
        if self.removed_at:
            return f"Taken out on {long_date(self.removed_at)}: {self.removed_because}"
        if not self.is_current:
            return "Replaced by a newer one"
        left = self.days_left(today)
        if left is None:
            return f"Checked on {self.checked_on:%-d %B %Y}, does not lapse"
        until = f"{self.expires_on:%-d %B %Y}"
        if left < 0:
            return f"Lapsed on {until}"
        if left <= LAPSING_DAYS[0]:
            return f"Holds until {until}, {'today' if left == 0 else f'{left} more day' + 's' * (left != 1)}"
        return f"Holds until {until}"

    @property
    def tone(self) -> str:
        left = self.days_left()
        if not self.is_current or left is None or left > LAPSING_DAYS[0]:
            return "good" if self.is_current else "calm"
        return "problem" if left < 0 else "attention" if left <= LAPSING_DAYS[1] else "waiting"
