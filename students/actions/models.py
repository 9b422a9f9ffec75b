"""The student's action plan: what to get better at, how, by when, and how it went."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.people.models import Role, User
from students.models import Student


class ActionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The student's own, and those of a tutor's students. Managers never see them."""
        own = Q(student__user=user, student__provider__in=user.providers_as(Role.STUDENT))
        return self.filter(own | Q(student__tutor=user, student__provider__in=user.providers_as(Role.TUTOR)))

    def open(self):
        return self.filter(done_on=None)


class Action(models.Model):
    """One thing that a student wants to get better at (the guidance, self-development action plan).

    `about` keeps the words of the statement or review that it came from.
    """

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="actions", editable=False)
    about = models.CharField(max_length=200, blank=True, editable=False)
    improve = models.CharField("what I want to get better at", max_length=300)
    how = models.TextField("how I will do it, and what support I need", max_length=1500, blank=True)
    due_on = models.DateField("by when")
    progress = models.TextField("how it is going", max_length=1500, blank=True)
    done_on = models.DateField(null=True, editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self):
        return self.improve

    def is_overdue(self) -> bool:
        return self.done_on is None and self.due_on < timezone.localdate()

    def sentence(self) -> str:
        """How it stands."""
        if self.done_on:
            return f"Done on {self.done_on:%-d %B %Y}"
        return f"{'Was due' if self.is_overdue() else 'Due'} on {self.due_on:%-d %B %Y}"

    @property
    def tone(self) -> str:
        return "good" if self.done_on else "attention" if self.is_overdue() else "waiting"


class Comment(models.Model):
    """What the tutor, or the student in answer, says to an action."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="comments", editable=False)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    by_name = models.CharField(max_length=210, editable=False)
    words = models.TextField("comment", max_length=1000)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.by_name}: {self.words}"
