"""What belongs to a meeting: dates offered, the student's preparation, words to goals, actions, confirmations."""

import uuid

from django.db import models
from django.utils import timezone

from portal.people.models import User
from portal.words import long_date
from reviews.forms.models import Progress
from reviews.meetings.models.meeting import Meeting


class Party(models.TextChoices):
    STUDENT = "student", "Student"
    TUTOR = "tutor", "Tutor"
    MANAGER = "manager", "Line manager"


class ThroughMeeting(models.QuerySet):
    def visible_to(self, user):
        """Visible if and only if the meeting is."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user))


class OfferedDate(models.Model):
    """A date that the line manager can choose."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="offers", editable=False)
    starts_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["starts_at"]
        constraints = [models.UniqueConstraint(fields=["meeting", "starts_at"], name="offered_date_once")]

    def __str__(self):
        return f"{timezone.localtime(self.starts_at):%A %-d %B %Y at %H:%M}"


class Preparation(models.Model):
    """What the student thought of beforehand. The student's alone until `shared_at`."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="preparation", editable=False)
    went_well = models.TextField("What went well?", max_length=2000, blank=True)
    hard = models.TextField("What was hard?", max_length=2000, blank=True)
    talk_about = models.TextField("What do you want to talk about?", max_length=2000, blank=True)
    shared_at = models.DateTimeField(null=True, editable=False)

    def __str__(self):
        return f"Preparation for {self.meeting}"


class GoalWord(models.Model):
    """How far a goal is, in the wording that it had: by the student beforehand, or together at the table."""

    class Side(models.TextChoices):
        STUDENT = "student", "The student"
        TOGETHER = "together", "Together"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="goal_words", editable=False)
    side = models.CharField(max_length=8, choices=Side, editable=False)
    goal = models.ForeignKey("goals.LearningGoal", on_delete=models.PROTECT, related_name="+", editable=False)
    number = models.PositiveSmallIntegerField(editable=False)
    wording = models.CharField(max_length=400, editable=False)
    progress = models.CharField(max_length=11, choices=Progress, blank=True)
    words = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["number", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "side", "goal"], name="goal_word_once")]

    def __str__(self):
        return f"{self.wording}: {self.get_progress_display()}"


class Action(models.Model):
    """Something that somebody will do by a day. `key` tells a row that was sent twice."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="actions", editable=False)
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    what = models.CharField("what", max_length=300)
    owner = models.CharField("who", max_length=7, choices=Party, default=Party.STUDENT)
    due_on = models.DateField("by when", null=True, blank=True)
    done_at = models.DateTimeField(null=True, editable=False)
    done_name = models.CharField(max_length=210, blank=True, editable=False)

    objects = ThroughMeeting.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "key"], name="meeting_action_once")]

    def __str__(self):
        return self.what

    def is_late(self) -> bool:
        return self.done_at is None and self.due_on is not None and self.due_on < timezone.localdate()

    def sentence(self) -> str:
        """How it stands."""
        if self.done_at:
            return f"Done, says {self.done_name}"
        if self.due_on is None:
            return "Open"
        return f"{'Was due' if self.is_late() else 'By'} {self.due_on:%-d %B %Y}"

    @property
    def tone(self) -> str:
        return "good" if self.done_at else "attention" if self.is_late() else "waiting"


class Confirmation(models.Model):
    """Whether somebody agrees with the notes of a round; a disagreement stands beside them and changes nothing.

    `recorded_by`: the tutor wrote down what was said at the table.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="confirmations", editable=False)
    round = models.PositiveSmallIntegerField(editable=False)
    party = models.CharField("who", max_length=7, choices=Party, editable=False)
    agrees = models.BooleanField("agrees", editable=False)
    words = models.TextField("what you see differently", max_length=2000, blank=True, editable=False)
    name = models.CharField(max_length=210, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "round", "party"], name="confirmed_once"),
            models.CheckConstraint(
                condition=models.Q(agrees=True) | ~models.Q(words=""), name="disagreement_has_words"
            ),
        ]

    def __str__(self):
        return self.sentence()

    def sentence(self) -> str:
        """'Amira Khan agrees, 3 March 2026'."""
        says = "agrees" if self.agrees else "does not agree with all of it"
        how = f", recorded by {self.recorded_by}" if self.recorded_by_id else ""
        return f"{self.name} {says}, {long_date(self.at)}{how}"

    @property
    def tone(self) -> str:
        return "good" if self.agrees else "attention"
