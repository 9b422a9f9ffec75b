"""Tells what became of a placement: acts at moments, done in the order of time by the verbs that the pages use."""

from datetime import date, datetime, time, timedelta
from random import Random

from placements.bank_holidays import name_of
from placements.models import PatternDay, Placement
from placements.pattern import write_pattern
from placements.timesheets.away import tell_absence
from placements.timesheets.models import Absence, AbsenceKind, Spell
from portal.history import models as history
from reviews.demo import words
from reviews.demo.agreements import Agreements, departments_of
from reviews.demo.cohort import BY_LINK, Learner, Stay
from reviews.demo.ending import Ended
from reviews.demo.goals import Goals
from reviews.demo.logbook import Logbook
from reviews.demo.meetings import Reviewed
from reviews.demo.moments import SEED, Calendar, at, is_christmas
from reviews.demo.past import Past, PastWeek
from reviews.demo.places import PATTERNS, SHORTER, rota
from reviews.demo.weeks import WEEKS, Content, Week, later
from students.tlevels.models import Approach

NOTES = {
    AbsenceKind.SICK: words.SICK,
    AbsenceKind.HOLIDAY: words.HOLIDAY,
    AbsenceKind.COLLEGE: words.COLLEGE,
    AbsenceKind.OTHER: words.OTHER,
}
TOLD_BEFORE = (AbsenceKind.HOLIDAY, AbsenceKind.COLLEGE)
NOON = time(12)
LONG_DAY = "A delivery came late, so I stayed until it was all unloaded and checked in"


class Acts:
    """What happens, and when. `add` in any order; `run` does it all in the order of time, `past` at last."""

    def __init__(self):
        self.acts, self.past = [], Past()

    def add(self, moment: datetime, do):
        self.acts.append((moment, len(self.acts), do))

    def run(self):
        for moment, _, do in sorted(self.acts, key=lambda act: act[:2]):
            with at(moment):
                do()
        self.past.write()


class Told:
    """One placement of one student of the demo."""

    def __init__(self, acts: Acts, calendar: Calendar, founding, student, learner: Learner, stay: Stay):
        self.acts, self.calendar, self.student, self.learner, self.stay = acts, calendar, student, learner, stay
        self.rng = Random(f"{SEED} {student.user.email} {stay.firm}")
        self.employer = founding.firms[stay.firm]
        self.coordinator, self.tutor = founding.coordinator, student.tutor
        self.manager = None if stay.manager is None else self.employer.demo_managers[stay.manager]
        if self.manager:
            self.manager.acts_by_link = stay.firm in BY_LINK
        self.agreed = {weekday: rest for weekday, *rest in self.pattern()}
        self.work = list(words.SPECIALISM_WORK.get(learner.specialism) or words.WORK[learner.tlevel])
        self.rng.shuffle(self.work)
        self.weeks, self.placement, self.done = {}, None, 0
        weekdays = sorted(self.agreed) or [0, 4]
        self.first_on = calendar.week(stay.begun) + timedelta(days=weekdays[0])
        self.last_on = calendar.week(stay.begun - stay.lasts + 1) + timedelta(days=weekdays[-1])

    def pattern(self):
        if self.stay.pattern == "rota":
            return rota(self.calendar.today.weekday())
        return (PATTERNS | SHORTER).get(self.stay.pattern, [])

    # --- the placement ---

    def tell(self):
        """Add all acts of this placement."""
        when = self.calendar.moment
        self.acts.add(when(self.first_on - timedelta(days=24), time(10, 5)), self.add_placement)
        if self.agreed:
            self.acts.add(when(self.first_on - timedelta(days=20), time(15, 40)), self.agree)
        if not self.stay.is_taster:
            Goals(self).tell()
            Agreements(self).tell()
        if self.stay.begun >= 0:
            self.acts.add(when(self.first_on, time(7, 0), hours_ago=12), lambda: self.placement.start(by=self.tutor))
        for ago in range(self.stay.begun, self.stay.begun - self.stay.lasts, -1):
            self.tell_week(ago)
        Ended(self).tell()
        Logbook(self).tell()
        Reviewed(self).tell()

    def add_placement(self):
        self.placement = Placement(
            kind=Placement.Kind.TASTER if self.stay.is_taster else Placement.Kind.PLACEMENT,
            student=self.student,
            employer=self.employer,
            site=self.employer.demo_sites[self.stay.site],
            manager=self.manager,
            role=self.stay.role,
            departments=departments_of(self.student.user.email),
            first_on=self.first_on,
            last_on=self.last_on,
            pay=self.stay.pay,
        )
        history.save(self.placement, by=self.coordinator)

    def agree(self):
        rows = [
            PatternDay(weekday=weekday, starts=starts, finishes=finishes, break_minutes=pause)
            for weekday, (starts, finishes, pause) in self.agreed.items()
        ]
        write_pattern(self.placement, self.first_on, rows, by=self.tutor)

    # --- a week ---

    def days(self, ago: int) -> list[date]:
        """The agreed days of a week inside the placement."""
        monday = self.calendar.week(ago)
        found = [monday + timedelta(days=weekday) for weekday in sorted(self.agreed)]
        return [day for day in found if self.first_on <= day <= self.last_on]

    def tell_week(self, ago: int):
        days = self.days(ago)
        kind, count = self.stay.away.get(ago, (None, 0))
        away = days[-count:] if count else []
        note = self.rng.choice(NOTES[kind]) if away else ""
        if away and kind in TOLD_BEFORE:
            told_at = self.calendar.moment(days[0] - timedelta(days=self.rng.randint(6, 12)), time(18, 20))
            self.acts.add(
                max(told_at, self.calendar.moment(self.first_on, time(17, 0), hours_ago=11)),
                lambda: tell_absence(self.placement, away, kind=kind, note=note, by=self.student.user),
            )
        ending = self.stay.weeks.get(ago, "approved" if ago > 1 else "waiting" if ago == 1 else "missing")
        if days and ago >= 0 and ending != "missing":
            content = self.content(ago, days, dict.fromkeys(away, (kind, note)), ending)
            if self.acts.past.takes(self, ago, ending):
                self.acts.past.add(PastWeek(self, ago, days, content))
            else:
                WEEKS[ending](Week(self, ago, days, content))

    def content(self, ago: int, days, away, ending) -> Content:
        if ending == "draft":
            days = [day for day in days if day < self.calendar.today][: None if ago == 0 else -1]
        spells, absences = [], []
        for day in days:
            if holiday := name_of(day):
                absences.append(Absence(day=day, kind=AbsenceKind.BANK_HOLIDAY, foreseen=True, note=holiday))
            elif day in away:
                kind, note = away[day]
                absences.append(Absence(day=day, kind=kind, foreseen=kind in TOLD_BEFORE, note=note))
            elif ago > 2 and is_christmas(day) and not self.stay.is_taster:
                absences.append(Absence(day=day, kind=AbsenceKind.HOLIDAY, foreseen=True, note="Closed over Christmas"))
            else:
                spells += self.spells(day, is_remote=day in days[len(days) - self.stay.remote :])
        if ending.endswith("long") and spells:
            last = spells[-1]
            last.starts, last.finishes, last.break_minutes, last.activity = time(7, 30), time(17, 30), 60, LONG_DAY
        return Content(spells, absences)

    def spells(self, day: date, *, is_remote: bool) -> list[Spell]:
        """A day's work: mostly as agreed, now and then a little different, sometimes in two parts."""
        starts, finishes, pause = self.agreed[day.weekday()]
        approach = Approach.REMOTE if is_remote else Approach.TASTER if self.stay.is_taster else Approach.IN_PERSON
        if self.rng.random() < 0.2:
            finishes = later(finishes, self.rng.choice([-30, -15] if self.learner.age < 18 else [-30, -15, 15, 30]))
        if self.rng.random() < 0.1 and not is_remote:
            parts = [(starts, NOON, 0), (later(NOON, pause), finishes, 0)]
        else:
            parts = [(starts, finishes, pause)]
        return [
            Spell(
                day=day,
                starts=starts,
                finishes=finishes,
                break_minutes=pause,
                approach=approach,
                activity=self.next_work(),
            )
            for starts, finishes, pause in parts
        ]

    def next_work(self) -> str:
        self.done += 1
        return self.work[self.done % len(self.work)]
