"""Conversations with employers: who spoke with whom, about what, and what comes next."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from employers.models import Employer, VisibleThroughEmployer
from portal.people.models import User
from portal.words import full_stop, long_date


class Way(models.TextChoices):
    PHONE = "phone", "On the phone"
    VISIT = "visit", "A visit"
    MAIL = "mail", "By e-mail"
    VIDEO = "video", "A video call"
    OTHER = "other", "Otherwise"


class ConversationQuerySet(VisibleThroughEmployer):
    def with_next_step(self):
        """Those with something to be done that is not done."""
        return self.filter(next_on__isnull=False, done_at=None)


class Conversation(models.Model):
    """One conversation of the provider with an employer, and the next step that was agreed. Employers do not see it."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="conversations", editable=False)
    spoken_on = models.DateField("when")
    way = models.CharField("how", max_length=5, choices=Way, default=Way.PHONE)
    with_whom = models.CharField("with whom", max_length=200)
    about = models.TextField("what about", max_length=4000)
    next_step = models.CharField("next step", max_length=300, blank=True)
    next_on = models.DateField("by when", null=True, blank=True)
    done_at = models.DateTimeField(null=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering = ["-spoken_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_on=None, next_step="") | (Q(next_on__isnull=False) & ~Q(next_step="")),
                name="conversation_next_step_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(next_on__isnull=False), name="conversation_done_is_a_next_step"
            ),
        ]
        indexes = [
            models.Index(fields=["next_on"], condition=Q(done_at=None, next_on__isnull=False), name="conversation_due")
        ]

    def __str__(self):
        return f"the conversation with {self.with_whom} on {self.spoken_on:%-d %B %Y}"

    @property
    def is_due(self) -> bool:
        """Whether the day of the next step has come, and it is not done."""
        return self.next_on is not None and self.done_at is None and self.next_on <= timezone.localdate()

    def next_sentence(self) -> str:
        """The next step with how it stands; '' where none was agreed."""
        if self.next_on is None:
            return ""
        if self.done_at:
            return f"{full_stop(self.next_step)} Done on {long_date(self.done_at)}"
        return f"{self.next_step}, by {self.next_on:%-d %B %Y}"

    @property
    def tone(self) -> str:
        return "good" if self.done_at else "attention" if self.is_due else "waiting"
