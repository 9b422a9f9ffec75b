"""A work taster that is set up or changed: what it adds up to beside the others, and what is odd about its days."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.utils import timezone

from placements.bank_holidays import bank_holidays, named
from placements.hours.courses import facts_for
from placements.hours.spells import spent_by
from placements.models import PatternDay, Placement
from placements.pattern import Pattern
from placements.timesheets.models import Timesheet, monday_of
from portal.form_asking import AskingForm
from portal.words import hours, long_date
from students.models import Student
from students.tlevels.models import Approach
from students.tlevels.rules import ApproachCap, in_force_on, rules_for

LONG_PAST_WEEKS = 4


@dataclass(frozen=True)
class TasterHours:
    """What work tasters may add to a student's hours, and what one of them comes to. All in minutes.

    `taken`: what the other tasters take of the cap, written down or still to come. `agreed`: of the one in hand.
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
        if not self.agreed:
            return ["0 h: nothing is agreed on a bank holiday, or on a day without times."]
        total = f"{hours(self.agreed)} in all, bank holidays left out."
        return [says for says in ("" if self.goes_beyond else total, self.counts()) if says]

    def counts(self) -> str:
        """How much of it can count, as a sentence; '' where everything does, whatever it comes to."""
        if self.allowed.why_not:
            return f"None of it counts: {self.allowed.why_not}."
        if self.allowed.cap is None:
            return ""
        if self.goes_beyond:
            return self.beyond()
        return f"All of it can count: {hours(self.left)} of {hours(self.allowed.cap)} are left."

    def beyond(self) -> str:
        """How much of all tasters cannot count, as a sentence: which hours those are, the days will decide."""
        together = self.agreed + self.taken
        others = f", with the {hours(self.taken)} of the others {hours(together)}" if self.taken else ""
        return (
            f"That makes {hours(self.agreed)}{others}: all work tasters together count up to "
            f"{hours(self.allowed.cap)}, so that {hours(together - self.allowed.cap)} cannot count."
        )


def allowed_for(student: Student) -> ApproachCap:
    """What the rules of today say of work tasters."""
    return rules_for(student, in_force_on(timezone.localdate())).caps[Approach.TASTER]


def taken_by_tasters(students: Collection[int]) -> dict[int, Counter]:
    """What the work tasters of each student take of the cap: hours handed in or approved, and those still to come.

    By placement, so that one of them can be left out.
    """
    today = timezone.localdate()
    courses, spent, monday = facts_for(students, today), spent_by(students), monday_of(today)
    found = {student: Counter() for student in students}
    weeks = {one.timesheet_id for lines in spent.values() for one in lines if one.approach == Approach.TASTER}
    placement_of = dict(Timesheet.objects.filter(pk__in=weeks).values_list("pk", "placement")) if weeks else {}
    for student, taken in found.items():
        for course in courses[student]:
            taken[course.placement_id] += course.to_come(monday) if course.is_taster else 0
        for one in spent[student]:
            if one.approach == Approach.TASTER:
                taken[placement_of[one.timesheet_id]] += one.minutes
    return found


def comes_to(student: Student, days: "TasterDays | None" = None, *, instead_of: Placement | None = None) -> TasterHours:
    """What the days of a work taster add up to beside the student's others; 0 without days.

    `instead_of`: the stored one whose days they are to be.
    """
    taken = taken_by_tasters([student.pk])[student.pk]
    if instead_of:
        del taken[instead_of.pk]
    return TasterHours(allowed_for(student), taken.total(), days.minutes if days else 0)


class TasterDays(NamedTuple):
    """The days and times of a work taster, stored or to be."""

    pattern: Pattern
    first_on: date
    last_on: date

    @classmethod
    def of(cls, placement) -> "TasterDays":
        return cls(placement.pattern, placement.first_on, placement.last_on)

    @property
    def minutes(self) -> int:
        """Minutes from first to last day, bank holidays left out."""
        return self.pattern.minutes_between(self.first_on, self.last_on, bank_holidays(self.first_on, self.last_on))

    def why_closed(self) -> str:
        """Why nothing can be agreed, where all of its days are bank holidays, as sentences; else ''."""
        if self.minutes:
            return ""
        free = [day for day in sorted(bank_holidays(self.first_on, self.last_on)) if self.pattern.on(day)]
        return f"{named(free)}: nothing is agreed on a bank holiday. Choose another day." if free else ""

    def added(self, first_on: date, last_on: date) -> list[PatternDay]:
        """The days of its pattern, not stored, where another first and last day change them; [] where they do not.

        Where it has the same times on each weekday of its days, they hold on each weekday of the new ones, too.
        Whatever else was agreed is kept.
        """
        if len(self.pattern.versions) != 1:
            return []
        [(_, days)] = self.pattern.versions
        times = {(day.starts, day.finishes, day.break_minutes) for day in days.values()}
        if len(times) > 1 or not days.keys() >= set(weekdays_within(self.first_on, self.last_on)):
            return []
        wanted = {*weekdays_within(first_on, last_on), *(days.keys() & set(all_weekdays_within(first_on, last_on)))}
        [(starts, finishes, pause)] = times
        agreed = {"starts": starts, "finishes": finishes, "break_minutes": pause}
        return [PatternDay(weekday=n, **agreed) for n in sorted(wanted)] if wanted != days.keys() else []


def look_over(
    form: AskingForm, student: Student, days: TasterDays, *, stored: Placement | None = None, closed: str, beyond: str
):
    """Refuse days on bank holidays alone, next to the field `closed`, and ask once, next to `beyond`, about more hours
    than can count. Of a `stored` taster it is asked only where that comes to more than it does.
    """
    if says := days.why_closed():
        form.add_error(closed, says)
        return
    found = comes_to(student, days, instead_of=stored)
    before = TasterDays.of(stored).minutes if stored else 0
    if found.goes_beyond and found.agreed > before:
        says = f"{found.beyond()} Correct the days or times, or say below that it is meant."
        form.ask("is_that_long", "Yes, it is meant to be that long", about=beyond, says=says)


def weekdays_within(first_on: date, last_on: date) -> list[int]:
    """The weekdays from one day to another; Saturday and Sunday only where there is no other."""
    found = all_weekdays_within(first_on, last_on)
    return [weekday for weekday in found if weekday < 5] or found


def all_weekdays_within(first_on: date, last_on: date) -> list[int]:
    """The weekdays from one day to another, Saturday and Sunday as well."""
    days = min((last_on - first_on).days + 1, 7)
    return sorted((first_on + timedelta(days=n)).weekday() for n in range(days))


def long_past(first_on: date) -> str:
    """How long ago a first day was, as a sentence, where that may be a slip of the year or month; else ''."""
    weeks, days = divmod((timezone.localdate() - first_on).days, 7)
    is_long = (weeks, days) > (LONG_PAST_WEEKS, 0)
    return f"{long_date(first_on)} was {weeks} weeks ago." if is_long else ""
