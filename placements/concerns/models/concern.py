"""A worry: what it is about, who may see it, who looks after it, until when an answer is due, what came of it."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from placements.concerns.models.kinds import ConcernKind
from placements.concerns.models.rows import CLOSED, OPEN, ConcernQuerySet, Contact, Status, Visibility
from placements.models import Placement
from portal.history.models import record
from portal.people.models import Provider, Role, User
from portal.words import long_date
from portal.workflow import Refused, SomebodyWasQuicker, StatusField, Workflow, verb
from students.models import Student

AGAIN = timedelta(hours=1)


class Concern(Workflow):
    """One worry or accident that a student told of.

    The owner is whoever took it over (`taken_by`), else the student's tutor, else the placement office as a whole, so
    that a change of tutor moves the worry with the student. `due_at` is set while an answer is owed, and only then.
    """

    Status, OPEN, CLOSED = Status, OPEN, CLOSED

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+", editable=False)
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="concerns", editable=False)
    placement = models.ForeignKey(
        Placement, on_delete=models.SET_NULL, null=True, related_name="concerns", editable=False
    )
    kind = models.ForeignKey(ConcernKind, on_delete=models.PROTECT, related_name="+", editable=False)
    visibility = models.CharField(max_length=6, choices=Visibility, default=Visibility.TUTOR, editable=False)
    contact = models.CharField(max_length=7, choices=Contact, default=Contact.HERE, editable=False)
    reach = models.CharField(max_length=150, blank=True, editable=False)
    rather = models.CharField(max_length=150, blank=True, editable=False)
    status = StatusField(max_length=9, choices=Status, default=Status.RAISED, editable=False)
    raised_at = models.DateTimeField(default=timezone.now, editable=False)
    due_at = models.DateTimeField(null=True, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)
    escalated_at = models.DateTimeField(null=True, editable=False)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    outcome = models.TextField(blank=True, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    follow_up_on = models.DateField(null=True, editable=False)

    objects = ConcernQuerySet.as_manager()
    spoke = False  # whether words were added since this was read

    class Meta:
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["settled", "withdrawn"])
                | Q(settled_at__isnull=False, settled_by__isnull=False, due_at=None),
                name="concern_closed_has_stamp",
            ),
            models.CheckConstraint(condition=~Q(status="settled") | ~Q(outcome=""), name="concern_settled_has_outcome"),
            models.CheckConstraint(
                condition=~Q(status__in=["raised", "reopened"]) | Q(due_at__isnull=False), name="concern_owes_answer"
            ),
        ]
        indexes = [
            models.Index(fields=["provider", "status", "-raised_at"], name="concern_by_status"),
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="concern_by_due"),
            models.Index(fields=["student", "-raised_at"], name="concern_of_student"),
        ]

    def __str__(self):
        return "Something is wrong"

    def get_absolute_url(self):
        return reverse("concern_detail", args=[self.pk])

    # --- who ---

    @property
    def tutor(self) -> User | None:
        """The student's tutor, if they can still sign in."""
        found = self.student.tutor
        return found if found and found.is_active else None

    @property
    def owner(self) -> User | None:
        """Whoever looks after it; None stands for the placement office as a whole."""
        return self.taken_by or self.tutor

    @property
    def is_with_office(self) -> bool:
        """Whether all coordinators of the provider may read it."""
        return self.visibility == Visibility.OFFICE or self.kind.is_accident

    def relations(self, user) -> set[str]:
        """Any of student, tutor, office (a coordinator who may read it), owner."""
        found = set()
        if self.student.user_id == user.pk and self.provider_id in user.providers_as(Role.STUDENT):
            found.add("student")
        if self.student.tutor_id == user.pk and self.provider_id in user.providers_as(Role.TUTOR):
            found.add("tutor")
        coordinates = self.provider_id in user.providers_as(Role.COORDINATOR)
        if coordinates and (self.is_with_office or self.taken_by_id == user.pk):
            found.add("office")
        if found & {"tutor", "office"} and (self.owner == user or (self.owner is None and "office" in found)):
            found.add("owner")
        return found

    # --- what it is ---

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    def is_overdue(self, now: datetime | None = None) -> bool:
        return self.is_open and self.due_at is not None and self.due_at <= (now or timezone.now())

    def sentence(self) -> str:
        """How it stands, as people say it."""
        if self.status == Status.SETTLED:
            return f"Settled on {long_date(self.settled_at)} by {self.settled_by}"
        if self.status == Status.WITHDRAWN:
            return f"Withdrawn by {self.student} on {long_date(self.settled_at)}"
        if self.due_at is None:
            return f"{self.owner or 'The placement office'} looks after it"
        due = f"{timezone.localtime(self.due_at):%A %-d %B, %H:%M}"
        return f"The answer was due on {due}" if self.is_overdue() else f"An answer is due by {due}"

    @property
    def tone(self) -> str:
        if not self.is_open:
            return "calm" if self.status == Status.WITHDRAWN else "good"
        return "problem" if self.is_overdue() else "waiting" if self.due_at else "good"

    # --- the moves ---

    def owe_answer(self):
        """From now on an answer is owed, within the time of the kind."""
        self.due_at = self.kind.due_from(timezone.now())
        self.reminded_at = self.escalated_at = None

    @verb(source=OPEN, target=Status.ANSWERED, who={"tutor", "office"}, says="answered")
    def answer(self, *, by, text: str):
        """Say something to the student. Of a worry of the whole office, whoever answers first is the owner."""
        self.add_message(text, by=by)
        self.due_at = None
        if self.owner is None:
            self.taken_by = by

    @verb(source=OPEN, target=Status.SETTLED, who={"student", "tutor", "office"}, says="settled it")
    def settle(self, *, by, outcome: str, follow_up_on=None):
        """Close it with what came of it; the student may do so themselves. Raises Refused without an outcome."""
        if not outcome.strip():
            raise Refused("Say in a few words what came of it.")
        self.outcome, self.follow_up_on = outcome.strip(), follow_up_on
        self.close(by=by)

    @verb(source=OPEN, target=Status.WITHDRAWN, who={"student"}, says="withdrew it")
    def withdraw(self, *, by):
        """The student does not want to go on with it. What was said is kept."""
        self.outcome, self.follow_up_on = "", None
        self.close(by=by)

    def close(self, *, by):
        self.settled_at, self.settled_by, self.due_at = timezone.now(), by, None

    @verb(source=CLOSED, target=Status.REOPENED, who={"student", "tutor", "office"}, says="took it up again")
    def reopen(self, *, by, text: str):
        """Take it up again, with what is wrong now; an answer is owed anew."""
        self.add_message(text, by=by)
        self.settled_at = self.settled_by = self.follow_up_on = None
        self.outcome = ""
        self.owe_answer()

    @verb(source=Status.SETTLED, target=Status.SETTLED, who={"tutor", "office"})
    def follow_up(self, *, by, text: str = "", again_on=None):
        """Record that somebody asked again how things are; `again_on` where it is to be asked once more."""
        if text.strip():
            self.add_message(text, by=by)
        self.follow_up_on = again_on
        return f"followed it up, to ask again on {again_on:%-d %B %Y}" if again_on else "followed it up"

    def was_just_said(self, text: str, *, by) -> bool:
        """Whether `by` said exactly this last, within the hour: pressed twice, or went back and sent it again."""
        last = max(self.messages.all(), key=lambda message: (message.at, message.pk), default=None)
        is_same = last is not None and (last.by_id, last.text) == (by.pk, text.strip())
        return is_same and last.at > timezone.now() - AGAIN

    def add_message(self, text: str, *, by, is_notice: bool = False):
        """Put words into the conversation."""
        from_student = by.pk == self.student.user_id
        self.spoke = True
        self.messages.create(by=by, by_name=by.name, from_student=from_student, is_notice=is_notice, text=text.strip())

    def change(self, *, by, says: str, seen: int, **fields):
        """Write `fields` besides the status, once, with a line of history; raises SomebodyWasQuicker."""
        rows = Concern.objects.filter(pk=self.pk, version=seen)
        if not rows.update(version=models.F("version") + 1, **fields):
            raise SomebodyWasQuicker(self)
        for name, value in (fields | {"version": seen + 1}).items():
            setattr(self, name, value)
        record(self, says, by=by)
