"""Readiness: what the provider makes sure of before a student goes on placement, point by point."""

from django.db import models
from django.utils import timezone

from portal.people.models import Provider, Role, User
from portal.versions import Versioned
from portal.words import long_date, moment
from students.models import Student


class Point(Versioned):
    """One thing that the provider makes sure of (8 ship, from the guidance). `short` heads its column in tables."""

    short = models.CharField("short name for tables", max_length=30)
    hint = models.CharField("what it takes, for the student", max_length=200, blank=True)

    class Meta(Versioned.Meta):
        verbose_name = "point of readiness"
        verbose_name_plural = "points of readiness"


class RoundQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A tutor's own, and all of a coordinator's provider."""
        tutored, office = user.providers_as(Role.TUTOR), user.providers_as(Role.COORDINATOR)
        return self.filter(models.Q(by=user, provider__in=tutored) | models.Q(provider__in=office))


class Round(models.Model):
    """Points that somebody settled for a group at once, so that it can be undone at once."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="+", editable=False)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    by_name = models.CharField(max_length=210, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    says = models.CharField(max_length=300, editable=False)  # 'Technical skills, Role for 24 students'
    undone_at = models.DateTimeField(null=True, editable=False)
    undone_name = models.CharField(max_length=210, blank=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["provider", "-at"], name="readiness_round_latest")]

    def __str__(self):
        return self.says

    def undone_sentence(self) -> str:
        """'Undone by Tom Reid on 2 March 2026 at 14:05'."""
        who = f" by {self.undone_name}" if self.undone_name else ""
        return f"Undone{who} on {moment(self.undone_at)}"


class SettledQuerySet(models.QuerySet):
    def visible_to(self, user):
        """As the student is: their own, a tutor's caseload, a coordinator's provider. Never managers."""
        return self.filter(student__in=Student.objects.visible_to(user))


class Settled(models.Model):
    """One point that is settled for one student: by whom, when, and a note that the student reads.

    `point` keeps the wording that was settled; `code` says that another wording of it is settled as well.
    """

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="readiness", editable=False)
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="+", editable=False)
    code = models.SlugField(max_length=30, editable=False)
    note = models.CharField("note", max_length=300, blank=True)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    by_name = models.CharField(max_length=210, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    round = models.ForeignKey(Round, on_delete=models.SET_NULL, null=True, related_name="settled", editable=False)

    objects = SettledQuerySet.as_manager()

    class Meta:
        ordering = ["student", "point__number"]
        constraints = [models.UniqueConstraint(fields=["student", "code"], name="readiness_settled_once")]

    def __str__(self):
        return self.sentence()

    def sentence(self) -> str:
        """'Settled by Tom Reid on 2 March 2026'."""
        return f"Settled by {self.by_name} on {long_date(self.at)}"
