"""What belongs to setting a placement up: adjustments that are shared, and changes from a later day."""

from django.db import models
from django.db.models import Case, F, Q, When
from django.utils import timezone

from employers.models import Site
from placements.models import Placement, VisibleThroughPlacement
from portal.people.models import Role, User
from portal.words import long_date


class AdjustmentQuerySet(VisibleThroughPlacement):
    def visible_to(self, user):
        """The rows whose words this person may read (see `may_read`)."""
        return self.filter(may_read(user))

    def read_by(self, user):
        """All rows, with `is_readable`: whether this person may read the words."""
        readable = Case(When(may_read(user), then=True), default=False, output_field=models.BooleanField())
        return self.annotate(is_readable=readable)

    def open(self):
        """The words that hold now: what is released, what waits for release, or one of each."""
        return self.filter(taken_back_at=None)

    def released_first(self):
        """What is released, the latest first, before what waits."""
        return self.order_by(F("released_at").desc(nulls_last=True), "-written_at", "-pk")

    def at_work(self):
        """Those that somebody at work can read now: released to the one who is the line manager, and not over."""
        rows = self.filter(taken_back_at=None, released_at__isnull=False, to=F("placement__manager"))
        return rows.exclude(placement__status=Placement.Status.ENDED)

    def known_to_staff(self):
        """Without what the student wrote and never released: of that nobody else knows."""
        return self.exclude(released_at=None, written_by=F("placement__student__user"))


def may_read(user) -> Q:
    """Who may read the words of an adjustment.

    The student, always. The tutor: what holds now, but for the student's own that are not released. Whoever it is
    released to, while they are the line manager. A coordinator: what they wrote, or the student let the office read.
    """
    holds = Q(taken_back_at=None)
    own_secret = Q(released_at=None, written_by=F("placement__student__user"))
    wanted = Q(pk__in=[])
    if own := user.providers_as(Role.STUDENT):
        wanted |= Q(placement__student__user=user, placement__provider__in=own)
    if tutored := user.providers_as(Role.TUTOR):
        wanted |= holds & ~own_secret & Q(placement__student__tutor=user, placement__provider__in=tutored)
    if managed := user.providers_as(Role.MANAGER):
        released = holds & Q(released_at__isnull=False, to=user, placement__manager=user)
        wanted |= released & Q(placement__provider__in=managed) & ~Q(placement__status=Placement.Status.ENDED)
    if coordinated := user.providers_as(Role.COORDINATOR):
        let_in = Q(with_office=True, released_at__isnull=False) | Q(written_by=user)
        wanted |= holds & let_in & Q(placement__provider__in=coordinated)
    return wanted


class SharedAdjustment(models.Model):
    """What an employer is told about what a student needs, once the student releases it: one sentence, one reader.

    Other words, or another reader, are a new row; the old one is `taken_back_at` as soon as the new one is released.
    `to` is the line manager who may read it, as long as they are that; `released_to` keeps how they were called (the
    guidance, section 2: each release is recorded, what, to whom, when). `with_office`: the student lets the placement
    office read it, too.
    """

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="adjustments", editable=False)
    words = models.TextField("what the employer should know, and do", max_length=1000)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    written_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    released_at = models.DateTimeField(null=True, editable=False)
    released_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    to = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    released_to = models.CharField(max_length=420, blank=True, editable=False)
    with_office = models.BooleanField(default=False, editable=False)
    taken_back_at = models.DateTimeField(null=True, editable=False)
    taken_back_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)

    objects = AdjustmentQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement"],
                condition=Q(taken_back_at=None, released_at__isnull=False),
                name="adjustment_released_once",
            ),
            models.UniqueConstraint(
                fields=["placement"],
                condition=Q(taken_back_at=None, released_at=None),
                name="adjustment_waiting_once",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=False) | Q(to=None, with_office=False),
                name="adjustment_read_once_released",
            ),
        ]

    def __str__(self):
        return f"What helps {self.placement}"

    @property
    def is_released(self) -> bool:
        return self.released_at is not None and self.taken_back_at is None

    @property
    def is_at_work(self) -> bool:
        """Whether somebody at work can read it now (as `at_work`)."""
        placement = self.placement
        is_for_manager = self.to_id is not None and self.to_id == placement.manager_id
        return self.is_released and is_for_manager and placement.status != Placement.Status.ENDED

    @property
    def sentence(self) -> str:
        """How it stands, as people say it."""
        until = f", until {long_date(self.taken_back_at)}" if self.taken_back_at else ""
        if self.released_at is None and until:
            return f"Never released{until}"
        if self.released_at is None:
            return "Waits for the student's release. The employer does not see it"
        said = f"Released to {self.released_to} on {long_date(self.released_at)}{until}"
        if until or self.is_at_work:
            return said
        why = (
            "The placement has ended"
            if self.placement.status == Placement.Status.ENDED
            else "They are not the line manager now"
        )
        return f"{said}. {why}, so nobody at the employer can read it"

    @property
    def tone(self) -> str:
        return "calm" if self.taken_back_at else "good" if self.is_at_work else "waiting"


class LaterChange(models.Model):
    """Another line manager or another site from a day to come on. The clock makes it so on that day (`done_at`)."""

    class What(models.TextChoices):
        MANAGER = "manager", "line manager"
        SITE = "site", "site"

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="later_changes", editable=False)
    what = models.CharField(max_length=8, choices=What, editable=False)
    from_on = models.DateField(editable=False)
    manager = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+", editable=False)
    site = models.ForeignKey(Site, on_delete=models.CASCADE, null=True, related_name="+", editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    done_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = VisibleThroughPlacement.as_manager()

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "what"],
                condition=models.Q(done_at=None, withdrawn_at=None),
                name="later_change_once",
            )
        ]
        indexes = [models.Index(fields=["done_at", "from_on"], name="later_change_due")]

    def __str__(self):
        return f"{self.get_what_display()} of {self.placement} from {self.from_on:%-d %B %Y}"

    @property
    def sentence(self) -> str:
        """'From 4 May 2026 Jo Lamb is the line manager'."""
        day = f"{self.from_on:%-d %B %Y}"
        if self.what == self.What.MANAGER:
            return f"From {day} {self.manager} is the line manager"
        return f"From {day} the site is {self.site or 'the employer’s own address'}"
