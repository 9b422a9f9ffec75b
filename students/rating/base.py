"""What a student rates about themselves, again and again: open, finished, and handed in to the tutor if they like.

Self-assessments and reflections on behaviours are such ratings; each brings its own statements and answers.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.people.models import Role
from portal.words import long_date
from portal.workflow import Refused, StatusField, Workflow, verb
from students.models import Student

VALUES = range(1, 6)


class OwnRatingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The student's own; the tutor's students' once they are handed in. Nobody else's, managers' least of all."""
        own = Q(student__user=user, student__provider__in=user.providers_as(Role.STUDENT))
        handed_in = Q(status=OwnRating.Status.HANDED_IN)
        tutored = Q(student__tutor=user, student__provider__in=user.providers_as(Role.TUTOR))
        return self.filter(own | (handed_in & tutored))

    def finished(self):
        return self.exclude(status=OwnRating.Status.OPEN)

    def handed_in(self):
        return self.filter(status=OwnRating.Status.HANDED_IN)


class OwnRating(Workflow):
    """One time that a student rated themselves: open, finished (their own), or handed in (the tutor sees it).

    A kind of rating says its `noun`, and in `unanswered` which statements still want an answer.
    """

    class Status(models.TextChoices):
        OPEN = "open", "Not finished"
        FINISHED = "finished", "Finished"
        HANDED_IN = "handed_in", "Shared"

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="%(class)ss", editable=False)
    status = StatusField(max_length=10, choices=Status, default=Status.OPEN, editable=False)
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    noun = ""  # 'self-assessment'

    objects = OwnRatingQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["student"], condition=Q(status="open"), name="one_open_%(class)s"),
            models.CheckConstraint(
                condition=Q(status="open", finished_at=None) | (~Q(status="open") & Q(finished_at__isnull=False)),
                name="%(class)s_finished_has_its_moment",
            ),
        ]

    def __str__(self):
        return f"{self.noun.capitalize()} of {long_date(self.begun_at)}"

    def relations(self, user) -> set[str]:
        return self.student.relations(user)

    def sentence(self) -> str:
        """How it stands, for the student and for the tutor."""
        if self.status == self.Status.OPEN:
            return "Not finished yet. Only you see it"
        on = long_date(self.finished_at)
        if self.status == self.Status.FINISHED:
            return f"Finished on {on}, not shared with the tutor"
        return f"Finished on {on} and shared with the tutor"

    @property
    def tone(self) -> str:
        return {"open": "waiting", "finished": "good", "handed_in": "good"}[self.status]

    def unanswered(self) -> list:
        """The statements that still want an answer."""
        return []

    @verb(source=Status.OPEN, target=Status.FINISHED, who={"student"})
    def finish(self, *, by):
        """Close it. Raises Refused while a statement is not answered."""
        if left := self.unanswered():
            raise Refused(f"{len(left)} of the statements {'has' if len(left) == 1 else 'have'} no answer yet.")
        self.finished_at = timezone.now()
        return f"finished a {self.noun}"

    @verb(source=Status.FINISHED, target=Status.HANDED_IN, who={"student"})
    def hand_in(self, *, by):
        """Let the tutor see it."""
        return f"shared a {self.noun}"

    @verb(source=Status.HANDED_IN, target=Status.FINISHED, who={"student"})
    def take_back(self, *, by):
        """Keep it to oneself again."""
        return f"took a {self.noun} back"

    @verb(source=Status.FINISHED, target=Status.OPEN, who={"student"})
    def reopen(self, *, by):
        """Change answers of the newest one. Raises Refused where a newer one was begun."""
        if type(self).objects.filter(student=self.student_id, begun_at__gt=self.begun_at).exists():
            raise Refused("You have begun a newer one. Change your answers there.")
        self.finished_at = None
        return f"opened a {self.noun} again"
