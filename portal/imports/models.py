"""An import: a file on its way into the portal, what it would change, and whether it has been applied."""

from django.db import connection, models
from django.utils import timezone

from portal.history.models import record
from portal.imports.lacking import Lacking
from portal.imports.rows import State
from portal.people.models import Provider, Role, User
from portal.workflow import Refused, StatusField, Workflow, verb

WRITING_TAKES = 3  # times as long as reading


class ImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The imports of the providers whose coordinator somebody is."""
        return self.filter(provider__in=user.providers_as(Role.COORDINATOR))

    def students_to_invite(self):
        """Files that have brought new students, who have not been invited from their page."""
        return self.filter(kind="students", status=Import.Status.APPLIED, invited_at=None).exclude(new_people=[])


class Import(Workflow):
    """One file: read and compared (nothing is written), looked at, then applied as a whole or not at all.

    `done` of `steps` says how far the work of the moment is, since `begun_at`; `touched_at` when it last moved.
    `read_seconds` is how long reading took. The counts are rows; `lacking` are those of the wrong ones that are right
    once the portal has what `lacks` names (see portal.imports.lacking). The file itself is kept until it is applied
    or discarded, its rows for `KEPT_DAYS`.
    """

    KEPT_DAYS = 7

    class Status(models.TextChoices):
        READING = "reading", "Being read"
        READY = "ready", "Waiting for you"
        APPLYING = "applying", "Being applied"
        APPLIED = "applied", "Applied"
        STOPPED = "stopped", "Stopped: nothing was applied"
        DISCARDED = "discarded", "Discarded"

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="imports", editable=False)
    kind = models.CharField(max_length=20, editable=False)
    file_name = models.CharField(max_length=150, editable=False)
    status = StatusField(max_length=10, choices=Status, default=Status.READING, editable=False)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    applied_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    applied_at = models.DateTimeField(null=True, editable=False)

    done = models.PositiveIntegerField(default=0, editable=False)
    steps = models.PositiveIntegerField(default=0, editable=False)
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    touched_at = models.DateTimeField(default=timezone.now, editable=False)
    read_seconds = models.FloatField(default=0, editable=False)
    problem = models.TextField(blank=True, editable=False)

    read_as = models.CharField(max_length=60, blank=True, editable=False)
    titles = models.JSONField(default=list, editable=False)
    ignored = models.JSONField(default=list, editable=False)
    new = models.PositiveIntegerField(default=0, editable=False)
    changed = models.PositiveIntegerField(default=0, editable=False)
    unchanged = models.PositiveIntegerField(default=0, editable=False)
    wrong = models.PositiveIntegerField(default=0, editable=False)
    lacking = models.PositiveIntegerField(default=0, editable=False)
    lacks = models.JSONField(default=list, editable=False)
    new_people = models.JSONField(default=list, editable=False)
    invited_at = models.DateTimeField(null=True, editable=False)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["provider", "-created_at"], name="import_by_provider")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="applied", applied_at__isnull=False)
                | ~models.Q(status="applied") & models.Q(applied_at=None),
                name="import_applied_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="stopped") | ~models.Q(problem=""), name="import_stopped_says_why"
            ),
        ]

    def __str__(self):
        return self.file_name

    def relations(self, user) -> set[str]:
        return {"coordinator"} if self.provider_id in user.providers_as(Role.COORDINATOR) else set()

    # --- how it stands ---

    @property
    def rows(self) -> int:
        return self.new + self.changed + self.unchanged + self.wrong

    @property
    def is_working(self) -> bool:
        return self.status in (self.Status.READING, self.Status.APPLYING)

    @property
    def percent(self) -> int:
        """How far the work of the moment is: by steps, or where nobody sees the writing (SQLite) by the time."""
        done = self.done / self.steps if self.steps else 0
        if self.status == self.Status.APPLYING and self.steps and connection.vendor == "sqlite":
            expected = 1 + WRITING_TAKES * self.read_seconds
            done = max(done, min((timezone.now() - self.begun_at).total_seconds() / expected, 0.95))
        return min(int(100 * done), 99)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """(state, number of rows), those that matter most first."""
        found = [(State.WRONG, self.wrong), (State.NEW, self.new), (State.CHANGED, self.changed)]
        return [*found, (State.UNCHANGED, self.unchanged)]

    @property
    def has_students_to_invite(self) -> bool:
        """The same as `students_to_invite`, of this one."""
        return self.kind == "students" and bool(self.new_people) and self.applied_at is not None and not self.invited_at

    @property
    def may_be_right(self) -> bool:
        """Whether no row is wrong for anything but what the portal lacks: the same file can be read again."""
        return 0 < self.wrong == self.lacking

    def in_words(self) -> str:
        """'3 new, 2 changed, 40 unchanged', with what there is."""
        return ", ".join(f"{count:,} {state}" for state, count in self.counts if count) or "no rows"

    @property
    def sentence(self) -> str:
        """How it stands."""
        if self.status == self.Status.READY and self.wrong:
            return f"{self.wrong:,} of {self.rows:,} rows {'is' if self.wrong == 1 else 'are'} wrong"
        if self.status == self.Status.READY:
            return "Read, waiting for you to apply it" if self.new or self.changed else "Read, nothing to apply"
        if self.status == self.Status.APPLIED:
            return f"Applied: {self.in_words()}"
        return str(self.get_status_display())

    @property
    def tone(self) -> str:
        if self.status == self.Status.READY and self.wrong:
            return "problem"
        return {self.Status.APPLIED: "good", self.Status.DISCARDED: "calm", self.Status.STOPPED: "problem"}.get(
            self.status, "waiting"
        )

    def why_not_apply(self) -> str:
        """What keeps a file that was read from being applied, as a sentence; '' if nothing does."""
        if self.wrong:
            rows = "One row is" if self.wrong == 1 else f"{self.wrong:,} rows are"
            return f"{rows} wrong. A file is applied as a whole or not at all: mend it and upload it again."
        if not self.new and not self.changed:
            return "There is nothing to apply: the portal knows all of it already."
        return ""

    # --- moves ---

    @verb(
        source=[Status.READY, Status.STOPPED],
        target=Status.READING,
        who={"coordinator"},
        says="had the file read again",
    )
    def read_again(self, *, by):
        self.begin()
        self.problem = ""
        return "had the file read again"

    @verb(source=Status.READING, target=Status.READY, who={"clock"})
    def show(self, *, by, table, counts: dict, lacking: Lacking, seconds: float):
        """The file is read, in `seconds`: keep what was found. `counts` are rows by state."""
        self.read_seconds = seconds
        self.read_as, self.titles, self.ignored = table.read_as, table.titles, table.ignored
        self.new, self.changed = counts[State.NEW], counts[State.CHANGED]
        self.unchanged, self.wrong = counts[State.UNCHANGED], counts[State.WRONG]
        self.lacking, self.lacks = lacking
        return f"read {self.rows:,} row{'' if self.rows == 1 else 's'}: {self.in_words()}"

    @verb(source=Status.READY, target=Status.APPLYING, who={"coordinator", "clock"}, says="asked to apply the file")
    def apply(self, *, by):
        """Let the file be written by a worker. Raises Refused where there is nothing to apply or something is wrong."""
        if why_not := self.why_not_apply():
            raise Refused(why_not)
        self.begin()
        self.applied_by = by

    @verb(source=Status.APPLYING, target=Status.APPLIED, who={"clock"})
    def settle(self, *, by, new_people: list[int]):
        """All rows are written (in the caller's transaction): forget the file."""
        self.applied_at = timezone.now()
        self.new_people = new_people
        self.file.delete()
        return f"applied the file: {self.in_words()}"

    @verb(source=[Status.READING, Status.APPLYING], target=Status.STOPPED, who={"clock"})
    def stop(self, *, by, problem: str):
        """Give up, having applied nothing; `problem` says why in plain words."""
        self.problem = problem
        return f"stopped. {problem} Nothing was applied"

    @verb(
        source=[Status.READING, Status.READY, Status.STOPPED],
        target=Status.DISCARDED,
        who={"coordinator", "clock"},
        says="discarded the file",
    )
    def discard(self, *, by):
        """Forget the file and what was read of it."""
        ImportFile.objects.filter(of=self).delete()
        self.preview.all().delete()

    def invite(self, *, by) -> bool:
        """Note that the people whom the file has brought are invited now; False if that was done before."""
        rows = Import.objects.filter(pk=self.pk, status=self.Status.APPLIED, invited_at=None)
        if not rows.update(invited_at=timezone.now()):
            return False
        record(self, f"invited {len(self.new_people):,} new people", by=by)
        return True

    def begin(self):
        self.done = self.steps = 0
        self.begun_at = self.touched_at = timezone.now()

    @classmethod
    def start(cls, provider, kind: str, file_name: str, content: bytes, *, by) -> "Import":
        """Take in a file, to be read by a worker (portal.imports.tasks). Use inside a transaction."""
        made = cls.objects.create(provider=provider, kind=kind, file_name=file_name[-150:], by=by)
        ImportFile.objects.create(of=made, content=content)
        record(made, "uploaded the file", by=by)
        return made


class ImportFile(models.Model):
    """The bytes of a file, in the database so that every machine finds them; gone once applied or discarded."""

    of = models.OneToOneField(Import, on_delete=models.CASCADE, primary_key=True, related_name="file")
    content = models.BinaryField()

    def __str__(self):
        return f"Content of {self.of}"


class ImportRow(models.Model):
    """What would come of one row (portal.imports.rows.Row.details), and for wrong ones its cells."""

    STATES = [(state, state.capitalize()) for state in (State.WRONG, State.NEW, State.CHANGED, State.UNCHANGED)]
    TONES = {State.WRONG: "problem", State.NEW: "good", State.CHANGED: "waiting", State.UNCHANGED: "calm"}

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="preview")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=STATES)
    title = models.CharField(max_length=300)
    details = models.JSONField(default=dict)
    cells = models.JSONField(default=list)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="import_row_once")]
        indexes = [models.Index(fields=["of", "state", "number"], name="import_row_by_state")]

    def __str__(self):
        return f"Row {self.number}: {self.title}"

    @property
    def tone(self) -> str:
        return self.TONES[self.state]
