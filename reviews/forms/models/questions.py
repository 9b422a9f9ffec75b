"""What a review form asks beyond behaviours and goals: questions as data, in versions, a provider's own among them."""

from django.db import models, transaction
from django.utils import timezone

from portal.people.models import Provider, Role
from portal.workflow import SomebodyWasQuicker


class Occasion(models.TextChoices):
    MIDWAY = "midway", "Midway"
    FINAL = "final", "Final"


class Scale(models.TextChoices):
    """How a manager rates a behaviour. The first five are points, the last is none."""

    ONE = "1", "Needs a lot of help"
    TWO = "2", "Needs some help"
    THREE = "3", "As we expect"
    FOUR = "4", "Better than we expect"
    FIVE = "5", "A model for others"
    UNSEEN = "unseen", "Not seen yet"


class Progress(models.TextChoices):
    """How far somebody has come with a learning goal."""

    NOT_STARTED = "not_started", "Not started"
    TOWARDS = "towards", "Working towards it"
    MET = "met", "Met"
    EXCEEDED = "exceeded", "Exceeded"


class Part(models.TextChoices):
    BEHAVIOUR = "behaviour", "Behaviour"
    GOAL = "goal", "Learning goal"
    QUESTION = "question", "Question"


class QuestionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Coordinators see the questions of their own provider."""
        return self.filter(provider__in=user.providers_as(Role.COORDINATOR))

    def current(self):
        return self.filter(retired_at=None)

    def asked_by(self, provider, occasion: str) -> list["Question"]:
        """What a provider asks on an occasion: the shipped ones, in its own words where it has some, and its own."""
        rows = self.current().filter(models.Q(provider=None) | models.Q(provider=provider))
        found = {}
        for question in rows.order_by(models.F("provider").asc(nulls_first=True), "number", "pk"):
            found[question.code] = question
        asked = [question for question in found.values() if question.occasion in ("", occasion)]
        return sorted(asked, key=lambda one: (Question.Screen.values.index(one.screen), one.number, one.pk))


class Question(models.Model):
    """One question in one wording. Rows without a provider ship with the portal.

    A row never changes its words: another wording is a new row with the same `code` and the next `version`. A
    provider's row with the code of a shipped one stands in for it. `options` are pairs of a short name and words, for
    questions that are answered by choosing; without any, the answer is words. `occasion` '' means every time.
    """

    class Screen(models.TextChoices):
        WORDS = "words", "In your words"
        OWN = "own", "Asked by the college"
        ENDING = "ending", "Looking ahead"

    provider = models.ForeignKey(
        Provider, on_delete=models.CASCADE, null=True, related_name="review_questions", editable=False
    )
    code = models.SlugField("short name", max_length=40, editable=False)
    version = models.PositiveSmallIntegerField("version", default=1, editable=False)
    occasion = models.CharField(
        "asked", max_length=6, blank=True, choices=[("", "Midway and at the end"), ("midway", "Only midway"),
                                                     ("final", "Only at the end")],
    )  # fmt: skip
    screen = models.CharField("screen", max_length=6, choices=Screen, default=Screen.OWN, editable=False)
    number = models.PositiveSmallIntegerField("place", default=1, editable=False)
    wording = models.CharField("question", max_length=300)
    hint = models.CharField("hint", max_length=300, blank=True)
    options = models.JSONField("answers to choose from", default=list, blank=True)
    is_required = models.BooleanField("an answer is needed", default=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    retired_at = models.DateTimeField("retired", null=True, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["screen", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "code"], condition=models.Q(retired_at=None), name="review_question_once_current"
            ),
            models.UniqueConstraint(fields=["provider", "code", "version"], name="review_question_version_once"),
        ]

    def __str__(self):
        return self.wording

    @property
    def sentence(self) -> str:
        """When and how it is asked."""
        answer = ", ".join(label for _, label in self.options) if self.options else "in words"
        needed = "an answer is needed" if self.is_required else "may be left open"
        return f"{self.get_occasion_display()}; answered {answer}; {needed}"


@transaction.atomic
def reword(question: Question, **fields) -> Question:
    """Ask a provider's question differently from now on: the old row is retired, a new version stands in its place."""
    retire(question)
    last = Question.objects.filter(provider=question.provider, code=question.code).order_by("-version").first()
    kept = {name: getattr(question, name) for name in ("provider", "code", "screen", "number", "options")}
    return Question.objects.create(**(kept | fields), version=last.version + 1)


@transaction.atomic
def say_it_otherwise(shipped: Question, provider: Provider, **fields) -> Question:
    """A provider's own words for a shipped question; what can be answered stays the same."""
    own = Question.objects.filter(provider=provider, code=shipped.code).order_by("-version").first()
    if own and own.retired_at is None:
        retire(own)
    kept = {name: getattr(shipped, name) for name in ("code", "screen", "number", "options", "occasion", "is_required")}
    return Question.objects.create(**(kept | fields), provider=provider, version=own.version + 1 if own else 1)


def retire(question: Question):
    """Ask a question no more. Answers keep it. Raises SomebodyWasQuicker."""
    if not Question.objects.filter(pk=question.pk, retired_at=None).update(retired_at=timezone.now()):
        raise SomebodyWasQuicker(question)
