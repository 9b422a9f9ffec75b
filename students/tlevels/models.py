"""Reference data: T Levels with their specialisms, and the rule sets by which hours may be made up.

All of it is data with a version, shipped by a migration and editable by the operator (docs/rules.md).
"""

from datetime import date
from fractions import Fraction

from django.core.validators import MinValueValidator
from django.db import models


class TLevel(models.Model):
    """A T Level. How many hours it asks for, a rule set says."""

    route = models.CharField("route", max_length=100)
    title = models.CharField("title", max_length=150, unique=True)
    core_code = models.CharField("core code", max_length=8, unique=True)
    is_closed = models.BooleanField("closed to new students", default=False)

    class Meta:
        ordering = ["route", "title"]
        verbose_name = "T Level"

    def __str__(self):
        return self.title


class SpecialismQuerySet(models.QuerySet):
    def changing_hours(self):
        """Those that ask for other hours than their T Level does, in any rule set: whoever takes it has to say which
        is theirs.
        """
        own = RequiredHours.objects.filter(specialism=models.OuterRef("pk"))
        of_tlevel = models.Q(tlevel=models.OuterRef("specialism__tlevel")) | models.Q(tlevel=None)
        usual = RequiredHours.objects.filter(of_tlevel, rule_set=models.OuterRef("rule_set"), specialism=None)
        usual = usual.order_by(models.F("tlevel").asc(nulls_last=True)).values("hours")[:1]
        return self.filter(models.Exists(own.exclude(hours=models.Subquery(usual))))


class Specialism(models.Model):
    """An occupational specialism of a T Level, kept where it changes a rule."""

    tlevel = models.ForeignKey(TLevel, on_delete=models.CASCADE, related_name="specialisms", verbose_name="T Level")
    title = models.CharField("title", max_length=150)

    objects = SpecialismQuerySet.as_manager()

    class Meta:
        ordering = ["tlevel", "title"]
        constraints = [models.UniqueConstraint(fields=["tlevel", "title"], name="specialism_once")]

    def __str__(self):
        return self.title


class Approach(models.TextChoices):
    """How an hour was made up."""

    IN_PERSON = "in_person", "In person"
    TASTER = "taster", "Work taster"
    REMOTE = "remote", "Remote"
    SKILLS_HUB = "skills_hub", "Skills hub or employer training centre"
    SMALL_TEAM = "small_team", "Small-team project"
    PAID_JOB = "paid_job", "Relevant part-time job"
    ON_SITE = "on_site", "On-site facilities"


class RuleSet(models.Model):
    """How hours may be made up, for placements that start in an academic year or later, until the next rule set."""

    name = models.CharField("academic year", max_length=20, unique=True, help_text="For example 2025/26.")
    starts_on = models.DateField("in force from", unique=True)
    source = models.CharField("source", max_length=250)
    max_employers = models.PositiveSmallIntegerField("employers at most", default=2)

    class Meta:
        ordering = ["starts_on"]

    def __str__(self):
        return f"Rules for {self.name}"


class RequiredHours(models.Model):
    """How many hours are required. The most telling row wins: one for the specialism, for the T Level, for every one.

    A rule set without any such row keeps those of the one before it.
    """

    rule_set = models.ForeignKey(RuleSet, on_delete=models.CASCADE, related_name="required_hours")
    tlevel = models.ForeignKey(
        TLevel, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name="only for this T Level"
    )
    specialism = models.ForeignKey(
        Specialism,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="only for this specialism",
    )
    hours = models.PositiveSmallIntegerField("required hours")
    in_person_only = models.BooleanField("all hours in person with an employer", default=False)

    class Meta:
        ordering = ["rule_set", "pk"]
        verbose_name = verbose_name_plural = "required hours"
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "tlevel"], name="required_hours_once_for_tlevel"),
            models.UniqueConstraint(fields=["rule_set", "specialism"], name="required_hours_once_for_specialism"),
            models.UniqueConstraint(
                fields=["rule_set"],
                condition=models.Q(tlevel=None, specialism=None),
                name="required_hours_once_for_every",
            ),
            models.CheckConstraint(
                condition=models.Q(tlevel=None) | models.Q(specialism=None),
                name="required_hours_for_one",
                violation_error_message="Choose the T Level or the specialism, not both.",
            ),
            models.CheckConstraint(condition=models.Q(hours__gt=0), name="required_hours_some"),
        ]

    def __str__(self):
        return f"{self.hours} hours ({self.specialism or self.tlevel or 'every T Level'})"

    @property
    def minutes(self) -> int:
        return 60 * self.hours


class ApproachRule(models.Model):
    """The cap of one approach. The most telling row wins: one for the route before one for every route.

    The cap is `cap_hours`, or the share `cap_numerator`/`cap_denominator` of the required hours; neither means no cap.
    """

    rule_set = models.ForeignKey(RuleSet, on_delete=models.CASCADE, related_name="approach_rules")
    approach = models.CharField("approach", max_length=12, choices=Approach)
    route = models.CharField("only on this route", max_length=100, blank=True)
    cap_hours = models.PositiveSmallIntegerField("cap in hours", null=True, blank=True)
    cap_numerator = models.PositiveSmallIntegerField("share of the required hours", null=True, blank=True)
    cap_denominator = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1)])
    not_with = models.CharField("not together with", max_length=12, choices=Approach, blank=True)
    only_with_send = models.BooleanField("only for students with SEND", default=False)
    any_number_of_employers = models.BooleanField("several employers allowed", default=False)
    note = models.CharField(
        "what it means",
        max_length=200,
        blank=True,
        help_text="A sentence that students and line managers read. It is said once, in the row for every route.",
    )

    class Meta:
        ordering = ["rule_set", "approach", "route"]
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "approach", "route"], name="approach_rule_once"),
            models.CheckConstraint(
                condition=models.Q(cap_hours=None) | models.Q(cap_numerator=None), name="approach_rule_one_cap"
            ),
        ]

    def __str__(self):
        return f"{self.get_approach_display()} ({self.route or 'every route'})"

    def cap_minutes(self, required_minutes: int) -> int | None:
        """The cap in whole minutes (a share is rounded down to the minute), or None where there is none."""
        if self.cap_hours is not None:
            return self.cap_hours * 60
        if self.cap_numerator is not None:
            return int(required_minutes * Fraction(self.cap_numerator, self.cap_denominator))
        return None


class WorkingTimeRule(models.Model):
    """Limits on working time for an age band (docs/rules.md; Working Time Regulations 1998). Minutes throughout.

    A limit that does not exist is None. `age_to` is exclusive.
    """

    rule_set = models.ForeignKey(RuleSet, on_delete=models.CASCADE, related_name="working_time_rules")
    age_from = models.PositiveSmallIntegerField("from age", default=0)
    age_to = models.PositiveSmallIntegerField("under age", default=200)
    day_minutes = models.PositiveSmallIntegerField("most in a day", null=True, blank=True)
    week_minutes = models.PositiveSmallIntegerField("most in a week", null=True, blank=True)
    week_average_over = models.PositiveSmallIntegerField("averaged over weeks", default=1)
    break_after_minutes = models.PositiveSmallIntegerField("break needed after more than")
    break_minutes = models.PositiveSmallIntegerField("length of the break")
    daily_rest_minutes = models.PositiveSmallIntegerField("rest between days")
    weekly_rest_minutes = models.PositiveSmallIntegerField("rest in a week")
    night_starts = models.TimeField("no work from", null=True, blank=True)
    night_ends = models.TimeField("no work until", null=True, blank=True)

    class Meta:
        ordering = ["rule_set", "age_from"]

    def __str__(self):
        return f"Working time, ages {self.age_from} to under {self.age_to}"


def academic_year(day: date) -> str:
    """The academic year (1 September to 31 August) of a day, written 2025/26."""
    first = day.year if day.month >= 9 else day.year - 1
    return f"{first}/{(first + 1) % 100:02d}"
