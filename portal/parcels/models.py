"""A parcel: something that takes a while to make, made by a worker for one person to download."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.people.models import Membership, Provider, Role, User
from portal.workflow import StatusField, Workflow, verb

A_PART = 2**20  # bytes


class ParcelQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A parcel is its maker's alone, and only as long as they have the desk at which they asked for it."""
        wanted = Q()
        for desk in user.desks:
            wanted |= Q(provider=desk.provider_id, role=desk.role)
        return self.filter(wanted, by=user) if wanted else self.none()


class Parcel(Workflow):
    """What somebody asked for (`kind`, `options`), how far the worker is (`done` of `steps`), and the file once ready.

    The file is kept in parts of A_PART bytes for KEPT_DAYS. `size` is in bytes.
    """

    KEPT_DAYS = 7

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting for its turn"
        PACKING = "packing", "Being made"
        READY = "ready", "Ready to download"
        STOPPED = "stopped", "Stopped: nothing was made"
        CANCELLED = "cancelled", "Cancelled"
        GONE = "gone", "No longer kept"

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+", editable=False)
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="parcels", editable=False)
    role = models.CharField(max_length=12, choices=Role, editable=False)
    kind = models.CharField(max_length=30, editable=False)
    title = models.CharField(max_length=200, editable=False)
    options = models.JSONField(default=dict, editable=False)
    back = models.CharField(max_length=500, blank=True, editable=False)
    status = StatusField(max_length=10, choices=Status, default=Status.WAITING, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    done = models.PositiveIntegerField(default=0, editable=False)
    steps = models.PositiveIntegerField(default=0, editable=False)
    touched_at = models.DateTimeField(default=timezone.now, editable=False)
    problem = models.TextField(blank=True, editable=False)

    file_name = models.CharField(max_length=150, blank=True, editable=False)
    size = models.PositiveBigIntegerField(default=0, editable=False)
    ready_at = models.DateTimeField(null=True, editable=False)

    objects = ParcelQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["by", "-created_at"], name="parcel_by_person"),
            models.Index(fields=["status", "touched_at"], name="parcel_by_status"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="ready", ready_at__isnull=False) & ~Q(file_name="") | ~Q(status="ready"),
                name="parcel_ready_has_its_file",
            ),
            models.CheckConstraint(condition=~Q(status="stopped") | ~Q(problem=""), name="parcel_stopped_says_why"),
        ]

    def __str__(self):
        return self.title

    def relations(self, user) -> set[str]:
        return {"maker"} if user.pk == self.by_id else set()

    # --- how it stands ---

    @property
    def desk(self) -> Membership | None:
        """The desk at which it was asked for; None once the person has it no more."""
        return next((d for d in self.by.desks if (d.provider_id, d.role) == (self.provider_id, self.role)), None)

    @property
    def is_working(self) -> bool:
        return self.status in (self.Status.WAITING, self.Status.PACKING)

    @property
    def percent(self) -> int:
        return min(100 * self.done // self.steps, 99) if self.steps else 0

    @property
    def kept_until(self):
        """The day on which the file goes (a date), or None."""
        return timezone.localdate(self.ready_at + timedelta(days=self.KEPT_DAYS)) if self.ready_at else None

    @property
    def tone(self) -> str:
        working = {self.Status.WAITING: "waiting", self.Status.PACKING: "waiting"}
        return {self.Status.READY: "good", self.Status.STOPPED: "problem", **working}.get(self.status, "calm")

    # --- moves ---

    @verb(source=Status.WAITING, target=Status.PACKING, who={"clock"}, says="began")
    def take_up(self, *, by):
        """A worker begins."""
        self.touched_at = timezone.now()

    @verb(source=Status.PACKING, target=Status.READY, who={"clock"})
    def finish(self, *, by, file_name: str, file):
        """Keep what `file` (a binary file) holds."""
        file.seek(0)
        self.parts.all().delete()
        self.size = 0
        for number, content in enumerate(iter(lambda: file.read(A_PART), b"")):
            ParcelPart.objects.create(of=self, number=number, content=content)
            self.size += len(content)
        self.file_name, self.ready_at = file_name[-150:], timezone.now()
        return "made it"

    @verb(source=[Status.WAITING, Status.PACKING], target=Status.STOPPED, who={"clock"})
    def stop(self, *, by, problem: str):
        """Give up; `problem` says why in plain words."""
        self.problem = problem
        return f"stopped. {problem}"

    @verb(source=[Status.WAITING, Status.PACKING], target=Status.CANCELLED, who={"maker"}, says="cancelled it")
    def cancel(self, *, by):
        """Want it no more; the worker stops at its next step."""

    @verb(source=[Status.STOPPED, Status.CANCELLED, Status.GONE], target=Status.WAITING, who={"maker"})
    def try_again(self, *, by):
        """Have it made anew, as things stand now."""
        self.done = self.steps = self.size = 0
        self.problem = self.file_name = ""
        self.ready_at, self.touched_at = None, timezone.now()
        return "asked for it again"

    @verb(source=Status.READY, target=Status.GONE, who={"maker", "clock"})
    def forget(self, *, by):
        """The file goes; that there was one stays in the list."""
        self.parts.all().delete()
        return "deleted the file" if by else "deleted the file, as it was a week old"

    def content(self):
        """The file, part by part (bytes)."""
        for part in self.parts.values_list("content", flat=True).iterator(chunk_size=1):
            yield bytes(part)


class ParcelPart(models.Model):
    """Some of the bytes of a parcel: a few at a time, so that no process has to hold all of it."""

    of = models.ForeignKey(Parcel, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="parcel_part_once")]

    def __str__(self):
        return f"Part {self.number} of {self.of_id}"
