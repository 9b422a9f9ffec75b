"""What dates and times add up to, against the hours that the T Level requires: said while they are being chosen."""

from dataclasses import dataclass
from datetime import date
from math import ceil

from django.utils import timezone

from placements.bank_holidays import bank_holidays
from placements.dates import beyond_the_course
from placements.models import Placement
from placements.pattern import Pattern
from portal.words import hours
from students.models import Student

USUAL_DAY = 7 * 60


@dataclass(frozen=True)
class Reckoning:
    """All in minutes. `agreed`: of this placement from first to last day without bank holidays, or None.

    `to_come`: the part of it that lies ahead. `done`: approved or waiting already, with all employers. `elsewhere`:
    agreed with other employers from today on. `beyond`: what is unusual about the last day, as a sentence.
    """

    weeks: int
    agreed: int | None
    to_come: int
    done: int
    elsewhere: int
    required: int
    first_name: str
    beyond: str = ""

    @property
    def expected(self) -> int:
        return self.done + self.elsewhere + self.to_come

    @property
    def short_by(self) -> int:
        return max(self.required - self.expected, 0)

    @property
    def tone(self) -> str:
        if self.beyond or (self.agreed is not None and self.short_by):
            return "attention"
        return "calm" if self.agreed is None else "good"

    def carried(self) -> str:
        """What counts already, or is agreed elsewhere; '' where that is nothing."""
        parts = [f"{hours(self.done)} are approved or wait"] if self.done else []
        parts += [f"{hours(self.elsewhere)} are still agreed with another employer"] if self.elsewhere else []
        return f"{' and '.join(parts)}; they carry over." if parts else ""

    def sentences(self) -> list[str]:
        """What it adds up to, as sentences."""
        span = "1 week" if self.weeks == 1 else f"{self.weeks} weeks"
        if self.agreed is None:
            found = [f"That is {span}.", self.carried(), self.needed()]
        else:
            found = [f"{hours(self.agreed)} in {span}, bank holidays left out.", self.carried(), self.verdict()]
        return [sentence for sentence in (*found, self.beyond) if sentence]

    def needed(self) -> str:
        """Without a pattern: how many hours a week would do."""
        missing = self.required - self.done - self.elsewhere
        if missing <= 0:
            return f"The required {hours(self.required)} are reached without this placement."
        week = ceil(missing / self.weeks / 30) * 30
        days = ceil(week / USUAL_DAY)
        said = f"{'1 day' if days == 1 else f'{days} days'} of 7 h" if days < 8 else "more than a week has"
        return f"To reach the required {hours(self.required)}, about {hours(week)} a week are needed: {said}."

    def verdict(self) -> str:
        """With a pattern: whether it is enough."""
        if self.short_by:
            return (
                f"That ends {hours(self.short_by)} short of the required {hours(self.required)}: "
                "more days, longer days or a later last day would help."
            )
        spare = self.expected - self.required
        return f"The required {hours(self.required)} are reached, with {hours(spare)} to spare for days missed."


def reckon(
    student: Student, first_on: date, last_on: date, pattern: Pattern | None, *, placement: Placement | None = None
) -> Reckoning:
    """What a placement of `student` from `first_on` to `last_on` adds up to; `placement` is the one that it changes."""
    today = timezone.localdate()
    holidays = bank_holidays(min(first_on, today), last_on)
    started = placement is not None and placement.status != Placement.Status.PLANNED
    ahead = max(first_on, today) if started else first_on
    others = student.placements.exclude(pk=placement.pk if placement else None).exclude(status=Placement.Status.ENDED)
    return Reckoning(
        weeks=ceil(((last_on - first_on).days + 1) / 7),
        agreed=pattern.minutes_between(first_on, last_on, without=holidays) if pattern else None,
        to_come=pattern.minutes_between(ahead, last_on, without=holidays) if pattern and ahead <= last_on else 0,
        done=student.hours.counted + student.hours.waiting,
        elsewhere=sum(to_come(other, today) for other in others.prefetch_related("pattern_days")),
        required=student.required_minutes,
        first_name=student.user.first_name,
        beyond=beyond_the_course(student, last_on),
    )


def to_come(placement: Placement, today: date) -> int:
    """Minutes agreed from today (or the first day) on."""
    return placement.agreed_minutes(today, placement.last_on)


@dataclass(frozen=True)
class Dated:
    """A weekday of a pattern that is only thought of, as Pattern reads it."""

    valid_from: date
    weekday: int
    minutes: int


def with_version(pattern: Pattern, valid_from: date, days: list, *, replaces: date | None) -> Pattern:
    """The pattern as it would be with `days` (of a form, or stored) from `valid_from` on. Asks no database."""
    versions = {start: list(rows.values()) for start, rows in pattern.versions if start != replaces}
    versions[valid_from] = days
    rows = [Dated(start, day.weekday, day.minutes) for start in sorted(versions) for day in versions[start]]
    return Pattern(rows)
