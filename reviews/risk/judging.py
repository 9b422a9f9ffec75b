"""The judgement: from a projection (placements.hours.projection) and the signs to a level, with reasons in sentences.

Arithmetic in whole minutes on plain values; no query but for the rules, which are kept. Whatever
rests on too few weeks is 'not enough yet'.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import IntegerChoices

from placements.hours.projection import REACHED, Projection, State
from placements.hours.totals import is_missing, last_due_monday
from placements.timesheets.models import monday_of
from portal.words import full_stop, hours, long_date
from reviews.risk.signs import Signs
from students.models import age_of
from students.tlevels.deadline import deadline_of, is_final_year, last_chance_of
from students.tlevels.rules import in_force_on, working_time_for

USUAL_WEEK = 14 * 60  # two days of seven hours, as most placements are agreed
LONG_MISSING_WEEKS = 4


class Level(IntegerChoices):
    """How a student stands, the worst last."""

    ON_TRACK = 0, "On track"
    NOT_ENOUGH = 1, "Not enough yet to say"
    WATCH = 2, "Watch"
    AT_RISK = 3, "At risk"
    OUT_OF_REACH = 4, "Hours cannot be reached"

    @property
    def slug(self) -> str:
        """As it stands in addresses: 'at_risk'."""
        return self.name.lower()

    @property
    def tone(self) -> str:
        """The tone of `status` (never alone: the label stands beside it)."""
        return ("good", "calm", "attention", "problem", "problem")[self]


BY_SLUG = {level.slug: level for level in Level}


class Ground(IntegerChoices):
    """Why hours cannot be reached, the gravest last."""

    PACE = 1, "The pace is too low"
    WEEKS = 2, "Not even full weeks would do"
    DEADLINE = 3, "The time is over"


@dataclass(frozen=True)
class OutOfReach:
    """Hours that cannot be reached: why, how many minutes will be missing by then, and the sentence."""

    ground: Ground
    short: int
    says: str


@dataclass(frozen=True)
class Risk:
    """How a student stands and why: `reasons` in sentences, the gravest first; `coverage` says what they rest on.

    `out_of_reach` where the hours cannot be reached.
    """

    level: Level
    reasons: tuple[str, ...]
    coverage: str
    out_of_reach: OutOfReach | None = None

    @property
    def label(self) -> str:
        return self.level.label

    @property
    def reason(self) -> str:
        """The gravest of the reasons; '' where there is none."""
        return self.reasons[0] if self.reasons else ""

    @property
    def other_reasons(self) -> tuple[str, ...]:
        return self.reasons[1:]

    @property
    def others(self) -> str:
        """'2 more'; '' where there is no other reason."""
        return f"{len(self.reasons) - 1} more" if len(self.reasons) > 1 else ""

    @property
    def tone(self) -> str:
        return self.level.tone

    def sentence(self) -> str:
        """'At risk: 40 h are missing, and no agreed days are left.'"""
        return f"{self.label}: {self.reason}" if self.reasons else self.label


SIGNED_OFF = Risk(Level.ON_TRACK, ("The placement is signed off.",), "Signed off")
SPECIAL = Risk(Level.ON_TRACK, ("Completed with special consideration. The placement is signed off.",), "Signed off")


def judge(
    projection: Projection,
    *,
    entry_year: str,
    born_on: date,
    awaited_monday: date | None,
    signs: Signs,
    today: date,
    is_signed_off: bool = False,
) -> Risk:
    """How a student stands by 31 July of the final year. `awaited_monday`: that of the kept totals (StudentHours)."""
    if is_signed_off:
        return SPECIAL if projection.state == State.SPECIAL else SIGNED_OFF
    beyond = cannot(projection, entry_year, born_on, today)
    found = [(Level.OUT_OF_REACH, beyond.says) if beyond else of_hours(projection, entry_year, today)]
    found += [*of_weeks(projection, awaited_monday, signs, today), *of_the_rest(signs)]
    level = max(level for level, _ in found)
    reasons = [says for _, says in sorted(found, key=lambda reason: -reason[0])]
    return Risk(level, tuple(reasons), coverage_of(projection), beyond)


def coverage_of(projection: Projection) -> str:
    """What the judgement of the hours rests on."""
    if projection.state == State.DONE:
        return "The approved hours"
    if projection.state == State.WAITING:
        return "The approved hours and those that wait"
    if projection.state == State.NONE:
        return "No placement yet"
    if not projection.weeks_due:
        return "No complete week yet"
    return f"Of the last weeks, {projection.coverage()}"


def of_hours(projection: Projection, entry_year: str, today: date) -> tuple[Level, str]:
    """What hours that can be reached say, against 31 July of the final year."""
    if projection.state in REACHED:
        return Level.ON_TRACK, full_stop(projection.sentence())
    return against_plan(projection, entry_year, deadline_of(entry_year), today)


def cannot(projection: Projection, entry_year: str, born_on: date, today: date) -> OutOfReach | None:
    """Why the hours cannot be reached by 31 July of the final year: no time is left, not even full weeks would do, or
    the pace is too low.
    """
    if projection.state in REACHED:
        return None
    until, left = deadline_of(entry_year), projection.remaining
    if today > until:
        after = f"{long_date(last_chance_of(entry_year))} is the last date to be certificated with the others"
        says = f"{long_date(until)} has passed, and {hours(left)} are missing. {after}."
        return OutOfReach(Ground.DEADLINE, left, says)
    short, full = left_by_full_weeks(left, born_on, today, until)
    if short:
        says = (
            f"{hours(left)} are missing. Not even full weeks of {' and then '.join(map(hours, full))} until "
            f"{long_date(until)} would do."
        )
        return OutOfReach(Ground.WEEKS, short, says)
    if projection.pace is None:
        return None
    a_week = Fraction(projection.recorded, projection.weeks_handed_in)
    short = left - int(a_week * weeks_left(today, until))
    if short > 0:
        return OutOfReach(
            Ground.PACE,
            short,
            f"At the present pace of about {about(a_week)} a week, about {about(short)} would be missing on "
            f"{long_date(until)}, even if work went on until then. More days or a second placement would be needed.",
        )
    if projection.finishes_on and projection.finishes_on > until:
        done_on = long_date(projection.finishes_on)
        return OutOfReach(Ground.PACE, 0, f"At the present pace done on {done_on} only, after {long_date(until)}.")
    return None


def about(minutes) -> str:
    """A figure that rests on a pace, in whole hours, of less than one in minutes: more would only look exact."""
    return hours(round(minutes / 60) * 60 or round(minutes))


def left_by_full_weeks(left: int, born_on: date, today: date, until: date) -> tuple[int, list[int]]:
    """How much of `left` even the longest weeks that are allowed at the student's age leave missing, and these weeks.

    A limit that holds on average is taken as that of each week; without a limit everything can be reached.
    """
    monday, full, possible = monday_of(today), [], Fraction(0)
    while monday <= until:
        sunday = monday + timedelta(days=6)  # a birthday within the week counts for all of it, in the student's favour
        week = working_time_for(age_of(born_on, sunday), in_force_on(monday)).week
        if week is None:
            return 0, []
        possible += week * Fraction(min((until - monday).days + 1, 7), 7)
        if possible >= left:
            return 0, []
        full += [week] if week not in full else []
        monday += timedelta(weeks=1)
    return left - int(possible), full


def weeks_left(today: date, until: date) -> Fraction:
    """From this Monday to `until`, holidays and all: at most so much time is left."""
    return Fraction((until - monday_of(today)).days + 1, 7)


def against_plan(projection: Projection, entry_year: str, until: date, today: date) -> tuple[Level, str]:
    """How it goes with what is agreed."""
    says = full_stop(projection.sentence())
    match projection.state:
        case "on_course":
            days = (until - projection.finishes_on).days
            return Level.ON_TRACK, f"{projection.sentence()}, {counted_days(days)} before {long_date(until)}."
        case "short" if projection.short_anyway:
            if projection.short_anyway < projection.short_by:  # else more is worked than agreed
                says += f" Even all agreed hours would leave {hours(projection.short_anyway)} missing."
            return Level.AT_RISK, says
        case "short" if projection.remaining > projection.agreed_to_come:
            return Level.WATCH, f"{says} All agreed hours would do, with the weeks that are not handed in yet."
        case "short":
            return Level.WATCH, f"{says} All agreed hours would do."
        case "over":
            return (Level.AT_RISK if projection.short_anyway else Level.WATCH), says
        case "unplanned":
            return Level.WATCH, "No days and times are agreed, so that nothing can be worked out."
        case "none":
            return without_placement(projection, entry_year, until, today)
    if projection.short_anyway:
        return Level.WATCH, says
    if projection.starts_on:
        return Level.NOT_ENOUGH, says
    coverage = projection.coverage()
    return Level.NOT_ENOUGH, f"{coverage[0].upper()}{coverage[1:]}."


def without_placement(projection: Projection, entry_year: str, until: date, today: date) -> tuple[Level, str]:
    """Nowhere to work yet: how serious that is depends on the time that is left."""
    weeks = int(weeks_left(today, until))
    needed = -(-projection.remaining // USUAL_WEEK)
    if weeks < needed:
        return (
            Level.AT_RISK,
            f"No placement yet. At two days ({hours(USUAL_WEEK)}) a week it would take {needed} weeks, and {weeks} are "
            f"left until {long_date(until)}.",
        )
    says = f"No placement yet. {weeks} weeks are left until {long_date(until)}."
    return (Level.WATCH if is_final_year(entry_year, today) else Level.NOT_ENOUGH), says


def of_weeks(projection: Projection, awaited_monday: date | None, signs: Signs, today: date):
    """Weeks that are missing or came back, as long as hours are still wanted."""
    if projection.state in REACHED:
        return
    if is_missing(awaited_monday, today):
        weeks = (last_due_monday(today) - awaited_monday) // timedelta(weeks=1) + 1
        level = Level.AT_RISK if weeks >= LONG_MISSING_WEEKS else Level.WATCH
        since = f"{'since' if weeks > 1 else 'for'} the week of {long_date(awaited_monday)}"
        yield level, f"Not everything is handed in {since}."
    if signs.sent_back:
        came = "1 week came" if signs.sent_back == 1 else f"{signs.sent_back} weeks came"
        yield Level.WATCH, f"{came} back and {'is' if signs.sent_back == 1 else 'are'} not handed in again."


def of_the_rest(signs: Signs):
    """Goals and reviews: completion needs them as much as hours."""
    if signs.without_goals:
        yield Level.WATCH, "On placement without learning goals that tutor and line manager agreed to."
    if signs.meetings:
        are = "A review meeting is" if signs.meetings == 1 else f"{signs.meetings} review meetings are"
        yield Level.WATCH, f"{are} overdue."
    if signs.forms:
        are = "review form has" if signs.forms == 1 else "review forms have"
        yield Level.WATCH, f"The line manager's {are} not come in, in spite of two reminders."


def counted_days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"
