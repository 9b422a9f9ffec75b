"""Agreements, adjustments and changes of the demo, by the functions that the pages use."""

from datetime import time, timedelta

from placements.agreements import agreeing
from placements.models import Placement
from placements.setup import adjustments
from placements.setup.dates import store_with_dates
from placements.setup.later import change_from
from portal.asks.models import Ask
from reviews.demo.goals_words import ADJUSTMENTS, DEPARTMENTS

UNSIGNED = "aisha.bello@other.test"  # her agreement waits for the line manager
EXTENDED = "ellie.norton@demo.test"  # hers has a later last day, and is asked for anew
MOVING = "sofia.rossi@demo.test"  # works at another site from next month on


class Agreements:
    """The agreement of one told placement (reviews.demo.telling.Told), and what is set up beside it."""

    def __init__(self, told):
        self.told, self.manager, self.tutor, self.student = told, told.manager, told.tutor, told.student.user
        self.email, self.agreement = self.student.email, None

    def tell(self):
        """Made a fortnight before the start, agreed within days; nothing where no line manager is named."""
        if self.manager is None or not self.told.agreed:
            return
        first_on = self.told.first_on
        self.at(first_on - timedelta(days=14), time(10, 30), self.make)
        self.at(first_on - timedelta(days=14), time(10, 35), lambda: self.answer("provider", self.tutor))
        self.at(first_on - timedelta(days=13), time(17, 10), lambda: self.answer("student", self.student))
        if self.email != UNSIGNED:
            self.at(first_on - timedelta(days=12), time(8, 25), self.answer_by_link)
        if self.email in ADJUSTMENTS:
            self.at(first_on - timedelta(days=11), time(12, 45), self.adjust)
        if self.email == EXTENDED and not self.told.stay.ended:
            self.at(self.told.calendar.today - timedelta(days=3), time(14, 0), self.extend)
        if self.email == MOVING:
            self.at(self.told.calendar.today - timedelta(days=4), time(9, 15), self.plan_to_move)

    def at(self, day, clock: time, do):
        self.told.acts.add(self.told.calendar.moment(day, clock), do)

    def placement(self) -> Placement:
        return Placement.objects.with_people().get(pk=self.told.placement.pk)

    def make(self):
        self.agreement = agreeing.make_agreement(self.told.placement, by=self.tutor)

    def answer(self, party: str, person, way: str = "portal", found: Ask | None = None):
        details = {"name": person.name, "by": person, "way": way, "found": found}
        agreeing.give_answer(self.agreement, party, agreed=True, **details)

    def answer_by_link(self):
        found = Ask.objects.about(self.agreement).open().filter(kind=agreeing.EMPLOYER).first()
        self.answer("employer", self.manager, "link", found)

    def adjust(self):
        """Words about adjustments; released by the student, or waiting for that."""
        words, is_released = ADJUSTMENTS[self.email]
        row = adjustments.write_adjustment(self.placement(), words, by=self.tutor)
        if is_released:
            adjustments.release(row, by=self.student)

    def extend(self):
        """Two weeks more; the agreement is asked for anew and waits for the line manager."""
        placement = self.placement()
        placement.last_on += timedelta(weeks=2)
        store_with_dates(placement, seen=placement.version, by=self.tutor)
        self.told.placement.refresh_from_db()
        self.make()
        self.answer("provider", self.tutor)
        self.answer("student", self.student)

    def plan_to_move(self):
        next_month = (self.told.calendar.today.replace(day=1) + timedelta(days=32)).replace(day=1)
        placement = self.placement()
        site = next(site for site in self.told.employer.demo_sites if site != placement.site)
        if next_month <= placement.last_on:
            change_from(placement, "site", site, next_month, by=self.tutor)


def departments_of(learner_email: str) -> str:
    """The departments that the tutor has written down; '' for most."""
    return DEPARTMENTS.get(learner_email, "")
