"""A reference: asked of the line manager by a mailed link, given in words or kindly declined."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from placements.ending.models.opening import ByRelation
from placements.models import Placement
from portal.people.models import Role, User
from portal.words import long_date
from portal.workflow import Refused, StatusField, Workflow, verb

CORRECT_FOR = timedelta(minutes=10)


class ReferenceQuerySet(ByRelation):
    def visible_to(self, user):
        """The student's, tutor's and coordinator's through the placement, and that of the manager who was asked."""
        wanted = self.of_student(user) | self.of_tutor(user)
        wanted |= models.Q(placement__provider__in=user.providers_as(Role.COORDINATOR))
        wanted |= models.Q(manager=user, placement__provider__in=user.providers_as(Role.MANAGER))
        return self.filter(wanted)

    def standing(self):
        """Those that were not taken back."""
        return self.exclude(status=Reference.Status.TAKEN_BACK)


class Reference(Workflow):
    """A reference of one manager for one placement; at most one is open or given at a time.

    The manager can correct an answer for CORRECT_FOR; after that the tutor or the placement office can open it to them
    again. Who gave it and when is kept as it was then (`given_name`, `given_title`, `decided_at`).
    """

    class Status(models.TextChoices):
        ASKED = "asked", "Asked"
        GIVEN = "given", "Given"
        DECLINED = "declined", "Declined"
        TAKEN_BACK = "taken_back", "Taken back"

    class Recommends(models.TextChoices):
        WARMLY = "warmly", "Yes, warmly"
        YES = "yes", "Yes"
        WITH_SUPPORT = "support", "Yes, with some support at the beginning"
        UNSAID = "unsaid", "I would rather not say"

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="references", editable=False)
    manager = models.ForeignKey(User, on_delete=models.PROTECT, related_name="references_asked", editable=False)
    status = StatusField("status", max_length=10, choices=Status, default=Status.ASKED, editable=False)
    message = models.CharField("message to the manager", max_length=500, blank=True)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    known_for = models.CharField("how long and how they know the student", max_length=200, blank=True)
    work = models.TextField("what the student did", max_length=1500, blank=True)
    strengths = models.TextField("strengths", max_length=1500, blank=True)
    words = models.TextField("in their own words", max_length=2000, blank=True)
    recommends = models.CharField("recommends the student", max_length=7, choices=Recommends, blank=True)
    given_name = models.CharField(max_length=210, blank=True, editable=False)
    given_title = models.CharField("job title", max_length=100, blank=True)
    because = models.CharField("why not", max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True, editable=False)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement"], condition=models.Q(status__in=["asked", "given"]), name="reference_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="given")
                | models.Q(decided_at__isnull=False, recommends__gt="", given_name__gt="", words__gt=""),
                name="reference_given_with_words",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="declined") | models.Q(decided_at__isnull=False),
                name="reference_declined_at",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="asked") | models.Q(decided_at=None), name="reference_asked_is_open"
            ),
        ]
        indexes = [models.Index(fields=["status", "asked_at"], name="reference_waiting")]

    def __str__(self):
        return f"Reference of {self.manager} for {self.placement.student}"

    def relations(self, user) -> set[str]:
        found = self.placement.relations(user) - {"manager"}
        return found | {"manager"} if self.manager_id == user.pk else found

    def can_be_corrected(self, now=None) -> bool:
        """Whether the manager can still change the answer: for ten minutes."""
        if self.status not in (self.Status.GIVEN, self.Status.DECLINED):
            return False
        return (now or timezone.now()) <= self.corrected_until

    @property
    def corrected_until(self):
        return self.decided_at + CORRECT_FOR

    def sentence(self) -> str:
        """The state as people say it."""
        if self.status == self.Status.ASKED:
            return f"Asked of {self.manager.name} on {long_date(self.asked_at)}, not answered yet"
        if self.status == self.Status.TAKEN_BACK:
            return f"Asked of {self.manager.name}, and taken back"
        said = "Given" if self.status == self.Status.GIVEN else "Kindly declined"
        return f"{said} by {self.given_name or self.manager.name} on {long_date(self.decided_at)}"

    @property
    def tone(self) -> str:
        return {"asked": "waiting", "given": "good", "declined": "calm", "taken_back": "calm"}[self.status]

    # --- the moves ---

    def _in_time(self):
        if self.status != self.Status.ASKED and not self.can_be_corrected():
            raise Refused("The ten minutes for corrections are over. The tutor can open it to you again.")

    @verb(source=[Status.ASKED, Status.GIVEN, Status.DECLINED], target=Status.GIVEN, who={"manager"})
    def give(self, *, by, known_for, work, strengths, words, recommends, title=""):
        """Give the reference, or correct one within ten minutes. Raises Refused later."""
        self._in_time()
        again = self.status == self.Status.GIVEN
        self.known_for, self.work, self.strengths, self.words = known_for, work, strengths, words
        self.recommends, self.given_title, self.given_name, self.because = recommends, title, by.name, ""
        self.decided_at = self.decided_at if again else timezone.now()
        return "corrected the reference" if again else "gave a reference"

    @verb(source=[Status.ASKED, Status.GIVEN, Status.DECLINED], target=Status.DECLINED, who={"manager"})
    def decline(self, *, by, because=""):
        """Rather give none; `because` is for the student to read. Raises Refused after the ten minutes."""
        self._in_time()
        self.because, self.decided_at = because, timezone.now()
        return "would rather give no reference"

    @verb(
        source=Status.ASKED,
        target=Status.TAKEN_BACK,
        who={"student", "tutor", "coordinator"},
        says="does not need the reference any more",
    )
    def take_back(self, *, by):
        """Ask no longer."""

    @verb(
        source=[Status.GIVEN, Status.DECLINED],
        target=Status.ASKED,
        who={"tutor", "coordinator"},
        says="opened the reference to the manager again",
    )
    def reopen(self, *, by):
        """Let the manager change what was answered. Until they do, nobody can read the old words."""
        self.decided_at, self.asked_at = None, timezone.now()
