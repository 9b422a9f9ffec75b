"""One entry of a student's logbook, and its way from draft to shared."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from placements.behaviours.models import Behaviour
from placements.models import Placement, VisibleThroughPlacement
from placements.timesheets.models import Spell, Timesheet
from portal.own_saves import SavedByPages
from portal.words import long_date
from portal.workflow import Refused, StatusField, verb

DAYS_KEPT = 30


class EntryQuerySet(VisibleThroughPlacement):
    def visible_to(self, user):
        """As its placement is; but what is not shared is its student's alone."""
        own = models.Q(placement__student__user=user)
        return super().visible_to(user).filter(models.Q(status=Entry.Status.PUBLISHED) | own)

    def written(self):
        """Drafts and shared ones, without those that were removed."""
        return self.exclude(status=Entry.Status.REMOVED)

    def published(self):
        return self.filter(status=Entry.Status.PUBLISHED)

    def with_people(self):
        """Everything that a row shows about the placement, in the same query."""
        return self.select_related(
            "placement__student__user", "placement__student__tutor", "placement__employer", "placement__manager",
            "placement__provider",
        )  # fmt: skip

    def with_spell(self):
        """Adds what the week now says of the hours that the entry belongs to: finish, minutes, status of the week."""
        spells = Spell.objects.filter(
            timesheet__placement=OuterRef("placement"), day=OuterRef("day"), starts=OuterRef("spell_starts")
        )
        return self.annotate(
            spell_finishes=Subquery(spells.values("finishes")[:1]),
            spell_minutes=Subquery(spells.values("minutes")[:1]),
            week_status=Subquery(spells.values("timesheet__status")[:1]),
        )


class Said:
    """What an entry says, now or at an earlier time: its day, and its words for others. Their one list is WORDS."""

    WORDS = ("did", "learned", "skills")

    def words(self) -> dict[str, str]:
        """Its words, by name."""
        return {name: getattr(self, name) for name in self.WORDS}

    def says(self) -> tuple:
        """What tells wordings apart."""
        return (self.day, *self.words().values())


class Entry(Said, SavedByPages):
    """What a student did and learned on one day of a placement. A draft is seen by nobody else.

    The hours that it belongs to are found by day and start (`spell_starts`), because a week writes its spells anew
    whenever it is saved. `key` tells a form that was sent twice. What is private stands apart (parts.Reflection).
    """

    private_words = ""  # what only the student reads, where a page of theirs asked for it (editing.own_entries)

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Shared"
        REMOVED = "removed", "Removed"

    OPEN = [Status.DRAFT, Status.PUBLISHED]

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="logbook", editable=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    day = models.DateField("date")
    did = models.TextField("what I did", blank=True)
    learned = models.TextField("what I learned", blank=True)
    skills = models.CharField("skills that I used", max_length=300, blank=True)
    spell_starts = models.TimeField("start of the hours", null=True, blank=True)
    behaviours = models.ManyToManyField(Behaviour, related_name="entries", blank=True)
    status = StatusField("status", max_length=9, choices=Status, default=Status.DRAFT, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name_plural = "entries"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="published", published_at__isnull=False)
                | (~models.Q(status="published") & models.Q(published_at=None)),
                name="entry_published_has_stamp",
            ),
            models.CheckConstraint(
                condition=models.Q(status="removed", removed_at__isnull=False)
                | (~models.Q(status="removed") & models.Q(removed_at=None)),
                name="entry_removed_has_stamp",
            ),
        ]
        indexes = [models.Index(fields=["placement", "status", "-day"], name="entry_by_placement")]

    def __str__(self):
        return f"Entry of {self.day:%-d %B %Y}"

    def get_absolute_url(self):
        return reverse("logbook_entry", args=[self.pk])

    def relations(self, user) -> set[str]:
        return self.placement.relations(user)

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @property
    def is_removed(self) -> bool:
        return self.status == self.Status.REMOVED

    @property
    def gone_on(self):
        """The day on which a removed entry is deleted for good."""
        return timezone.localdate(self.removed_at + timedelta(days=DAYS_KEPT))

    def sentence(self) -> str:
        """The status as people say it."""
        if self.is_published:
            return f"Shared on {long_date(self.published_at)}"
        if self.is_removed:
            return f"Removed; it can be put back until {self.gone_on:%-d %B %Y}"
        return "Draft, only you see it"

    @property
    def tone(self) -> str:
        """The tone in which the sentence is shown (see the status component)."""
        return {self.Status.PUBLISHED: "good", self.Status.DRAFT: "waiting"}.get(self.status, "calm")

    @property
    def week_is_draft(self) -> bool:
        """Whether the hours stand in a week that was not handed in yet: not the manager's to see (with_spell)."""
        return self.week_status == Timesheet.Status.DRAFT

    # --- the moves ---

    @verb(source=Status.DRAFT, target=Status.PUBLISHED, who={"student"}, says="shared the entry")
    def publish(self, *, by):
        """Show the entry to tutor, manager and coordinators. Raises Refused while it does not say what was done."""
        if not self.did.strip():
            raise Refused("Write what you did, then share it.")
        self.published_at = timezone.now()

    @verb(source=Status.PUBLISHED, target=Status.DRAFT, who={"student"}, says="took the entry back to a draft")
    def take_back(self, *, by):
        """Nobody else sees the entry any more."""
        self.published_at = None

    @verb(source=[Status.DRAFT, Status.PUBLISHED], target=Status.REMOVED, who={"student"}, says="removed the entry")
    def remove(self, *, by):
        """Take the entry out of the logbook; for DAYS_KEPT days it can be put back."""
        self.published_at, self.removed_at = None, timezone.now()

    @verb(source=Status.REMOVED, target=Status.DRAFT, who={"student"}, says="put the entry back, as a draft")
    def put_back(self, *, by):
        """Undo the removal."""
        self.removed_at = None
