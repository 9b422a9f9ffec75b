"""What dates and times add up to, against the hours that the T Level requires: said while they are being chosen."""

from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from django.utils import timezone

from placements.bank_holidays import bank_holidays
from placements.dates import beyond_the_course
from placements.hours.courses import Course, facts_for
from placements.hours.spells import required_from
from placements.models import Placement
from placements.pattern import Pattern
from placements.setup.tasters import TasterDays, TasterHours, comes_to
from placements.several import without_tasters
from placements.timesheets.models import monday_of
from portal.words import hours
from students.models import Student

USUAL_DAY = 7 * 60


@dataclass(frozen=True)
class Reckoning:
    """All in minutes. `agreed`: of this placement from first to last day without bank holidays, or None.

    `to_come`: the part of it that can still become hours, as projections see it (`Course.to_come`); `overdue`: the part
    of that in weeks that are not handed in. `elsewhere`: to come in other placements. `away`: agreed on days away that
    were told in advance, in all of them, and left out. `done`: approved or waiting already, with all employers.
    `beyond`: what is unusual about the last day, as a sentence.
    """

    weeks: int
    agreed: int | None
    to_come: int
    overdue: int
    done: int
    elsewhere: int
    away: int
    required: int
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
        """What counts already, or is to come elsewhere; '' where that is nothing."""
        parts = [f"{hours(self.done)} are approved or wait"] if self.done else []
        parts += [f"{hours(self.elsewhere)} are still to come in another placement"] if self.elsewhere else []
        return f"{' and '.join(parts)}; they carry over." if parts else ""

    def sentences(self) -> list[str]:
        """What it adds up to, as sentences."""
        span = "1 week" if self.weeks == 1 else f"{self.weeks} weeks"
        if self.agreed is None:
            found = [f"That is {span}.", self.carried(), self.needed()]
        else:
            found = [f"{hours(self.agreed)} in {span}, bank holidays left out.", self.rest(), self.carried()]
            found += [self.left_out(), self.verdict()]
        return [sentence for sentence in (*found, self.beyond) if sentence]

    def rest(self) -> str:
        """What of it is still to come; '' where that is all."""
        if self.agreed == self.to_come:
            return ""
        overdue = f", {hours(self.overdue)} of them in weeks that are not handed in yet" if self.overdue else ""
        return f"Of that, {hours(self.to_come)} are still to come{overdue}."

    def left_out(self) -> str:
        return f"{hours(self.away)} of days away that were told in advance are left out." if self.away else ""

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


def adds_up(
    student: Student, first_on: date, last_on: date, pattern: Pattern | None, *, placement: Placement | None = None
) -> Reckoning | TasterHours | None:
    """What a placement adds up to (see `reckon`), or a stored work taster; nothing is said of one without a pattern."""
    if not placement or not placement.is_taster:
        return reckon(student, first_on, last_on, pattern, placement=placement)
    return comes_to(student, TasterDays(pattern, first_on, last_on), instead_of=placement) if pattern else None


def reckon(
    student: Student, first_on: date, last_on: date, pattern: Pattern | None, *, placement: Placement | None = None
) -> Reckoning:
    """What a placement of `student` from `first_on` to `last_on` adds up to; `placement` is the one that it changes.

    Of work tasters nothing is expected: they neither reach the required hours nor are they added here.
    """
    today = timezone.localdate()
    monday, own = monday_of(today), placement.pk if placement else None
    courses = facts_for([student.pk], today)[student.pk]
    others = [course for course in without_tasters(courses) if course.placement_id != own]
    stored = next((course for course in courses if course.placement_id == own), None)
    begun = min([first_on, *(other.first_on for other in others)])
    planned = stored or Course(first_on, last_on, Placement.Status.PLANNED, Pattern([]))
    course = replace(planned, first_on=first_on, last_on=last_on, pattern=pattern or Pattern([]))
    return Reckoning(
        weeks=ceil(((last_on - first_on).days + 1) / 7),
        agreed=pattern.minutes_between(first_on, last_on, bank_holidays(first_on, last_on)) if pattern else None,
        to_come=course.to_come(monday),
        overdue=course.overdue(monday),
        done=student.hours.counted + student.hours.waiting,
        elsewhere=sum(other.to_come(monday) for other in others),
        away=sum(replace(each, away=frozenset()).to_come(monday) - each.to_come(monday) for each in (course, *others)),
        required=student.hours.required if begun == student.hours.begun_on else required_from(student, begun),
        beyond=beyond_the_course(student, last_on),
    )
