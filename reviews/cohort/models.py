"""What a cohort's page shows, added up beforehand: it must not take longer for a hundred thousand students.

Written by `reviews.cohort.counting` and `reviews.cohort.quality` only, from the standings (reviews.risk.models).
"""

from django.db import models

from employers.models import Employer
from portal.people.models import Provider

ALL, NOBODY = 0, -1
CURRENT = ""


class Cell(models.Model):
    """Students of one year of entry (CURRENT: all who are on their course), of one T Level or one tutor or all of them.

    `tlevel` and `tutor` are primary keys, or ALL; `tutor` NOBODY: those without one. Only these are kept by T Level.
    `counts`: {"active|2": {"37": 5}}, by phase and level how many have reached so many percent of their hours.
    `matters`: {"active|2": [3, 0, 1, 2]}, how many have a week missing, one that came back, no agreed goals, reviews
    overdue. `at_risk`: how many are at risk or cannot reach the hours.
    """

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="+")
    entry_year = models.CharField(max_length=7)
    tlevel = models.PositiveIntegerField(default=ALL)
    tutor = models.IntegerField(default=ALL)
    students = models.PositiveIntegerField()
    at_risk = models.PositiveIntegerField()
    counts = models.JSONField()
    matters = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "entry_year", "tlevel", "tutor"], name="cohort_cell_once"),
            models.CheckConstraint(
                condition=models.Q(tlevel=ALL) | models.Q(tutor__lte=ALL), name="cohort_cell_of_one_kind"
            ),
        ]
        indexes = [
            models.Index(
                fields=["provider", "entry_year", "-at_risk", "-students", "tutor"],
                condition=~models.Q(tutor=ALL),
                name="cohort_cell_worst_first",
            )
        ]

    def __str__(self):
        return f"{self.students} students"


class Week(models.Model):
    """How the students of a year of entry stood in one week of their course: for comparing years.

    `tlevel`: its primary key, or ALL. `placed`: how many had begun a placement by then (over or not), `complete`:
    had all their hours. `least` to `most`: the five figures of the spread of progress, in whole percent. `is_later`:
    worked out afterwards from the approved weeks (`manage.py rebuild_cohort --past`), not taken down at the time.
    """

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="+")
    entry_year = models.CharField(max_length=7)
    tlevel = models.PositiveIntegerField(default=ALL)
    monday = models.DateField()
    students = models.PositiveIntegerField()
    placed = models.PositiveIntegerField()
    complete = models.PositiveIntegerField()
    least = models.PositiveSmallIntegerField()
    lower = models.PositiveSmallIntegerField()
    middle = models.PositiveSmallIntegerField()
    upper = models.PositiveSmallIntegerField()
    most = models.PositiveSmallIntegerField()
    is_later = models.BooleanField(default=False)

    class Meta:
        ordering = ["entry_year", "monday"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "tlevel", "entry_year", "monday"], name="cohort_week_once")
        ]

    def __str__(self):
        return f"{self.entry_year}, week of {self.monday:%-d %B %Y}"


class Counted(models.Model):
    """When a provider's figures were added up last, and those of its employers (`quality_on`)."""

    provider = models.OneToOneField(Provider, on_delete=models.CASCADE, primary_key=True, related_name="+")
    at = models.DateTimeField()
    students = models.PositiveIntegerField()
    quality_on = models.DateField(null=True)

    def __str__(self):
        return f"{self.students} students"


class Quality(models.Model):
    """What students say of an employer, and what its line managers say of behaviour, added up.

    `feedback` students answered, `recommend` of them would recommend it, `perhaps` might. Of `answers` to the
    statements `agree` agreed. `forms` review forms came in, with `points` (1 to 5) for `seen` statements on behaviour.
    Below five (placements.ending.summary.LEAST) a figure is never shown.
    """

    employer = models.OneToOneField(Employer, on_delete=models.CASCADE, primary_key=True, related_name="+")
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="+")
    feedback = models.PositiveIntegerField(default=0)
    recommend = models.PositiveIntegerField(default=0)
    perhaps = models.PositiveIntegerField(default=0)
    agree = models.PositiveIntegerField(default=0)
    answers = models.PositiveIntegerField(default=0)
    agree_percent = models.PositiveSmallIntegerField(null=True)
    forms = models.PositiveIntegerField(default=0)
    points = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["provider", "agree_percent", "employer"], name="quality_worst_first")]

    def __str__(self):
        return f"What is said of {self.employer}"
