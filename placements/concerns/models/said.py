"""What was said about a worry, and the facts of an accident."""

from django.db import models
from django.utils import timezone

from placements.concerns.models.concern import Concern
from portal.people.models import User


class Message(models.Model):
    """One message of the conversation, of the student or of staff. Never changed afterwards.

    `is_notice`: the portal tells of an act (who looks after it now, and why), in the name of whoever did it.
    """

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="messages", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    by_name = models.CharField(max_length=210, editable=False)
    from_student = models.BooleanField(editable=False)
    is_notice = models.BooleanField(default=False, editable=False)
    text = models.TextField(editable=False)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["concern", "from_student", "-at"], name="concern_message_newest")]

    def __str__(self):
        return f"{self.by_name} at {self.at:%Y-%m-%d %H:%M}"


class Accident(models.Model):
    """The facts of an accident or injury, as the guidance asks for them, in the words of whoever told them."""

    concern = models.OneToOneField(Concern, on_delete=models.CASCADE, related_name="accident", editable=False)
    happened_on = models.DateField("date")
    happened_at = models.TimeField("time", null=True, blank=True)
    place = models.CharField("place", max_length=200)
    what = models.TextField("what happened", max_length=4000)
    injury = models.CharField("who was hurt, and how", max_length=500, blank=True)
    told = models.CharField("who was told", max_length=300)
    first_aid = models.CharField("first aid", max_length=300, blank=True)
    first_aid_by = models.CharField("first aid given by", max_length=150, blank=True)
    witnesses = models.CharField("who saw it", max_length=300, blank=True)

    class Meta:
        ordering = ["-happened_on"]

    def __str__(self):
        return f"Accident on {self.happened_on:%-d %B %Y}"
