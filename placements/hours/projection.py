"""When a student will be done: from the pace of the last four complete weeks, along the agreed hours to come.

`project` is pure arithmetic in whole minutes on plain values, cheap enough for every row of a list; `projections` does
it for many students in three queries. It shows its coverage, and says 'not enough yet' instead of guessing.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import ceil

from placements.hours.courses import DAY, WEEK, WEEKS, Course, facts_for
from placements.models import Placement
from placements.several import without_tasters
from placements.timesheets.models import monday_of
from portal.words import full_stop, hours, long_date

WEEKS_NEEDED = 2
SPECIAL = "Completed with special consideration"


class State(StrEnum):
    """What a projection says."""

    DONE = "done"
    SPECIAL = "special"  # signed off with fewer hours
    WAITING = "waiting"  # enough, once the waiting weeks are approved
    ON_COURSE = "on_course"
    SHORT = "short"
    OVER = "over"  # no agreed days are left
    SILENT = "silent"  # too little to go by
    UNPLANNED = "unplanned"  # no working pattern
    NONE = "none"  # no placement


REACHED = {State.DONE, State.WAITING}  # nothing more to work, whatever is still to be approved
WITHOUT_A_PACE = {State.DONE, State.SPECIAL, State.WAITING, State.OVER, State.UNPLANNED, State.NONE}


@dataclass(frozen=True)
class Projection:
    """What can be said about the finish. Minutes throughout.

    `weeks_due`: of the last four complete weeks those with agreed work, `weeks_handed_in` of them handed in; in these
    `recorded` minutes count, or would once approved, and `agreed` were agreed. `pace` is recorded / agreed, or None
    where fewer than two weeks are handed in.
    `agreed_to_come`: from this week on, or from last week where it is not handed in yet (`awaits_last_week`).
    `awaited`: agreed in those of the last four weeks before that which are not handed in either.
    `finishes_on`: the day on which the required hours are reached at that pace, or None. `short_by`: what is missing on
    the last day at that pace. `short_anyway`: what is missing even if all of `agreed_to_come` and `awaited` is worked.
    """

    state: State
    remaining: int = 0
    weeks_due: int = 0
    weeks_handed_in: int = 0
    recorded: int = 0
    agreed: int = 0
    agreed_to_come: int = 0
    awaits_last_week: bool = False
    awaited: int = 0
    finishes_on: date | None = None
    last_on: date | None = None
    starts_on: date | None = None
    short_by: int = 0

    @property
    def pace(self) -> Fraction | None:
        return Fraction(self.recorded, self.agreed) if self.weeks_handed_in >= WEEKS_NEEDED and self.agreed else None

    @property
    def short_anyway(self) -> int:
        return max(self.remaining - self.agreed_to_come - self.awaited, 0)

    @property
    def is_complete(self) -> bool:
        """Whether all of the last weeks are handed in."""
        return self.weeks_handed_in == self.weeks_due

    @property
    def tone(self) -> str:
        """The tone of `status`: a problem where neither the agreed hours to come nor weeks still missing would do."""
        match self.state:
            case State.DONE | State.SPECIAL | State.ON_COURSE:
                return "good"
            case State.WAITING:
                return "waiting"
            case State.OVER | State.SHORT:
                return "problem" if self.short_anyway else "attention"
        return "attention" if self.state == State.SILENT and self.short_anyway else "calm"

    def coverage(self) -> str:
        """How much the pace rests on: '3 of 4 weeks handed in'."""
        if not self.weeks_due:
            return "no complete week yet"
        return f"{self.weeks_handed_in} of {self.weeks_due} week{'s' * (self.weeks_due != 1)} handed in"

    def sentence(self) -> str:
        """The projection in one sentence."""
        match self.state:
            case State.DONE:
                return "All required hours are approved"
            case State.SPECIAL:
                return SPECIAL
            case State.WAITING:
                return "Enough hours once the waiting weeks are approved"
            case State.ON_COURSE:
                return f"At this pace done on {long_date(self.finishes_on)}"
            case State.SHORT:
                return f"At this pace {hours(self.short_by)} short on the last day, {long_date(self.last_on)}"
            case State.OVER:
                said = f"{hours(self.remaining)} short, and no agreed days are left"
                return said if self.is_complete else f"{said}; {self.coverage()}"
            case State.UNPLANNED:
                return "No working pattern yet"
            case State.NONE:
                return "No placement yet"
        return self._silence()

    def _silence(self) -> str:
        if self.starts_on:
            said = f"Starts on {long_date(self.starts_on)}"
        else:
            said = f"Not enough yet to say when: {self.coverage()}"
        if self.short_anyway:
            said += f". The agreed hours end {hours(self.short_anyway)} short"
        return said

    def how(self) -> list[str]:
        """How the projection came about, as sentences for its receipt."""
        if self.state in WITHOUT_A_PACE:
            return [full_stop(self.sentence())]
        said = [f"Looked at: the last {WEEKS} complete weeks. {self.coverage().capitalize()}."]
        if self.pace is None:
            said.append(f"A pace is worked out once {WEEKS_NEEDED} of them are handed in.")
        else:
            said.append(
                f"In those handed in, {hours(self.recorded)} count, or will once approved, where {hours(self.agreed)} "
                f"were agreed: a pace of {round(100 * self.pace)}%."
            )
        since = "last week, which is not handed in yet," if self.awaits_last_week else "this week"
        earlier = "earlier weeks" if self.awaits_last_week else "weeks"
        said.append(
            f"{hours(self.remaining)} are still to go, and {hours(self.agreed_to_come)} are agreed from {since} "
            f"until {long_date(self.last_on)}."
        )
        said.append(f"Bank holidays and absences told in advance are left out, and so are {earlier} not handed in.")
        return [*said, full_stop(self.sentence())]


def project(
    *, counted: int, waiting: int, required: int, courses: Sequence[Course], today: date, is_signed_off: bool = False
) -> Projection:
    """When `required` minutes will be reached, from `counted` (approved) and `waiting` ones and all placements.

    The pace of the last four complete weeks goes on along the agreed hours, from the first week that is to come. Those
    of work tasters tell nothing of it: what was worked there is in `counted` and `waiting`.
    Signed off with fewer hours, nothing is asked for any more: special consideration stood in for them.
    """
    if is_signed_off:
        return Projection(State.DONE if counted >= required else State.SPECIAL)
    remaining = max(required - counted - waiting, 0)
    if not remaining:
        return Projection(State.DONE if counted >= required else State.WAITING)
    courses = without_tasters(courses)
    if not courses:
        return Projection(State.NONE, remaining=remaining)
    monday = monday_of(today)
    ahead = [(course, start) for course in courses if course.last_on >= (start := course.to_come_from(monday))]
    due, handed_in, recorded, agreed = _last_weeks(courses, monday)
    agreed_to_come = sum(course.agreed(start, course.last_on) for course, start in ahead)
    facts = {
        "remaining": remaining,
        "weeks_due": due,
        "weeks_handed_in": handed_in,
        "recorded": recorded,
        "agreed": agreed,
        "agreed_to_come": agreed_to_come,
        "awaits_last_week": any(course.agreed(start, monday - DAY) for course, start in ahead),
        "awaited": sum(course.awaited(monday) for course in courses),
        "last_on": max(course.last_on for course in courses),
    }
    if not agreed_to_come:
        return Projection(State.UNPLANNED if any(not course.pattern for course, _ in ahead) else State.OVER, **facts)
    if handed_in < WEEKS_NEEDED:
        first_on = min(course.first_on for course in courses)
        return Projection(State.SILENT, starts_on=first_on if first_on > today else None, **facts)
    if agreed_to_come * recorded < remaining * agreed:
        return Projection(State.SHORT, short_by=ceil(remaining - Fraction(agreed_to_come * recorded, agreed)), **facts)
    needed = -(-remaining * agreed // recorded)  # agreed minutes that give `remaining` at this pace, rounded up
    finishes_on = _agreed_by(ahead, needed, min(start for _, start in ahead), facts["last_on"])
    return Projection(State.ON_COURSE, finishes_on=max(finishes_on, today), **facts)


def _agreed_by(ahead: list[tuple[Course, date]], minutes: int, monday: date, last_on: date) -> date:
    """The first day from `monday` by which the courses, each from its start on, have agreed so many minutes."""
    days = range((last_on - monday).days)
    n = bisect_left(days, minutes, key=lambda n: sum(course.agreed(start, monday + n * DAY) for course, start in ahead))
    return monday + n * DAY


def _last_weeks(courses, monday) -> tuple[int, int, int, int]:
    """Of the last four complete weeks: those with agreed work, those handed in (by all placements), and of the latter
    the minutes recorded and agreed."""
    due = handed_in = recorded = agreed = 0
    for n in range(1, WEEKS + 1):
        week = monday - n * WEEK
        planned = [
            (course, minutes)
            for course in courses
            if course.status != Placement.Status.PLANNED and (minutes := course.agreed(week, week + 6 * DAY))
        ]
        due += bool(planned)
        if planned and all(week in course.handed_in for course, _ in planned):
            handed_in += 1
            recorded += sum(course.handed_in[week] for course, _ in planned)
            agreed += sum(minutes for _, minutes in planned)
    return due, handed_in, recorded, agreed


def projections(students: Iterable, today: date) -> dict[int, Projection]:
    """The projection of each of `students`, who come with their kept totals: select_related("hours"). Three queries."""
    students = list(students)
    facts = facts_for([student.pk for student in students], today)
    return {
        student.pk: project(
            counted=student.hours.counted,
            waiting=student.hours.waiting,
            required=student.hours.required,
            courses=facts[student.pk],
            today=today,
            is_signed_off=student.signed_off_at is not None,
        )
        for student in students
    }
