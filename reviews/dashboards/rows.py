"""The rows of the list of students: what they show, fetched for many at once, and what goes into a download."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone

from placements.hours.courses import Course, facts_for
from placements.hours.models import Stage
from placements.hours.projection import SPECIAL, Projection, State, project
from placements.hours.totals import is_missing
from placements.induction.models import Induction
from placements.models import Placement
from placements.several import without_tasters
from portal.batches import batches
from portal.identifiers import TEMPORARY_ULN
from portal.templatetags.portal import progress
from portal.words import hours, long_date, short_date
from reviews.dashboards.drawn import drawn_beside, drawn_stands
from reviews.dashboards.filters import StudentFilter
from reviews.dashboards.queries import Listed, listed
from reviews.risk.judging import Risk, judge
from reviews.risk.signs import Signs

SHOWN_FIRST = {Placement.Status.ACTIVE: 0, Placement.Status.PLANNED: 1, Placement.Status.ENDED: 2}


class Row:
    """One student in the list. Minutes throughout; `last_monday` is the last week handed in.

    `student` are the values of the list, which a template may read as well.
    """

    __slots__ = (
        "beside", "courses", "employer", "flags", "hours_url", "is_missing", "last_week", "missing_since", "name",
        "pace", "projection", "risk", "student", "to_go", "url",
    )  # fmt: skip

    def __init__(self, student: Listed, courses: list[Course], urls: tuple[str, str], today: date):
        self.student, self.courses, self.flags = student, courses, student.flags
        self.name = f"{student.first_name} {student.last_name}"
        self.url, self.hours_url = urls
        self.employer = employers_of(courses)
        is_signed_off = student.signed_off_at is not None
        self.projection: Projection = project(
            counted=student.counted,
            waiting=student.waiting,
            required=student.required,
            courses=courses,
            today=today,
            is_signed_off=is_signed_off,
        )
        self.to_go = 0 if is_signed_off else max(student.required - student.counted - student.waiting, 0)
        self.last_week = short_date(student.last_monday, today)
        self.is_missing = is_missing(student.awaited_monday, today)
        self.missing_since = short_date(student.awaited_monday, today) if self.is_missing else ""
        pace = self.projection.pace
        self.pace = "" if pace is None else f"Pace {round(100 * pace)}%, {self.projection.coverage()}"
        self.risk: Risk = judge(
            self.projection,
            entry_year=student.entry_year,
            born_on=student.born_on,
            awaited_monday=student.awaited_monday,
            signs=signs(student),
            today=today,
            is_signed_off=is_signed_off,
        )
        self.beside = tuple(told_beside(student, self.is_active, today))

    @property
    def hours_drawn(self) -> str:
        """How many hours there are, as a bar."""
        return progress(
            self.student.counted, self.student.waiting, self.student.required, signed_off=self.student.signed_off_at
        )

    @property
    def stands_drawn(self) -> str:
        """How the student stands, or that they left."""
        return drawn_stands("calm", self.left) if self.left else drawn_stands(self.risk.tone, self.risk.label)

    @property
    def beside_drawn(self) -> str:
        """What there is beside the hours; '' for nothing."""
        return drawn_beside(self.beside) if self.beside else ""

    @property
    def still(self) -> str:
        """What is still to be done, in words."""
        return "Signed off" if self.student.signed_off_at else f"{hours(self.to_go)} to go"

    @property
    def is_active(self) -> bool:
        return self.student.stage == Stage.ACTIVE

    @property
    def is_over(self) -> bool:
        """Whether there was a placement, and none runs or is to come: goals and reviews are behind the student."""
        return bool(without_tasters(self.courses)) and self.student.stage not in (Stage.PLANNED, Stage.ACTIVE)

    @property
    def is_special(self) -> bool:
        """Whether special consideration stood in for hours."""
        return self.projection.state == State.SPECIAL

    @property
    def left(self) -> str:
        """'Left the T Level on 3 March 2026'; '' of whoever has not."""
        return f"Left the T Level on {long_date(self.student.left_on)}" if self.student.left_on else ""

    @property
    def stage(self) -> str:
        if self.left:
            return "Left the T Level"
        return SPECIAL if self.is_special else Stage(self.student.stage).label


def signs(student: Listed) -> Signs:
    """What the kept standing says beside the hours."""
    return Signs(student.sent_back or 0, student.without_goals or 0, student.meetings or 0, student.forms or 0)


class Line(NamedTuple):
    """One thing beside the hours. An icon is drawn where there is something to do."""

    says: str
    is_amiss: bool = False


def told_beside(student: Listed, is_active: bool, today: date) -> Iterator[Line]:
    """Goals, induction, the next review; worries and checks only where there is something."""
    if student.stage in (Stage.PLANNED, Stage.ACTIVE):
        goals = f"{student.goals} goal{'s' * (student.goals != 1)} agreed" if student.goals else "No goals agreed"
        yield Line(goals, is_active and not student.goals)
    if is_active:
        yield told_of_induction(student, today)
        if student.review_on:
            on = timezone.localdate(student.review_on)
            when = "was due" if on < today else "due" if on > today else "today,"
            yield Line(f"Review {when} {short_date(on, today)}", on < today)
    if student.forms:
        yield Line("Review form not come in", True)
    if student.worries:
        yield Line("A worry is open" if student.worries == 1 else f"{student.worries} worries are open", True)
    if student.lapses_on:
        lapses = "lapsed" if student.lapses_on < today else "lapses"
        yield Line(f"A check {lapses} on {short_date(student.lapses_on, today)}", True)


def told_of_induction(student: Listed, today: date) -> Line:
    status = Induction.Status
    if student.induction == status.CONFIRMED:
        return Line("Induction confirmed")
    if student.induction_due and student.induction_due < today:
        return Line("Induction overdue", True)
    return Line("Induction with the manager" if student.induction == status.HANDED_OVER else "Induction open")


def employers_of(courses: list[Course]) -> str:
    """Where the student is; where nowhere now, where they will be, or were last. A work taster if there is no other,
    and of several the first that is not over."""
    if not courses:
        return ""
    placements = without_tasters(courses)
    first = min(SHOWN_FIRST[course.status] for course in placements or courses)
    named = [course.employer for course in placements or courses if SHOWN_FIRST[course.status] == first]
    is_over = first == SHOWN_FIRST[Placement.Status.ENDED]
    if not placements:
        return f"{named[-1 if is_over else 0]} (work taster)"
    return named[-1] if is_over else " and ".join(dict.fromkeys(named))


def rows_of(students: list[Listed], today: date) -> list[Row]:
    """The rows of students, in three more queries."""
    courses = facts_for([student.pk for student in students], today)
    url, hours_url = by_pk("student_detail"), by_pk("hours_receipt")
    return [Row(row, courses[row.pk], (url(row.pk), hours_url(row.pk)), today) for row in students]


def by_pk(name: str) -> Callable[[int], str]:
    """The addresses of many records: reversed once, as that is what takes long."""
    before, after = reverse(name, args=[0]).rsplit("0", 1)
    return lambda pk: f"{before}{pk}{after}"


def all_rows(chosen: StudentFilter, today: date) -> Iterator[Row]:
    """The rows of all students that the filters leave, in their order, a few hundred at a time."""
    ids = list(chosen.qs.order_by(*chosen.order).values_list("pk", flat=True))
    for some in batches(ids):
        for row in rows_of(listed(chosen.desk, some, chosen.sorted_by), today):
            if is_wanted(row, chosen):
                yield row


def is_wanted(row: Row, chosen: StudentFilter) -> bool:
    """Whether the row's pace leads where it was filtered for."""
    return chosen.wanted_states is None or row.projection.state in chosen.wanted_states


COLUMNS = {
    "First name": lambda row: row.student.first_name,
    "Last name": lambda row: row.student.last_name,
    "ULN": lambda row: "" if row.student.uln == TEMPORARY_ULN else row.student.uln,
    "T Level": lambda row: row.student.tlevel_title,
    "Tutor": lambda row: f"{row.student.tutor_first_name or ''} {row.student.tutor_last_name or ''}".strip(),
    "Employer": lambda row: row.employer,
    "Placement": lambda row: row.stage,
    "Hours counted": lambda row: in_hours(row.student.counted),
    "Hours waiting": lambda row: in_hours(row.student.waiting),
    "Hours required": lambda row: in_hours(row.student.required),
    "Hours to go": lambda row: in_hours(row.to_go),
    "Pace in %": lambda row: None if row.projection.pace is None else round(100 * row.projection.pace),
    "Projected finish": lambda row: row.projection.finishes_on,
    "What the pace says": lambda row: row.projection.sentence(),
    "Last week handed in": lambda row: row.student.last_monday,
    "A week is missing": lambda row: row.is_missing,
    "How it stands": lambda row: row.left or row.risk.label,
    "Why": lambda row: "" if row.left else " ".join(row.risk.reasons),
    "What this rests on": lambda row: "" if row.left else row.risk.coverage,
    "Goals agreed": lambda row: None if row.is_over else row.student.goals,
    "Induction": lambda row: told_of_induction(row.student, timezone.localdate()).says if row.is_active else "",
    "Next review": lambda row: timezone.localdate(row.student.review_on) if row.student.review_on else None,
    "Open worries": lambda row: row.student.worries,
    "A check lapses on": lambda row: row.student.lapses_on,
    "To look at": lambda row: row.flags,
}


def in_hours(minutes: int) -> Decimal:
    """Minutes as hours for a spreadsheet: a number with two places, so that it can be added up there."""
    return round(Decimal(minutes) / 60, 2)
