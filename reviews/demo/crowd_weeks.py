"""The weeks of the crowd: what the verbs would have left behind, written in bulk."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random

from placements.bank_holidays import name_of
from placements.timesheets.models import Absence, Spell, Timesheet
from portal.history.models import Event, label_of
from portal.times_of_day import minutes_between
from reviews.demo import words
from reviews.demo.moments import Calendar, is_christmas
from reviews.demo.pouring import Pourer
from reviews.demo.telling import NOON
from reviews.demo.weeks import later


def text(moment: datetime) -> str:
    """A moment as both databases read it: UTC, without saying so."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


@dataclass(frozen=True)
class Stay:
    """A placement of the crowd; people are (key, name)."""

    placement: int
    tlevel: str
    pattern: list
    begun: int
    lasts: int
    student: tuple[int, str]
    manager: tuple[int, str]


class CrowdWeeks:
    """Writes the weeks of placements, with their history if asked to."""

    def __init__(self, calendar: Calendar, rng: Random, *, history: bool):
        self.calendar, self.rng, self.history = calendar, rng, history
        self.timesheets = Pourer(
            Timesheet, "placement", "monday", "status", "minutes", "handed_in_at", "handed_in_by", "decided_at",
            "decided_by", "version",
        )  # fmt: skip
        self.spells = Pourer(
            Spell, "timesheet", "day", "starts", "finishes", "break_minutes", "approach", "activity", "minutes"
        )
        self.absences = Pourer(Absence, "placement", "day", "kind", "foreseen", "note", "told_at")
        self.events = Pourer(Event, "about", "about_id", "at", "by", "by_name", "says")
        self.pourers = [self.timesheets, self.spells, self.absences, self.events]

    def status(self, ago: int, has_ended: bool) -> str:
        """How far a week is; '' where it was never begun."""
        draw = self.rng.random()
        if ago == 0:
            return "draft" if draw < 0.5 else ""
        if ago == 1 and not has_ended:
            return "approved" if draw < 0.5 else "handed_in" if draw < 0.85 else "draft" if draw < 0.93 else ""
        if ago < 4 and not has_ended:
            return "approved" if draw < 0.96 else "handed_in" if draw < 0.98 else ""
        return "approved"

    def write(self, stay: Stay):
        """All weeks of a placement up to this one."""
        work, has_ended = words.WORK[stay.tlevel], stay.begun > stay.lasts
        shapes = [(weekday, *shapes_of(starts, finishes, pause)) for weekday, starts, finishes, pause in stay.pattern]
        done = self.rng.randrange(len(work))
        for ago in range(stay.begun, max(stay.begun - stay.lasts, 0) - 1 + has_ended, -1):
            status = self.status(ago, has_ended)
            if not status:
                continue
            monday = self.calendar.week(ago)
            days, away = self.days(monday, ago, shapes, stay.placement)
            if days or away:
                minutes = sum(row[3] for _, rows in days for row in rows)
                timesheet = self.timesheet(stay, monday, status, minutes)
                for day, rows in days:
                    for starts, finishes, pause, worked in rows:
                        done += 1
                        self.spells.add(
                            timesheet, day, starts, finishes, pause, "in_person", work[done % len(work)], worked
                        )

    def days(self, monday: date, ago: int, shapes, placement: int):
        """([(day, rows of spells)], whether somebody was away) of a week."""
        draw, days, away = self.rng.random, [], False
        for weekday, usual, shorter, parted in shapes:
            day = monday + timedelta(days=weekday)
            if ago == 0 and day >= self.calendar.today:
                break
            holiday, told_at = free(day), text_of(day)[1]
            if holiday or draw() < 0.03:
                kind, note = ("bank", holiday) if holiday else ("sick", self.rng.choice(words.SICK))
                self.absences.add(placement, text_of(day)[0], kind, bool(holiday), note, told_at)
                away = True
                continue
            chance = draw()
            days.append((text_of(day)[0], usual if chance < 0.8 else shorter if chance < 0.9 else parted))
        return days, away

    def timesheet(self, stay: Stay, monday: date, status: str, minutes: int) -> int:
        handed_in = text_of(monday + timedelta(days=4))[1] if status != "draft" else None
        decided = text_of(monday + timedelta(days=5))[1] if status == "approved" else None
        key = self.timesheets.add(
            stay.placement, text_of(monday)[0], status, minutes, handed_in, stay.student[0] if handed_in else None,
            decided, stay.manager[0] if decided else None, 3 if decided else 2 if handed_in else 1,
        )  # fmt: skip
        if self.history:
            label = label_of(Timesheet)
            if handed_in:
                self.events.add(label, key, handed_in, *stay.student, "handed in the week")
            if decided:
                self.events.add(label, key, decided, *stay.manager, "approved the week")
        return key


@cache
def text_of(day: date) -> tuple[str, str]:
    """A day, and its evening as a moment, as the database writes them."""
    return day.isoformat(), f"{day.isoformat()} 17:05:00"


@cache
def free(day: date) -> str:
    """Why nobody works on `day`, or ''."""
    return name_of(day) or ("Closed over Christmas" if is_christmas(day) else "")


def shapes_of(starts, finishes, pause: int):
    """A day's work as agreed, shorter, and in two parts: each a list of (start, finish, break, minutes)."""

    def row(first, last, pause):
        return first.isoformat(), last.isoformat(), pause, minutes_between(first, last) - pause

    after = later(NOON, pause)
    return (
        [row(starts, finishes, pause)],
        [row(starts, later(finishes, -30), pause)],
        [row(starts, NOON, 0), row(after, finishes, 0)],
    )
