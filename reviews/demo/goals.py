"""Learning goals of the demo: written from the library, agreed by link or in person, some changed after the start."""

from datetime import time, timedelta

from placements.goals import writing
from placements.goals.models import LibraryGoal
from portal.asks.models import Ask
from reviews.demo.cohort import BY_LINK
from reviews.demo.goals_words import CHANGED, GOALS, SPECIALISM_GOALS
from students.tlevels.models import TLevel

CHANGED_AFTER = 5  # weeks
WAITING_DAYS = 2


def fill_library(founding):
    """The library of a provider: what its tutors begin with."""
    tlevels = {tlevel.title: tlevel for tlevel in TLevel.objects.all()}
    LibraryGoal.objects.bulk_create(
        LibraryGoal(provider=founding.provider, tlevel=tlevels[title], wording=wording)
        for title, wordings in GOALS.items()
        for wording in wordings
    )


class Goals:
    """The goals of one told placement (reviews.demo.telling.Told)."""

    def __init__(self, told):
        self.told, self.manager, self.tutor = told, told.manager, told.tutor
        self.wordings = SPECIALISM_GOALS.get(told.learner.specialism) or GOALS[told.learner.tlevel]

    def tell(self):
        """Written eighteen days before the start; nothing of it where no line manager is named."""
        if self.manager is None or not self.told.agreed:
            return
        self.before(18, time(11, 20), self.write)
        self.before(16, time(9, 40), self.agree)
        email = self.told.student.user.email
        if email in CHANGED and not self.told.stay.ended:
            self.tell_change(*CHANGED[email], waits=email != "student@demo.test")

    def before(self, days: int, clock: time, do):
        """Do something so many days before the first day."""
        day = self.told.first_on - timedelta(days=days)
        self.told.acts.add(self.told.calendar.moment(day, clock), do)

    def write(self):
        placement = self.told.placement
        writing.write_goals(placement, [(None, wording) for wording in self.wordings], by=self.tutor)
        if self.told.stay.firm in BY_LINK:
            writing.send_goals(placement, by=self.tutor)

    def agree(self):
        placement = self.told.placement
        if self.told.stay.firm not in BY_LINK:
            on = self.told.first_on - timedelta(days=17)
            writing.record_agreed_in_person(placement, min(on, self.told.calendar.today), by=self.tutor)
            return
        seen = writing.fingerprint(placement.goals.current())
        found = Ask.objects.about(placement).open().filter(kind=writing.KIND, to=self.manager).first()
        writing.agree_to_goals(placement, name=self.manager.name, by=self.manager, seen=seen, found=found)

    def tell_change(self, number: int, wording: str, *, waits: bool):
        """One goal in other words; the line manager agrees two days later, or has not answered yet."""
        calendar = self.told.calendar
        day = calendar.today - timedelta(days=WAITING_DAYS)
        if not waits:
            day = self.told.first_on + timedelta(weeks=CHANGED_AFTER)
        self.told.acts.add(calendar.moment(day, time(13, 15), hours_ago=30), lambda: self.change(number, wording))
        if not waits:
            self.told.acts.add(calendar.moment(day + timedelta(days=2), time(8, 50), hours_ago=20), self.agree)

    def change(self, number: int, wording: str):
        placement = self.told.placement
        goals = writing.current_goals(placement)
        rows = [(goal.pk, wording if goal.number == number else goal.wording) for goal in goals]
        writing.write_goals(placement, rows, by=self.tutor)
        writing.send_goals(placement, by=self.tutor)
