"""What the student makes at the end: the reflection, the presentation, the handover, the letter of thanks."""

from django.db import models
from django.utils import timezone

from placements.ending.models.opening import ByRelation
from placements.models import Placement
from portal.files.models import StoredFile
from portal.words import long_date


class ReflectionQuerySet(ByRelation):
    def visible_to(self, user):
        """The student's own; the tutor's once it was shared. Nobody else's."""
        return self.filter(self.of_student(user) | (self.of_tutor(user) & models.Q(shared_at__isnull=False)))


class Reflection(models.Model):
    """Four prompts to look back by (the guidance). The student's alone, until they share it with the tutor."""

    PROMPTS = ("did", "learned", "proud", "differently")

    placement = models.OneToOneField(Placement, on_delete=models.CASCADE, related_name="reflection", editable=False)
    did = models.TextField("what I did", max_length=4000, blank=True)
    learned = models.TextField("what I learned", max_length=4000, blank=True)
    proud = models.TextField("what I am proud of", max_length=4000, blank=True)
    differently = models.TextField("what I would do differently", max_length=4000, blank=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    shared_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ReflectionQuerySet.as_manager()

    def __str__(self):
        return f"Reflection of {self.placement}"

    @property
    def written(self) -> int:
        """How many of the four prompts have words."""
        return sum(bool(getattr(self, name).strip()) for name in self.PROMPTS)

    @property
    def parts(self) -> list[tuple[str, str]]:
        """(label, words) of each prompt."""
        labels = [self._meta.get_field(name).verbose_name for name in self.PROMPTS]
        words = [getattr(self, name) for name in self.PROMPTS]
        return [(label[0].upper() + label[1:], said) for label, said in zip(labels, words, strict=True)]

    def sentence(self) -> str:
        if self.shared_at:
            return f"Shared with the tutor on {long_date(self.shared_at)}"
        if not self.written:
            return "Not begun yet"
        return f"A draft that only you can see, {self.written} of 4 parts written"


class Presentation(models.Model):
    """A short talk about the placement, if the student gives one: when, and the slides as a file or a link."""

    placement = models.OneToOneField(Placement, on_delete=models.CASCADE, related_name="presentation", editable=False)
    title = models.CharField("title", max_length=150)
    held_on = models.DateField("date", null=True, blank=True)
    link = models.URLField("link to it", max_length=500, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = ByRelation.as_manager()

    def __str__(self):
        return self.title

    def sentence(self) -> str:
        when = f"On {self.held_on:%-d %B %Y}" if self.held_on else "No date yet"
        return f"{when}, {'the slides are here' if self.file_id or self.link else 'no slides yet'}"


class HandoverQuerySet(ByRelation):
    to_manager = True  # it is work of theirs that is handed over

    def kept(self):
        """Those that were not removed."""
        return self.filter(removed_at=None)


class Handover(models.Model):
    """One piece of work that goes on after the last day: what, and who takes it over."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="handovers", editable=False)
    what = models.CharField("what", max_length=300)
    to_whom = models.CharField("to whom", max_length=150)
    done_at = models.DateTimeField(null=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self):
        return self.what

    def sentence(self) -> str:
        if self.done_at:
            return f"Handed over to {self.to_whom} on {timezone.localtime(self.done_at):%-d %B}"
        return f"To be handed over to {self.to_whom}"

    @property
    def tone(self) -> str:
        return "good" if self.done_at else "waiting"


class LetterQuerySet(ByRelation):
    def visible_to(self, user):
        """The student's alone."""
        return self.filter(self.of_student(user))


class Letter(models.Model):
    """The letter or mail of thanks to the line manager, as the student has worded it, and when it went."""

    placement = models.OneToOneField(Placement, on_delete=models.CASCADE, related_name="letter", editable=False)
    text = models.TextField("the letter", max_length=6000)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_on = models.DateField("sent on", null=True, editable=False)

    objects = LetterQuerySet.as_manager()

    def __str__(self):
        return f"Letter of thanks for {self.placement}"
