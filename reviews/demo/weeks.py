"""What may become of a week: from a draft to approved, opened again or taken from paper, by the verbs of the pages."""

from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from placements.timesheets.models import Absence, Spell
from placements.timesheets.week import ensure_saved, find_week, see_flag, write_week
from reviews.demo import words


def later(clock: time, minutes: int) -> time:
    total = clock.hour * 60 + clock.minute + minutes
    return time(*divmod(total, 60))


@dataclass
class Content:
    """A week as `write_week` takes it."""

    spell_rows: list[Spell]
    absence_rows: list[Absence]

    def spells(self):
        return self.spell_rows

    def absences(self):
        return self.absence_rows

    def message(self):
        return ""

    def ending_earlier(self) -> "Content":
        """The same week with the last day ending half an hour earlier."""
        rows = [copy(row) for row in self.spell_rows]
        for row in rows[-1:]:
            row.pk, row.finishes = None, later(row.finishes, -30)
        return Content(rows, self.absence_rows)


class Week:
    """The acts of one week, each at least a few minutes after the one before and none of them in the future."""

    def __init__(self, told, ago: int, days: list[date], content: Content):
        self.told, self.ago, self.days, self.content = told, ago, days, content
        self.timesheet, self.last = None, None
        self.student, self.manager, self.tutor = told.student.user, told.manager, told.tutor

    def act(self, day: date, clock: time, do, *, hours_ago: float):
        moment = self.told.calendar.moment(day, clock, hours_ago=hours_ago)
        self.last = moment if self.last is None else max(moment, self.last + timedelta(minutes=7))
        self.do_at(self.last, do)

    def do_at(self, moment: datetime, do):
        self.told.acts.add(moment, do)

    def write(self, day: date, clock: time, *, by, hours_ago: float, content: Content | None = None):
        def do():
            if self.timesheet is None:
                self.timesheet = ensure_saved(find_week(self.told.placement, monday))
            write_week(self.timesheet, content or self.content, by=by, seen=self.timesheet.version)

        monday = self.told.calendar.week(self.ago)
        self.act(day, clock, do, hours_ago=hours_ago)

    def hand_in(self, *, hours_ago: float, after: int = 0, message: str = ""):
        """Write and hand in on the evening of the last day, or `after` days later."""
        day = self.days[-1] + timedelta(days=after)
        clock = time(self.told.rng.randint(16, 20), self.told.rng.randint(31, 59))
        self.write(day, clock, by=self.student, hours_ago=hours_ago + 0.5)
        self.act(day, clock, lambda: self.timesheet.hand_in(by=self.student, message=message), hours_ago=hours_ago)

    def decide(self, do, *, after: int, hours_ago: float):
        """The manager does something on a working day, `after` days or a little more after the last act."""
        day = timezone.localdate(self.last) + timedelta(days=after)
        day += timedelta(days=max(7 - day.weekday(), 0) if day.weekday() > 4 else 0)
        self.act(day, time(self.told.rng.randint(8, 15), self.told.rng.randint(0, 59)), do, hours_ago=hours_ago)

    def approve(self, *, after: int = 1, hours_ago: float = 2):
        self.decide(lambda: self.timesheet.approve(by=self.manager), after=after, hours_ago=hours_ago)

    def send_back(self, reason: str, day: date | None = None, *, hours_ago: float):
        self.decide(
            lambda: self.timesheet.send_back(by=self.manager, reason=reason, day=day), after=1, hours_ago=hours_ago
        )

    # --- what may become of a week ---

    def approved(self):
        self.hand_in(hours_ago=5, after=self.told.rng.choice([0, 0, 0, 1, 2]))
        self.approve(after=self.told.rng.choice([0, 1, 1, 2, 3]))

    def waiting(self):
        """Handed in; the last week not long ago, whichever day it is today."""
        rng, calendar, after = self.told.rng, self.told.calendar, 0
        if self.ago == 1:
            lately = calendar.today - timedelta(days=rng.randint(1, 3))
            midweek = calendar.monday + timedelta(days=rng.randint(1, 2))
            after = max((min(lately, midweek) - self.days[-1]).days, 0)
        elif self.ago > 1:
            after = 7 - self.days[-1].weekday() + rng.randint(0, 1)
        message = rng.choice(words.MESSAGES) if rng.random() < 0.25 else ""
        self.hand_in(hours_ago=rng.randint(3, 9), after=after, message=message)

    def draft(self):
        day = self.content.spell_rows[-1].day if self.content.spell_rows else self.days[0]
        self.write(day, time(17, 10), by=self.student, hours_ago=1)

    def sent_back(self):
        self.hand_in(hours_ago=30)
        self.send_back(self.told.rng.choice(words.SENT_BACK[1:]), hours_ago=25)

    def asked(self):
        worked = self.content.spell_rows[-1].day if self.content.spell_rows else None
        self.hand_in(hours_ago=30)
        self.send_back(words.SENT_BACK[0], worked, hours_ago=25)

    def corrected(self):
        """Sent back, mended the same evening, approved."""
        self.sent_back()
        day = timezone.localdate(self.last)
        self.write(day, time(18, 30), by=self.student, hours_ago=20, content=self.content.ending_earlier())
        mended = words.CORRECTED
        self.act(day, time(18, 40), lambda: self.timesheet.hand_in(by=self.student, message=mended), hours_ago=19)
        self.approve()

    def reopened(self):
        self.approved()
        self.act(
            timezone.localdate(self.last) + timedelta(days=4),
            time(9, 20),
            lambda: self.timesheet.reopen(by=self.tutor, reason=self.told.rng.choice(words.REOPENED)),
            hours_ago=2,
        )

    def recalled(self):
        self.hand_in(hours_ago=20)
        self.act(self.days[-1], time(21, 30), lambda: self.timesheet.recall(by=self.student), hours_ago=18)
        self.hand_in(hours_ago=10, after=1)
        self.approve()

    def paper(self):
        """The tutor writes down what came on paper, and that it was signed."""
        day = self.days[-1] + timedelta(days=3)
        self.write(day, time(11, 5), by=self.tutor, hours_ago=6)
        self.act(day, time(11, 6), lambda: self.timesheet.hand_in(by=self.tutor), hours_ago=5.5)
        signed_by = self.manager.name
        self.act(
            day,
            time(11, 7),
            lambda: self.timesheet.approve_from_paper(by=self.tutor, signed_by=signed_by),
            hours_ago=5,
        )

    def seen_long(self):
        """A day that was too long; the tutor has looked into it."""
        self.hand_in(hours_ago=30)

        def look():
            for flag in self.timesheet.flags.all():
                see_flag(flag, by=self.tutor, note=words.FLAG_NOTES[0])

        self.act(self.days[-1] + timedelta(days=3), time(9, 15), look, hours_ago=20)
        self.approve()


WEEKS = {
    "approved": Week.approved,
    "waiting": Week.waiting,
    "long": Week.waiting,
    "seen long": Week.seen_long,
    "draft": Week.draft,
    "sent back": Week.sent_back,
    "asked": Week.asked,
    "corrected": Week.corrected,
    "reopened": Week.reopened,
    "recalled": Week.recalled,
    "paper": Week.paper,
}
