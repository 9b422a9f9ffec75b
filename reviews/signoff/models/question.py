"""A student's question about a figure that the portal calculated, its answer, and a second person's decision."""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from portal.people.models import Provider, User
from portal.words import long_date
from portal.workflow import Refused, StatusField, Workflow, verb
from reviews.signoff.models.students import ThroughStudent
from students.models import Student


class Figure(models.TextChoices):
    """What decides things for a person, and so can be questioned. The guidance, 'calculated figures are explained'."""

    HOURS = "hours", "The hours that count"
    STANDING = "standing", "Whether I am on track"
    COMPLETION = "completion", "What is missing until I am complete"


class Outcome(models.TextChoices):
    STANDS = "stands", "The figure is right as it stands"
    CORRECTED = "corrected", "The figure is not right, and is being corrected"


class FigureQuestion(Workflow):
    """One question. `shown` is what the portal said when it was asked, so that everybody talks of the same figure.

    Answered by the tutor or the placement office; a second person's decision, if the student wants one, is given by
    somebody of the placement office who did not answer.
    """

    class Status(models.TextChoices):
        ASKED = "asked", "Asked"
        ANSWERED = "answered", "Answered"
        DISPUTED = "disputed", "A second person is asked to decide"
        DECIDED = "decided", "Decided"
        WITHDRAWN = "withdrawn", "Withdrawn"

    WAITING = [Status.ASKED, Status.DISPUTED]

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="figure_questions", editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+", editable=False)
    status = StatusField("status", max_length=9, choices=Status, default=Status.ASKED, editable=False)
    figure = models.CharField("figure", max_length=10, choices=Figure)
    shown = models.CharField("what the portal said then", max_length=500, editable=False)
    words = models.TextField("question", max_length=2000)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    waiting_since = models.DateTimeField(default=timezone.now, editable=False)
    answer = models.TextField("answer", max_length=3000, blank=True, editable=False)
    answer_outcome = models.CharField("outcome", max_length=9, choices=Outcome, blank=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    objection = models.TextField("why a second person should look", max_length=2000, blank=True, editable=False)
    objected_at = models.DateTimeField(null=True, editable=False)
    decision = models.TextField("decision", max_length=3000, blank=True, editable=False)
    decision_outcome = models.CharField("outcome", max_length=9, choices=Outcome, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", editable=False)

    objects = ThroughStudent.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["student", "figure"],
                condition=models.Q(status__in=["asked", "disputed"]),
                name="figure_question_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["answered", "disputed", "decided"])
                | models.Q(answered_at__isnull=False, answered_by__isnull=False) & ~models.Q(answer=""),
                name="figure_question_answered_has_stamp",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="decided")
                | models.Q(decided_at__isnull=False, decided_by__isnull=False) & ~models.Q(decision=""),
                name="figure_question_decided_has_stamp",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("answered_by")),
                name="figure_question_by_two_people",
            ),
        ]
        indexes = [models.Index(fields=["provider", "status", "waiting_since"], name="figure_question_waiting")]

    def __str__(self):
        return f"Question of {self.student}: {self.get_figure_display()}"

    def save(self, *args, **kwargs):
        self.provider_id = self.student.provider_id
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("figure_question_detail", args=[self.pk])

    def relations(self, user) -> set[str]:
        return self.student.relations(user)

    @property
    def is_waiting(self) -> bool:
        """Whether staff have to say something."""
        return self.status in self.WAITING

    def sentence(self) -> str:
        """The status as people say it."""

        match self.status:
            case self.Status.ASKED:
                return f"Asked on {long_date(self.asked_at)}, not answered yet"
            case self.Status.ANSWERED:
                return f"Answered by {self.answered_by} on {long_date(self.answered_at)}"
            case self.Status.DISPUTED:
                return f"A second person was asked on {long_date(self.objected_at)}, not decided yet"
            case self.Status.DECIDED:
                return f"Decided by {self.decided_by} on {long_date(self.decided_at)}"
        return f"Withdrawn; it was asked on {long_date(self.asked_at)}"

    @property
    def tone(self) -> str:
        return {self.Status.ANSWERED: "good", self.Status.DECIDED: "good", self.Status.WITHDRAWN: "calm"}.get(
            self.status, "waiting"
        )

    # --- the moves ---

    @verb(source=Status.ASKED, target=Status.ANSWERED, who={"tutor", "coordinator"})
    def give_answer(self, *, by, answer: str, outcome: str):
        """Answer it, in words that the student keeps."""
        if not answer.strip() or outcome not in Outcome.values:
            raise Refused("Say whether the figure is right, and how it comes about.")
        self.answer, self.answer_outcome = answer.strip(), outcome
        self.answered_at, self.answered_by = timezone.now(), by
        return f"answered: {self.get_answer_outcome_display().lower()}"

    @verb(source=Status.ANSWERED, target=Status.DISPUTED, who={"student"})
    def object_to(self, *, by, words: str):
        """Ask for a second person's decision, once."""
        self.objection, self.objected_at = words.strip(), timezone.now()
        self.waiting_since = self.objected_at
        return "asked for a second person's decision"

    @verb(source=Status.DISPUTED, target=Status.DECIDED, who={"coordinator"})
    def decide(self, *, by, decision: str, outcome: str):
        """Decide it, as somebody of the placement office who did not answer. Raises Refused for whoever did."""
        if by.pk == self.answered_by_id:
            raise Refused("You gave the answer. Somebody else of the placement office decides.")
        if not decision.strip() or outcome not in Outcome.values:
            raise Refused("Say whether the figure is right, and why.")
        self.decision, self.decision_outcome = decision.strip(), outcome
        self.decided_at, self.decided_by = timezone.now(), by
        return f"decided: {self.get_decision_outcome_display().lower()}"

    @verb(source=[Status.ASKED, Status.DISPUTED], target=Status.WITHDRAWN, who={"student"})
    def withdraw(self, *, by):
        """Take the question back while nobody has answered, or the wish for a second person."""
        return "withdrew the question"
