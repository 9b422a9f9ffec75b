"""Getting ready for interviews: private thoughts, questions to ask, and research on an organisation."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from employers.models import Employer
from portal.people.models import Role
from portal.words import long_date
from portal.workflow import Refused, StatusField, Workflow, verb
from students.interviews.lines import PROMPT, QUESTION, TIP
from students.models import Student

KEPT_AFTER_REMOVAL = timedelta(days=7)


class Line(models.Model):
    """A line of the shipped lists: a prompt of the worksheet, a tip, or a question that one could ask."""

    kind = models.CharField(max_length=8, choices=[(PROMPT, "Prompt"), (TIP, "Tip"), (QUESTION, "Question")])
    group = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20)
    wording = models.CharField(max_length=200)
    hint = models.CharField(max_length=200, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code"], condition=Q(retired_at=None), name="interview_line_once_at_a_time"
            )
        ]

    def __str__(self):
        return self.wording


class Own(models.QuerySet):
    """Rows that are nobody's but the student's: not staff's, not managers', not other students'."""

    def visible_to(self, user):
        return self.filter(student__user=user, student__provider__in=user.providers_as(Role.STUDENT))


class Kept(Own):
    """Of rows that can be put back for a while after they were removed: those that are there."""

    def kept(self):
        return self.filter(removed_at=None)


class Thought(models.Model):
    """What a student wrote to a prompt, for nobody else; no way leads here from the student's record."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="+", editable=False)
    code = models.CharField(max_length=20, editable=False)
    wording = models.CharField(max_length=200, editable=False)
    words = models.TextField(max_length=2000)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = Own.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["student", "code"], name="one_thought_for_each_prompt")]

    def __str__(self):
        return self.wording


class Removable(models.Model):
    """Something that can be removed, and put back for KEPT_AFTER_REMOVAL; then the clock deletes it."""

    added_at = models.DateTimeField(default=timezone.now, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    def remove(self):
        type(self).objects.filter(pk=self.pk, removed_at=None).update(removed_at=timezone.now())

    def restore(self):
        type(self).objects.filter(pk=self.pk).update(removed_at=None)


class Question(Removable):
    """A question that the student would like to ask, and what was answered. The student's own."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="+", editable=False)
    words = models.CharField("question", max_length=300)
    answer = models.TextField("what they said", max_length=1000, blank=True)

    objects = Kept.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self):
        return self.words


class Reach(models.TextChoices):
    LOCAL = "local", "Local: in this town or area"
    NATIONAL = "national", "National: in the whole country"
    INTERNATIONAL = "international", "International: in other countries, too"


class SheetQuerySet(Kept):
    def visible_to(self, user):
        """The student's own; the tutor's students' once they are shared."""
        own = Q(student__user=user, student__provider__in=user.providers_as(Role.STUDENT))
        tutored = Q(student__tutor=user, student__provider__in=user.providers_as(Role.TUTOR))
        return self.filter(own | (tutored & Q(status=Sheet.Status.SHARED, removed_at=None)))


class Sheet(Removable, Workflow):
    """What a student found out about an organisation (the guidance, readiness: the organisation researched).

    `employer` is set where it is known to the portal, so that the sheet is found for an interview there.
    """

    class Status(models.TextChoices):
        PRIVATE = "private", "Only the student"
        SHARED = "shared", "Shared with the tutor"

    WRITTEN = ["does", "values", "reach", "size", "news"]

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="+", editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    name = models.CharField("organisation", max_length=150)
    does = models.TextField("what it does and makes", max_length=2000, blank=True)
    values = models.TextField("its values and culture", max_length=2000, blank=True)
    reach = models.CharField("its reach", max_length=13, choices=Reach, blank=True)
    size = models.TextField("its size and structure", max_length=2000, blank=True)
    news = models.TextField("what is new there", max_length=2000, blank=True)
    status = StatusField(max_length=7, choices=Status, default=Status.PRIVATE, editable=False)
    shared_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="private", shared_at=None) | Q(status="shared", shared_at__isnull=False),
                name="sheet_shared_has_its_moment",
            )
        ]
        indexes = [models.Index(fields=["student", "-changed_at"], name="sheet_by_student")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("research_detail", args=[self.pk])

    def relations(self, user) -> set[str]:
        return self.student.relations(user)

    @property
    def filled(self) -> int:
        """How many of the five parts have something in them."""
        return sum(1 for name in self.WRITTEN if getattr(self, name))

    def sentence(self) -> str:
        """Who sees it."""
        if self.status == self.Status.SHARED:
            return f"Your tutor sees it since {long_date(self.shared_at)}"
        return "Only you see it"

    @property
    def tone(self) -> str:
        return "good" if self.status == self.Status.SHARED else "calm"

    @verb(source=Status.PRIVATE, target=Status.SHARED, who={"student"}, says="shared it with the tutor")
    def share(self, *, by):
        """Let the tutor read it, and what is added later. Raises Refused for one that is empty or removed."""
        if self.removed_at:
            raise Refused("It was removed. Put it back first.")
        if not self.filled:
            raise Refused("There is nothing in it yet. Write something first.")
        self.shared_at = timezone.now()

    @verb(source=Status.SHARED, target=Status.PRIVATE, who={"student"}, says="took it back from the tutor")
    def take_back(self, *, by):
        """Keep it to oneself again."""
        self.shared_at = None
