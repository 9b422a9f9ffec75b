"""What belongs to an entry: goals, files, comments, earlier wordings, and the private reflection."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from placements.goals.models import LearningGoal
from placements.logbook.models.entry import Entry, Said
from placements.models import VisibleThroughPlacement
from portal.files.models import StoredFile
from portal.people.models import User

CORRECT_MINUTES = 10
FILES_AT_MOST = 5


class EntryGoal(models.Model):
    """A learning goal that an entry serves. `goal` is a wording, the one that held when it was chosen."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="goals", editable=False)
    goal = models.ForeignKey(LearningGoal, on_delete=models.SET_NULL, null=True, related_name="served", editable=False)
    wording = models.CharField(max_length=400, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["entry", "goal"], name="entry_goal_once")]

    def __str__(self):
        return self.wording


class ThroughEntry(models.QuerySet):
    """Visible if and only if its entry is."""

    def visible_to(self, user):
        return self.filter(entry__in=Entry.objects.visible_to(user))


class EntryFile(models.Model):
    """One of up to FILES_AT_MOST files of an entry. A page behind a link sets `address`, a PDF sets `drawn`."""

    address = drawn = ""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="files", editable=False)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = ThroughEntry.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.file.name


class Comment(models.Model):
    """What manager or tutor wrote about an entry, or the student's answer. Its author may correct it for a while."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="comments", editable=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)
    words = models.TextField("comment", max_length=2000)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)

    objects = ThroughEntry.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self):
        return f"Comment by {self.by}"

    def is_open_to(self, user) -> bool:
        """Whether `user` wrote it, less than CORRECT_MINUTES ago."""
        return self.by_id == user.pk and self.made_at > timezone.now() - timedelta(minutes=CORRECT_MINUTES)


class WordingQuerySet(VisibleThroughPlacement):
    placement = "entry__placement__"

    def visible_to(self, user):
        """Student, tutor and coordinators read earlier wordings; a manager only the one that is shared now."""
        visible = super().visible_to(user).filter(entry__in=Entry.objects.visible_to(user))
        return visible.exclude(entry__placement__manager=user)


class Wording(Said, models.Model):
    """What an entry said while others could read it: a row for each wording that was shared. Never changed."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="wordings", editable=False)
    said_at = models.DateTimeField(default=timezone.now, editable=False)
    day = models.DateField(editable=False)
    did = models.TextField(editable=False)
    learned = models.TextField(editable=False)
    skills = models.CharField(max_length=300, editable=False)

    objects = WordingQuerySet.as_manager()

    class Meta:
        ordering = ["-said_at", "-pk"]

    def __str__(self):
        return f"Wording of {self.said_at:%-d %B %Y}"


class ReflectionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The student's own, and nobody else's: no tutor, no manager, no coordinator."""
        return self.filter(entry__placement__student__user=user)


class Reflection(models.Model):
    """What a student wrote about an entry for themselves alone.

    It stands in a table of its own, and no way leads to it from an entry (related_name '+'): no page, PDF, filter or
    search that starts from entries can reach it. Read by `Reflection.objects.visible_to(user)` only.
    """

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="+", editable=False)
    words = models.TextField("just for me", max_length=5000)

    objects = ReflectionQuerySet.as_manager()

    def __str__(self):
        return "A private reflection"
