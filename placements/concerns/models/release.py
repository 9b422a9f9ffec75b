"""What the line manager may be told of a worry: a text made for them, that student and staff both agreed to."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from placements.concerns.models.concern import Concern
from placements.models import Placement
from portal.people.models import Role, User
from portal.words import long_date
from portal.workflow import Refused, StatusField, Workflow, verb


class ReleaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With the worry; and for the manager to whom it was released, while they manage the placement."""
        wanted = Q(concern__in=Concern.objects.visible_to(user))
        if managed := user.providers_as(Role.MANAGER):
            wanted |= Q(to=user, status=Release.Status.RELEASED, placement__manager=user, concern__provider__in=managed)
        return self.filter(wanted)

    def with_people(self):
        people = ["kind", "provider", "taken_by", "student__user", "student__tutor"]
        return self.select_related("to", "placement__employer", *(f"concern__{way}" for way in people))


class Release(Workflow):
    """One text for one line manager. Nothing else of the worry ever reaches a manager.

    Whoever writes the text agrees to it by that; the other side agrees to exactly these words, or writes others, which
    then want the first one's agreement. Either side takes it back at any time.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Waits for agreement"
        RELEASED = "released", "Released"
        TAKEN_BACK = "taken_back", "Taken back"

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="releases", editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="+", editable=False)
    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)
    text = models.TextField("what the line manager is told", max_length=2000)
    status = StatusField(max_length=10, choices=Status, default=Status.PROPOSED, editable=False)
    proposed_at = models.DateTimeField(default=timezone.now, editable=False)
    student_agreed_at = models.DateTimeField(null=True, editable=False)
    staff_agreed_at = models.DateTimeField(null=True, editable=False)
    staff_agreed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    staff_agreed_name = models.CharField(max_length=210, blank=True, editable=False)
    released_at = models.DateTimeField(null=True, editable=False)
    read_at = models.DateTimeField(null=True, editable=False)
    reply = models.TextField(blank=True, editable=False)
    taken_back_at = models.DateTimeField(null=True, editable=False)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="released")
                | Q(student_agreed_at__isnull=False, staff_agreed_at__isnull=False, released_at__isnull=False),
                name="release_agreed_by_both",
            ),
            models.UniqueConstraint(
                fields=["concern"], condition=~Q(status="taken_back"), name="release_one_at_a_time"
            ),
        ]

    def __str__(self):
        return "A note for the line manager"

    def relations(self, user) -> set[str]:
        """student, tutor, office, owner of the worry; staff for tutor or owner; manager for its reader."""
        found = self.concern.relations(user)
        if found & {"tutor", "owner"}:
            found.add("staff")
        if self.to_id == user.pk and self.placement.manager_id == user.pk:
            found.add("manager")
        return found

    def waits_for(self, user) -> bool:
        """Whether it is this person's turn to agree."""
        sides = self.relations(user)
        missing = (self.student_agreed_at is None and "student" in sides) or (
            self.staff_agreed_at is None and "staff" in sides
        )
        return self.status == self.Status.PROPOSED and missing

    def sentence(self) -> str:
        """How it stands, as people say it."""
        on = long_date(self.released_at) if self.released_at else ""
        if self.status == self.Status.TAKEN_BACK:
            return f"Released on {on} and taken back" if on else "Not released: it was taken back"
        if self.status == self.Status.PROPOSED:
            missing = self.concern.student if self.student_agreed_at is None else self.concern.owner
            return f"Not released. It waits for {missing or 'the placement office'} to agree to these words"
        read = f", read on {timezone.localtime(self.read_at):%-d %B}" if self.read_at else ", not marked as read yet"
        return f"Released to {self.to} on {on}{read}"

    @property
    def tone(self) -> str:
        tones = {self.Status.PROPOSED: "waiting", self.Status.RELEASED: "good"}
        return tones.get(self.status, "calm")

    def stamp(self, by):
        """`by` agrees to the words as they stand now."""
        now = timezone.now()
        if "student" in self.relations(by):
            self.student_agreed_at = now
        else:
            self.staff_agreed_at, self.staff_agreed_by, self.staff_agreed_name = now, by, by.name

    # --- the moves ---

    @verb(source=Status.PROPOSED, target=Status.PROPOSED, who={"student", "staff"})
    def reword(self, *, by, text: str):
        """Put other words in their place; the other side has to agree anew."""
        self.text = text.strip()
        self.student_agreed_at = self.staff_agreed_at = self.staff_agreed_by = None
        self.staff_agreed_name = ""
        self.stamp(by)
        return "changed the words for the line manager"

    @verb(source=Status.PROPOSED, target=Status.RELEASED, who={"student", "staff"})
    def agree(self, *, by):
        """Agree to exactly these words: they go to the line manager now. Raises Refused for whoever wrote them."""
        if not self.waits_for(by):
            raise Refused("You have agreed already. The other side has to agree, too.")
        if self.placement.manager_id != self.to_id:
            raise Refused(f"{self.to} is not the line manager any more. Take this back and write to the new one.")
        self.stamp(by)
        self.released_at = timezone.now()
        return f"agreed: the words went to {self.to}"

    @verb(source=[Status.PROPOSED, Status.RELEASED], target=Status.TAKEN_BACK, who={"student", "staff", "clock"})
    def take_back(self, *, by):
        """End it: the line manager cannot open it any more. The clock does so when they stop being one."""
        self.taken_back_at = timezone.now()
        if by is None:
            return f"took back the words for {self.to}, who is not the line manager any more"
        return f"took back the words for {self.to}"

    @verb(source=Status.RELEASED, target=Status.RELEASED, who={"manager"})
    def read(self, *, by, reply: str = ""):
        """The line manager has read it, and may write back."""
        self.read_at = self.read_at or timezone.now()
        if reply.strip() and reply.strip() not in self.reply:
            self.reply = f"{self.reply}\n\n{reply.strip()}".strip()
        return "read what was written for them" + (" and wrote back" if reply.strip() else "")
