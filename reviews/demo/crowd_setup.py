"""What is settled around the placements of a crowd, written in bulk: checks, agreements, before day one, inductions."""

from dataclasses import astuple, dataclass
from datetime import date, timedelta
from random import Random

from django.db import connection
from django.db.models import Q

from employers.checks.models import Check, CheckKind
from employers.checks.models.kind import Needed
from employers.models import Employer
from placements.agreements.agreeing import text_of
from placements.agreements.filling import facts_of, filled
from placements.agreements.models import Agreement, Answer, Party
from placements.arrangements.models import FirstDay
from placements.checklists.models import Checklist, Point, Tick
from placements.goals.models import LearningGoal
from placements.induction.due import third_day
from placements.induction.models import Induction
from placements.models import PatternDay, Placement
from placements.pattern import Pattern
from portal.people.models import Provider, Role, User
from reviews.demo.checks import NOTES
from reviews.demo.crowd_weeks import text_of as texts
from reviews.demo.moments import Calendar
from reviews.demo.pouring import Pourer

MADE_BEFORE, AGREED_BEFORE, ARRANGED_BEFORE = 14, 12, 3  # days before the first one
CHECKED = (100, 290)  # days ago; checks hold for a year
LAPSES_SOON, LAPSED = 0.1, 0.03  # of the employers
NOT_CONFIRMED = 0.04  # of the inductions that are due
GO_TO = ["The front desk; sign in there and ask for a badge.", "The side entrance, where the bell is.", "Reception."]
BRING = ["Tidy clothes, closed shoes, and something to write.", "Work clothes, sturdy shoes, and your lunch."]


@dataclass(frozen=True)
class People:
    """Who has to do with a placement, each as (key, name)."""

    student: tuple[int, str]
    tutor: tuple[int, str]
    manager: tuple[int, str]


class CrowdSetup:
    """Writes what stands around the placements of one provider's crowd."""

    def __init__(self, provider: Provider, calendar: Calendar, rng: Random):
        self.provider, self.calendar, self.rng = provider, calendar, rng
        office = provider.memberships.filter(role=Role.COORDINATOR).select_related("user").order_by("pk").first()
        self.office = office.user.name
        self.kinds = list(CheckKind.objects.in_use().filter(provider=provider).exclude(needed=Needed.ADVICE))
        self.text = text_of(provider)
        self.points = list(
            Point.objects.current().filter(Q(provider=None) | Q(provider=provider), employer=None).order_by("pk")
        )
        self.checks = Pourer(
            Check, "employer", "site", "kind", "wording", "checked_on", "checked_by", "expires_on", "note", "made_at"
        )
        self.agreements = Pourer(Agreement, "placement", "version", "text", "facts", "made_at", "made_by")
        self.answers = Pourer(Answer, "agreement", "party", "agreed", "name", "way", "at", "by")
        self.first_days = Pourer(FirstDay, "placement", "ask_for", "go_to", "wear_and_bring", "phone")
        self.ticks = Pourer(Tick, "placement", "point", "wording", "at", "by", "by_name")
        self.inductions = Pourer(
            Induction, "placement", "status", "handed_over_at", "decided_at", "decided_by", "done_on", "third_day_on",
            "version",
        )  # fmt: skip
        self.pourers = [
            self.checks, self.agreements, self.answers, self.first_days, self.ticks, self.inductions
        ]  # fmt: skip

    def check(self, employer: Employer, site: int, manager: str):
        """All checks that a placement needs: they hold for months with most employers, of a few one lapses, or has."""
        today, draw = self.calendar.today, self.rng.random()
        late = self.rng.choice(self.kinds)
        for kind in self.kinds:
            on = today - timedelta(days=self.rng.randint(*CHECKED))
            until = on + timedelta(days=365)
            if kind is late and draw < LAPSES_SOON:
                until = today + timedelta(days=self.rng.randint(-9, -1) if draw < LAPSED else self.rng.randint(3, 30))
            note = NOTES.get(kind.slug, "").format(
                manager=manager, phone=employer.phone, number=f"EL {40_000 + employer.pk}"
            )
            self.checks.add(
                employer.pk, site if kind.is_per_site else None, kind.pk, kind.title, on.isoformat(),
                manager if kind.from_employer else self.office, until.isoformat() if kind.expires else None, note,
                texts(on)[1],
            )  # fmt: skip

    def settle(self, placement: Placement, pattern, wordings: list[str], people: People):
        """Everything up to the induction, as far as its day has come; without goals nothing is agreed.

        `placement` is not stored, but has its key and all that an agreement names, but for the people.
        """
        placement.student.user, placement.student.tutor, placement.manager = map(named, astuple(people))
        days = [PatternDay(weekday=day, starts=starts, finishes=finishes, break_minutes=pause)
                for day, starts, finishes, pause in pattern]  # fmt: skip
        placement.pattern = Pattern.of([(placement.first_on, days)])
        today, first_on = self.calendar.today, placement.first_on
        if wordings and first_on - timedelta(days=AGREED_BEFORE) < today:
            self.agree(placement, wordings, people)
        if first_on - timedelta(days=ARRANGED_BEFORE) < today:
            self.arrange(placement, people)
        if placement.status != Placement.Status.PLANNED:
            self.induct(placement, people)

    def agree(self, placement: Placement, wordings: list[str], people: People):
        """Made by the tutor, agreed to within two days."""
        first_on = placement.first_on
        made_on = first_on - timedelta(days=MADE_BEFORE)
        goals = [LearningGoal(wording=wording) for wording in wordings]
        words = filled(self.text.text.replace("{date}", f"{made_on:%-d %B %Y}"), placement, goals)
        facts = Agreement._meta.get_field("facts").get_db_prep_save(facts_of(placement, goals), connection)
        agreement = self.agreements.add(
            placement.pk, self.text.version, words, facts, texts(made_on)[1], people.tutor[0]
        )
        for party, (key, name), way, days in (
            (Party.PROVIDER, people.tutor, "portal", MADE_BEFORE),
            (Party.STUDENT, people.student, "portal", AGREED_BEFORE + 1),
            (Party.EMPLOYER, people.manager, "link", AGREED_BEFORE),
        ):
            self.answers.add(agreement, party.value, True, name, way, texts(first_on - timedelta(days=days))[1], key)

    def arrange(self, placement: Placement, people: People):
        """The card of the first day, and the eight points that the student ticks before it."""
        ask_for = f"{people.manager[1]}, your line manager"
        self.first_days.add(
            placement.pk, ask_for, self.rng.choice(GO_TO), self.rng.choice(BRING), placement.employer.phone
        )
        self.tick(placement, Checklist.ARRANGEMENTS, placement.first_on - timedelta(days=ARRANGED_BEFORE), people)

    def induct(self, placement: Placement, people: People):
        """On the third day of work; the line manager has confirmed nearly all that are over."""
        third = third_day(placement, set(), set())
        is_due = third is not None and third < self.calendar.today
        is_done = is_due and self.rng.random() > NOT_CONFIRMED
        stamp = texts(third)[1] if is_due else None
        self.inductions.add(
            placement.pk, "confirmed" if is_done else "handed_over" if is_due else "open", stamp,
            stamp if is_done else None, people.manager[0] if is_done else None,
            third.isoformat() if is_done else None, third.isoformat() if third else None,
            2 if is_done else 1 if is_due else 0,
        )  # fmt: skip
        if is_due:
            self.tick(placement, Checklist.INDUCTION, third, people)

    def tick(self, placement: Placement, checklist: str, on: date, people: People):
        tlevel, (key, name) = placement.student.tlevel_id, people.student
        for point in self.points:
            if point.list == checklist and point.tlevel_id in (None, tlevel):
                self.ticks.add(placement.pk, point.pk, point.wording, texts(on)[1], key, name)


def named(person: tuple[int, str]) -> User:
    """A person as an agreement names them."""
    key, name = person
    return User(pk=key, first_name=name)
