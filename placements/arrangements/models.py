"""Before day one: what the student prepares, what is known of the first day, and what a T Level is in two sentences."""

from datetime import date, timedelta

from django.db import models

from placements.bank_holidays import name_of
from placements.models import Placement, VisibleThroughPlacement
from portal.workflow import SomebodyWasQuicker
from students.tlevels.models import TLevel

QUESTIONS = 5


class Preparation(models.Model):
    """The student's own notes before the first day: the journey, a plan B, five questions. All may stay empty.

    The eight arrangements themselves are Ticks (placements.checklists). The line manager sees nothing of it.
    `version` grows with every write: several pages of the student may save themselves, and none gets lost.
    """

    version = models.PositiveIntegerField(default=0, editable=False)
    placement = models.OneToOneField(Placement, on_delete=models.CASCADE, related_name="preparation", editable=False)
    how = models.CharField(
        "how I get there", max_length=300, blank=True, help_text="For example: bus 14 from the church, then on foot."
    )
    leave_at = models.TimeField("I leave home at", null=True, blank=True)
    arrive_at = models.TimeField("I am there at", null=True, blank=True, help_text="Ten minutes early is about right.")
    cost = models.CharField(
        "what it costs", max_length=60, blank=True, help_text="There and back, for example £4.60 a day."
    )
    plan_b = models.CharField(
        "plan B", max_length=300, blank=True, help_text="When the bus does not come: what do I do, and whom do I ring?"
    )
    question_1 = models.CharField("question 1", max_length=300, blank=True)
    question_2 = models.CharField("question 2", max_length=300, blank=True)
    question_3 = models.CharField("question 3", max_length=300, blank=True)
    question_4 = models.CharField("question 4", max_length=300, blank=True)
    question_5 = models.CharField("question 5", max_length=300, blank=True)

    objects = VisibleThroughPlacement.as_manager()

    def __str__(self):
        return f"Preparation of {self.placement}"

    def take_turn(self, *, seen: int):
        """Take the right to write what was read at version `seen`, first in the transaction; or SomebodyWasQuicker.

        A page may count on a save of its own that is under way, and raises none in the end: so `seen` may be ahead.
        """
        rows = Preparation.objects.filter(pk=self.pk, version=min(seen, self.version))
        if not rows.update(version=models.F("version") + 1):
            raise SomebodyWasQuicker(self)
        self.version = min(seen, self.version) + 1

    @property
    def questions(self) -> list[str]:
        """Those that are written, in their order."""
        asked = [getattr(self, f"question_{number}") for number in range(1, QUESTIONS + 1)]
        return [question for question in asked if question]


class FirstDayQuerySet(VisibleThroughPlacement):
    def filled(self):
        """Those that say anything (not `is_empty`)."""
        return self.exclude(**dict.fromkeys(FirstDay.WORDS, ""))


class FirstDay(models.Model):
    """What the student must know of the first day, beyond dates, site and people. By staff or the line manager."""

    WORDS = ("ask_for", "go_to", "wear_and_bring", "phone")

    placement = models.OneToOneField(Placement, on_delete=models.CASCADE, related_name="first_day", editable=False)
    ask_for = models.CharField(
        "whom to ask for", max_length=150, blank=True, help_text="A name, and where that person is found."
    )
    go_to = models.CharField(
        "where to go on arrival",
        max_length=300,
        blank=True,
        help_text="The entrance, the desk, where to park a bicycle.",
    )
    wear_and_bring = models.CharField(
        "what to wear and bring", max_length=500, blank=True, help_text="Clothes, shoes, lunch, an identity card."
    )
    phone = models.CharField(
        "phone number for that morning", max_length=40, blank=True, help_text="Whom to ring when something goes wrong."
    )

    objects = FirstDayQuerySet.as_manager()

    def __str__(self):
        return f"First day of {self.placement}"

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, name) for name in self.WORDS)


class TLevelBrief(models.Model):
    """What a T Level is about, in two plain sentences for somebody at an employer. Shipped, edited by the operator."""

    tlevel = models.OneToOneField(TLevel, on_delete=models.CASCADE, related_name="brief", verbose_name="T Level")
    says = models.CharField("in two sentences", max_length=500)

    class Meta:
        ordering = ["tlevel"]
        verbose_name = "T Level in two sentences"
        verbose_name_plural = "T Levels in two sentences"

    def __str__(self):
        return self.says


def first_day_at_work(placement: Placement) -> tuple[date, object]:
    """The first agreed day that is no bank holiday, and its PatternDay; (first_on, None) where nothing is agreed."""
    for number in range(28):
        day = placement.first_on + timedelta(days=number)
        agreed = placement.pattern.on(day)
        if agreed and not name_of(day) and day <= placement.last_on:
            return day, agreed
    return placement.first_on, None
