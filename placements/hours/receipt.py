"""A student's hours with their receipt: the rows and the rules behind every figure.

Page, chart and PDF all show what is worked out here, and here nothing is counted but by `placements.hours.counting`.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from placements.hours.counting import Count, Line, as_they_stand
from placements.hours.courses import WEEK, WEEKS, Course, begun_on, facts_for
from placements.hours.projection import Projection, State, project
from placements.hours.receipt_weeks import Week, lost_between, week_of
from placements.hours.spells import choices_for, count_for, spent_by
from placements.hours.totals import awaited_mondays
from placements.several import without_tasters
from placements.timesheets.models import Timesheet, monday_of
from portal.words import hours, long_date
from students.tlevels.models import Approach
from students.tlevels.rules import ApproachCap


class Part(NamedTuple):
    """A share of the hours, by employer or by approach, in minutes. `recorded` and `counts` are of approved weeks."""

    name: str
    recorded: int
    counts: int
    waiting: int
    cap: ApproachCap = ApproachCap()
    period: str = ""

    @property
    def left(self) -> int | None:
        """How much of the cap is left once what waits is approved, too."""
        return None if self.cap.cap is None else self.cap.cap - self.counts - self.waiting


class Missing(NamedTuple):
    """A week with agreed work that is over and not handed in."""

    course: Course
    monday: date


@dataclass(frozen=True)
class Receipt:
    """The hours of one student on a day. Minutes throughout; `approved` and `hoped` are what `counting` says."""

    student: object
    today: date
    timesheets: list[Timesheet]
    courses: list[Course]
    approved: Count
    hoped: Count
    is_first_rule_set: bool

    # --- the figure ---

    @property
    def counted(self) -> int:
        return self.approved.counted

    @property
    def not_counted(self) -> int:
        return self.approved.not_counted

    @property
    def waiting(self) -> int:
        """What would count in addition if all weeks handed in were approved."""
        return self.hoped.counted - self.approved.counted

    @property
    def required(self) -> int:
        return self.rules.required

    @property
    def recorded(self) -> int:
        """All approved minutes, whether they count or not."""
        return self.counted + self.not_counted

    @property
    def to_go(self) -> int:
        return 0 if self.is_signed_off else max(self.required - self.counted - self.waiting, 0)

    @property
    def is_signed_off(self) -> bool:
        return self.student.signed_off_at is not None

    @property
    def rules(self):
        return self.approved.rules

    @cached_property
    def shifts(self) -> bool:
        """Whether approving what waits changes which hours count (another rule set or employer becomes the better)."""
        return self.waiting != sum(line.counts for line in self.hoped.lines if line.spent.waiting)

    @cached_property
    def projection(self) -> Projection:
        return project(
            counted=self.counted,
            waiting=self.waiting,
            required=self.required,
            courses=self.courses,
            today=self.today,
            is_signed_off=self.is_signed_off,
        )

    # --- the rows ---

    @cached_property
    def lines(self) -> list[Line]:
        """Every spell in the order of the days: approved ones as they count, waiting ones as they would."""
        return sorted(as_they_stand(self.approved, self.hoped), key=lambda line: (line.spent.day, line.spent.starts))

    @cached_property
    def weeks(self) -> list[Week]:
        """All weeks with something in them, oldest first."""
        lines = defaultdict(list)
        for line in self.lines:
            lines[line.spent.timesheet_id].append(line)
        absent = {course.placement_id: course.absent for course in self.courses}
        return [week_of(week, lines[week.pk], absent[week.placement_id]) for week in self.timesheets]

    @cached_property
    def missing(self) -> list[Missing]:
        """Weeks that are over, had agreed work and are not handed in, oldest first."""
        handed_in = defaultdict(set)
        for timesheet in self.timesheets:
            if not timesheet.is_open:
                handed_in[timesheet.placement_id].add(timesheet.monday)
        found = [
            Missing(course, monday)
            for course in self.courses
            for monday in awaited_mondays(course, handed_in[course.placement_id], set(course.absent))
            if monday < monday_of(self.today)
        ]
        return sorted(found, key=lambda missing: missing.monday)

    @property
    def weeks_handed_in(self) -> int:
        return sum(not timesheet.is_open for timesheet in self.timesheets)

    def coverage(self) -> str:
        """How much the figure rests on: '6 of 9 weeks handed in, 5 approved'."""
        due = self.weeks_handed_in + len(self.missing)
        approved = sum(timesheet.status == Timesheet.Status.APPROVED for timesheet in self.timesheets)
        if not due:
            return "no week to hand in so far"
        return f"{self.weeks_handed_in} of {due} week{'s' * (due != 1)} handed in, {approved} approved"

    # --- the shares ---

    @cached_property
    def by_employer(self) -> list[Part]:
        names = {line.spent.employer_id: line.spent.employer for line in self.hoped.lines}
        shares = self._shares("employer_id")
        parts = [self._part_of(name, shares[pk]) for pk, name in names.items()]
        return sorted(parts, key=lambda part: -part.recorded)

    def _part_of(self, employer: str, share: tuple) -> Part:
        """From the first day of the first placement there to the last day of the last."""
        there = [course for course in self.courses if course.employer == employer]
        name = employer if without_tasters(there) else f"{employer} (work taster)"
        first, last = min(course.first_on for course in there), max(course.last_on for course in there)
        return Part(name, *share, period=f"{long_date(first)} to {long_date(last)}")

    @cached_property
    def by_approach(self) -> list[Part]:
        """Every approach that the rules know, with its cap and how much of it is used; unused ones with nothing."""
        shares = self._shares("approach")
        return [Part(label, *shares[value], self.rules.caps[value]) for value, label in Approach.choices]

    @property
    def used_approaches(self) -> list[Part]:
        return [part for part in self.by_approach if part.recorded or part.waiting]

    @property
    def unused_approaches(self) -> list[Part]:
        return [part for part in self.by_approach if not part.recorded and not part.waiting]

    def _shares(self, key) -> dict:
        found = defaultdict(lambda: (0, 0, 0), {name: (*pair, 0) for name, pair in self.approved.by(key).items()})
        for line in self.hoped.lines:
            if line.spent.waiting:
                recorded, counts, waiting = found[getattr(line.spent, key)]
                found[getattr(line.spent, key)] = (recorded, counts, waiting + line.counts)
        return found

    # --- in words ---

    def slowed(self) -> str:
        """Why somebody may be short at this pace who is ahead of the pace needed: lately, hours did not count."""
        monday = monday_of(self.today)
        lost, why = lost_between(self.weeks, monday - WEEKS * WEEK, monday)
        if self.projection.state != State.SHORT or not lost:
            return ""
        return (
            f"{hours(lost)} of the last {WEEKS} complete weeks do not count ({'; '.join(why)}), and the pace is that "
            "of the hours that do."
        )

    def rules_sentence(self) -> str:
        """Which rule set holds, and why."""
        since = f"{self.rules.starts_on:%B %Y}"
        said = f"Counted by the rules for {self.rules.name}, which hold for placements from {since} on"
        if not self.courses:
            return f"{said}."
        if self.is_first_rule_set:
            return f"{said}: the newest there were when the first placement began."
        return f"{said}: they are newer than those of the first placement, and better for the student."


def receipt_for(student, today: date) -> Receipt:
    """The receipt of a student (with user, provider, tlevel, specialism and tutor selected). Five queries."""
    return receipts_for([student], today)[student.pk]


def receipts_for(students: list, today: date) -> dict[int, Receipt]:
    """The receipts of many students, by primary key. Five queries, whatever the number."""
    pks = [student.pk for student in students]
    courses, spent, weeks = facts_for(pks, today), spent_by(pks), defaultdict(list)
    rows = Timesheet.objects.filter(placement__student__in=pks).with_people().order_by("monday", "placement")
    for week in rows:
        weeks[week.placement.student_id].append(week)
    return {
        student.pk: receipt_of(student, today, courses[student.pk], spent[student.pk], weeks[student.pk])
        for student in students
    }


def receipt_of(student, today: date, courses: list[Course], spent: list, weeks: list[Timesheet]) -> Receipt:
    """The receipt made of what was read."""
    first_on = begun_on(courses) if courses else None
    approved, hoped = count_for(student, first_on, spent)
    return Receipt(
        student=student,
        today=today,
        timesheets=[week for week in weeks if week.minutes or not week.is_open],
        courses=courses,
        approved=approved,
        hoped=hoped,
        is_first_rule_set=approved.rules.rule_set_id == choices_for(student, first_on)[0].rule_set_id,
    )
