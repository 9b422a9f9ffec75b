"""Self-assessment: how confident and how ready a student feels, repeated so that growth can be seen."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.people.models import Role
from portal.workflow import Refused, StatusField, Workflow, verb
from students.models import Student
from students.selfassessment.statements import AGREEMENT, CONFIDENCE

PARTS = [(CONFIDENCE, "How confident I am"), (AGREEMENT, "How far I agree")]
SCALES = {
    CONFIDENCE: ["Not confident at all", "Not very confident", "Neutral", "Confident", "Very confident"],
    AGREEMENT: ["Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"],
}
VALUES = range(1, 6)


class Statement(models.Model):
    """One statement, answered on the five points of its part's scale. `short` names it in charts."""

    part = models.CharField(max_length=10, choices=PARTS)
    group = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField()
    short = models.CharField(max_length=30)
    wording = models.CharField(max_length=200)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number", "pk"]

    def __str__(self):
        return self.wording


class SelfAssessmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The student's own; the tutor's students' once they are handed in. Nobody else's, managers' least of all."""
        own = Q(student__user=user, student__provider__in=user.providers_as(Role.STUDENT))
        handed_in = Q(status=SelfAssessment.Status.HANDED_IN)
        tutored = Q(student__tutor=user, student__provider__in=user.providers_as(Role.TUTOR))
        return self.filter(own | (handed_in & tutored))

    def finished(self):
        return self.exclude(status=SelfAssessment.Status.OPEN)


class SelfAssessment(Workflow):
    """One time that a student answered the statements: open, finished (their own), or handed in (the tutor sees it)."""

    class Status(models.TextChoices):
        OPEN = "open", "Not finished"
        FINISHED = "finished", "Finished"
        HANDED_IN = "handed_in", "Shared"

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="selfassessments", editable=False)
    status = StatusField(max_length=10, choices=Status, default=Status.OPEN, editable=False)
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    objects = SelfAssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["student"], condition=Q(status="open"), name="one_open_selfassessment"),
            models.CheckConstraint(
                condition=Q(status="open", finished_at=None) | (~Q(status="open") & Q(finished_at__isnull=False)),
                name="selfassessment_finished_has_its_moment",
            ),
        ]

    def __str__(self):
        return f"Self-assessment of {timezone.localtime(self.begun_at):%-d %B %Y}"

    def relations(self, user) -> set[str]:
        found = {"student"} if self.student.user_id == user.pk else set()
        return found | ({"tutor"} if self.student.tutor_id == user.pk else set())

    def sentence(self) -> str:
        """How it stands, for the student and for the tutor."""
        if self.status == self.Status.OPEN:
            return "Not finished yet. Only you see it"
        on = f"{timezone.localtime(self.finished_at):%-d %B %Y}"
        if self.status == self.Status.FINISHED:
            return f"Finished on {on}, not shared with the tutor"
        return f"Finished on {on} and shared with the tutor"

    @property
    def tone(self) -> str:
        return {"open": "waiting", "finished": "good", "handed_in": "good"}[self.status]

    def unanswered(self) -> list[Statement]:
        """The statements that still want an answer."""
        return list(Statement.objects.filter(retired_at=None).exclude(answers__assessment=self))

    @verb(source=Status.OPEN, target=Status.FINISHED, who={"student"}, says="finished a self-assessment")
    def finish(self, *, by):
        """Close it. Raises Refused while a statement is not answered."""
        if left := self.unanswered():
            raise Refused(f"{len(left)} of the statements {'has' if len(left) == 1 else 'have'} no answer yet.")
        self.finished_at = timezone.now()

    @verb(source=Status.FINISHED, target=Status.HANDED_IN, who={"student"}, says="shared a self-assessment")
    def hand_in(self, *, by):
        """Let the tutor see it."""

    @verb(source=Status.HANDED_IN, target=Status.FINISHED, who={"student"}, says="took a self-assessment back")
    def take_back(self, *, by):
        """Keep it to oneself again."""

    @verb(source=Status.FINISHED, target=Status.OPEN, who={"student"}, says="opened a self-assessment again")
    def reopen(self, *, by):
        """Change answers of the newest one. Raises Refused where a newer one was begun."""
        if SelfAssessment.objects.filter(student=self.student_id, begun_at__gt=self.begun_at).exists():
            raise Refused("You have begun a newer one. Change your answers there.")
        self.finished_at = None


class Answer(models.Model):
    """What a student answered to a statement: 1 to 5, and the wording of that moment."""

    assessment = models.ForeignKey(SelfAssessment, on_delete=models.CASCADE, related_name="answers")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="answers")
    wording = models.CharField(max_length=200)
    value = models.PositiveSmallIntegerField()
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["statement__number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "statement"], name="statement_answered_once"),
            models.CheckConstraint(condition=Q(value__gte=1, value__lte=5), name="answer_1_to_5"),
        ]

    def __str__(self):
        return self.words

    @property
    def words(self) -> str:
        """The answer in words: 'Very confident'."""
        return SCALES[self.statement.part][self.value - 1]
