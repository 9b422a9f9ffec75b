"""A work taster that is being set up: what it adds up to beside the others, and what is odd about its days."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from placements.bank_holidays import bank_holidays, named
from placements.hours.courses import facts_for
from placements.hours.spells import spent_by
from placements.pattern import Pattern
from placements.timesheets.models import monday_of
from portal.words import hours, long_date
from students.models import Student
from students.tlevels.models import Approach
from students.tlevels.rules import ApproachCap, in_force_on, rules_for

LONG_PAST_WEEKS = 4


@dataclass(frozen=True)
class TasterHours:
    """What work tasters may add to a student's hours, and what a new one comes to. All in minutes.

    `taken`: what the other tasters take of the cap, written down or still to come. `agreed`: of the new one.
    """

    allowed: ApproachCap
    taken: int = 0
    agreed: int = 0

    @property
    def left(self) -> int:
        """What of the cap the others leave. Ask it only where there is a cap."""
        return max(self.allowed.cap - self.taken, 0)

    @property
    def goes_beyond(self) -> bool:
        """Whether some of its hours cannot count because of the cap."""
        return not self.allowed.why_not and self.allowed.cap is not None and self.agreed > self.left

    @property
    def tone(self) -> str:
        return "attention" if self.allowed.why_not or self.goes_beyond or not self.agreed else "good"

    def sentences(self) -> list[str]:
        """What it adds up to, as sentences."""
        if self.goes_beyond:
            return [self.beyond()]
        if not self.agreed:
            return ["0 h: on a bank holiday nothing is agreed."]
        found = [f"{hours(self.agreed)} in all, bank holidays left out."]
        if self.allowed.why_not:
            found.append(f"None of it counts: {self.allowed.why_not}.")
        elif self.allowed.cap is not None:
            found.append(f"All of it can count: {hours(self.left)} of {hours(self.allowed.cap)} are left.")
        return found

    def beyond(self) -> str:
        """How much of it cannot count, as a sentence."""
        most = f"at most {hours(self.left)}" if self.left else "nothing"
        others = f", and the others take {hours(self.taken)}" if self.taken else ""
        return (
            f"That makes {hours(self.agreed)}, of which {most} can count: "
            f"all work tasters together count up to {hours(self.allowed.cap)}{others}."
        )


def allowed_for(student: Student) -> ApproachCap:
    """What the rules of today say of work tasters."""
    return rules_for(student, in_force_on(timezone.localdate())).caps[Approach.TASTER]


def taken_by_tasters(students: Collection[int]) -> dict[int, int]:
    """What the work tasters of each student take of the cap: hours handed in or approved, and those still to come."""
    today = timezone.localdate()
    courses, spent, monday = facts_for(students, today), spent_by(students), monday_of(today)
    return {
        student: sum(course.to_come(monday) for course in courses[student] if course.is_taster)
        + sum(one.minutes for one in spent[student] if one.approach == Approach.TASTER)
        for student in students
    }


def agreed_minutes(pattern: Pattern, first_on: date, last_on: date) -> int:
    """Minutes of the pattern from first to last day, bank holidays left out."""
    return pattern.minutes_between(first_on, last_on, bank_holidays(first_on, last_on))


def why_closed(pattern: Pattern, first_on: date, last_on: date) -> str:
    """Why nothing of the pattern can be agreed, where all of its days are bank holidays, as sentences; else ''."""
    if agreed_minutes(pattern, first_on, last_on):
        return ""
    free = [day for day in sorted(bank_holidays(first_on, last_on)) if pattern.on(day)]
    return f"{named(free)}: nothing is agreed on a bank holiday. Choose another day." if free else ""


def long_past(first_on: date) -> str:
    """How long ago a first day was, as a sentence, where that may be a slip of the year or month; else ''."""
    weeks, days = divmod((timezone.localdate() - first_on).days, 7)
    is_long = (weeks, days) > (LONG_PAST_WEEKS, 0)
    return f"{long_date(first_on)} was {weeks} weeks ago." if is_long else ""
