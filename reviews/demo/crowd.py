"""Students by the thousand, each somewhere on the way of a believable placement, written in bulk."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.db import transaction

from employers.models import Employer, LineManager, Site
from placements.goals.models import LearningGoal
from placements.models import PatternDay, Placement
from portal.demo.people import PASSWORD
from portal.identifiers import UNKNOWN_ERN, is_ern, is_uln
from portal.people.models import Membership, Provider, Role, User
from reviews.demo.crowd_names import Names
from reviews.demo.crowd_setup import CrowdSetup, People
from reviews.demo.crowd_weeks import CrowdWeeks, Stay, text, text_of
from reviews.demo.crowd_year import Span, final_year, first_year
from reviews.demo.founding import valid_number
from reviews.demo.goals_words import GOALS
from reviews.demo.moments import SEED, Calendar
from reviews.demo.names import JOBS, ROLES, TOWNS, TRADES
from reviews.demo.places import PATTERNS
from reviews.demo.pouring import Pourer, reset_sequences
from students.models import Student
from students.tlevels.models import Specialism, TLevel, academic_year

CHUNK = 500
PER_FIRM = 12
LACK_GOALS, LACK_ERN = 0.03, 0.05
BEGINNERS = 1 / 3  # in their first year


class Firm(NamedTuple):
    """An employer for students of one T Level, as it was written, with its key; `manager` is (key, name)."""

    tlevel: TLevel
    employer: Employer
    site: Site
    manager: tuple[int, str]


class Crowd:
    """Adds students to one provider.

    `days`: how many days of work all of their placements have so far, from and to, for benchmarks. Without it some have
    no placement, and the others are somewhere in their two years (reviews.demo.crowd_year), with all that is settled
    around a placement (reviews.demo.crowd_setup).
    """

    def __init__(
        self, provider: Provider, *, domain: str, per_tutor: int, history: bool, days: tuple[int, int] | None = None
    ):
        self.provider, self.domain, self.days, self.per_tutor = provider, domain, days, per_tutor
        self.calendar, self.rng = Calendar(), Random(f"{SEED} {provider.ukprn}")
        self.password, self.now = make_password(PASSWORD), text(self.calendar.now)
        self.names, self.ulns = Names(self.rng), ulns(10_000_000 * (10 + provider.pk))
        self.tlevels = list(TLevel.objects.filter(title__in=TRADES))
        self.specialisms = {row.tlevel_id: row for row in Specialism.objects.filter(title="Assisting Teaching")}
        self.final, self.first = (academic_year(self.calendar.week(ago)) for ago in (52, 0))
        self.weeks_of_first = (self.calendar.monday - date(int(self.first[:4]), 9, 1)).days // 7
        self.users = Pourer(User, "password", "last_login", "email", "first_name", "last_name", "joined_at")
        self.memberships = Pourer(Membership, "user", "provider", "role")
        self.employers = Pourer(Employer, "provider", "name", "ern", "sector", "town", "phone")
        self.sites = Pourer(Site, "employer", "name", "town")
        self.managers = Pourer(LineManager, "employer", "user", "job_title")
        self.students = Pourer(
            Student, "provider", "user", "uln", "born_on", "tlevel", "specialism", "entry_year", "tutor"
        )
        self.placements = Pourer(
            Placement, "kind", "provider", "student", "employer", "site", "manager", "role", "first_on", "last_on",
            "status", "ended_because",
        )  # fmt: skip
        self.pattern_days = Pourer(
            PatternDay, "placement", "valid_from", "weekday", "starts", "finishes", "break_minutes"
        )
        self.goals = Pourer(
            LearningGoal, "placement", "number", "wording", "written_at", "tutor_agreed_at", "tutor_agreed_name",
            "manager_agreed_at", "manager_agreed_name",
        )  # fmt: skip
        self.weeks = CrowdWeeks(self.calendar, self.rng, history=history)
        self.pourers = [
            self.users, self.memberships, self.employers, self.sites, self.managers, self.students, self.placements,
            self.pattern_days, self.goals, *self.weeks.pourers,
        ]  # fmt: skip
        if days is None:
            self.setup = CrowdSetup(provider, self.calendar, self.rng)
            self.pourers += self.setup.pourers

    def make(self, students: int, *, tell: Callable[[int, int], None] = lambda students, rows: None) -> list[int]:
        """Make so many students. `tell` hears now and then how many students and rows there are. Returns their keys.

        Their totals are for the caller to rebuild (placements.hours.totals).
        """
        keys = []
        for start in range(0, students, CHUNK):
            for number in range(start, min(start + CHUNK, students)):
                if number % self.per_tutor == 0:
                    tutor = self.person(Role.TUTOR, "tutor" if number == 0 else "")
                if number % PER_FIRM == 0:
                    firm = self.firm()
                keys.append(self.student(tutor, firm))
            with transaction.atomic():
                for pourer in self.pourers:
                    pourer.pour()
            tell(len(keys), sum(pourer.poured for pourer in self.pourers))
        reset_sequences(self.pourers)
        return keys

    def person(self, role: str, name: str = "") -> tuple[int, str]:
        """A person with a desk, as (key of the User, name); `name` is that of the e-mail address."""
        first, last, own = self.names.of_a_person()
        user = self.users.add(self.password, self.now, f"{name or own}@{self.domain}", first, last, self.now)
        self.memberships.add(user, self.provider.pk, role)
        return user, f"{first} {last}"

    def firm(self) -> Firm:
        """An employer with a site, a manager, and what was checked there."""
        tlevel, town = self.rng.choice(self.tlevels), self.rng.choice(TOWNS)
        sector, trade = TRADES[tlevel.title]
        employer = Employer(
            name=self.names.of_a_firm(trade), phone=f"01632 960{self.rng.randint(500, 999)}", town=town, sector=sector
        )
        ern = valid_number(self.rng, 9, is_ern) if self.rng.random() > LACK_ERN else UNKNOWN_ERN
        employer.pk = self.employers.add(self.provider.pk, employer.name, ern, sector, town, employer.phone)
        site = Site(name="Main site", town=town)
        site.pk = self.sites.add(employer.pk, site.name, town)
        manager = self.person(Role.MANAGER)
        self.managers.add(employer.pk, manager[0], self.rng.choice(JOBS))
        if self.days is None:
            self.setup.check(employer, site.pk, manager[1])
        return Firm(tlevel, employer, site, manager)

    def student(self, tutor: tuple[int, str], firm: Firm) -> int:
        """A student, for most with a placement and all its weeks; returns the key."""
        user, tlevel = self.person(Role.STUDENT), firm.tlevel
        specialism = self.specialisms.get(tlevel.pk)
        is_beginner = self.days is None and self.rng.random() < BEGINNERS
        age = self.rng.randint(17 * 365 + 100, 19 * 365) - 365 * is_beginner
        student = self.students.add(
            self.provider.pk, user[0], next(self.ulns), (self.calendar.today - timedelta(days=age)).isoformat(),
            tlevel.pk, specialism and specialism.pk, self.first if is_beginner else self.final, tutor[0],
        )  # fmt: skip
        if self.days:
            self.placement(student, user, firm, *self.so_many_days())
        elif span := first_year(self.rng, self.weeks_of_first) if is_beginner else final_year(self.rng):
            placement = self.placement(student, user, firm, span)
            has_goals = span.is_planned or self.rng.random() > LACK_GOALS
            wordings = GOALS[tlevel.title] if has_goals else []
            self.agree_goals(placement, wordings, tutor[1], firm.manager[1])
            placement.student = Student(tlevel=tlevel, specialism=specialism)
            self.setup.settle(placement, span.pattern, wordings, People(user, tutor, firm.manager))
        return student

    def so_many_days(self) -> tuple[Span, int]:
        """A placement with so many days of work so far, and how many more weeks are agreed."""
        rng, pattern = self.rng, PATTERNS[self.rng.choice(list(PATTERNS))]
        lasts = rng.randint(*self.days) // len(pattern) + 1
        begun = lasts + rng.randint(0, 4) if rng.random() < 0.15 else rng.randint(max(lasts * 2 // 3, 1), lasts)
        return Span(pattern, begun, lasts), 0 if begun > lasts else rng.randint(1, 12)

    def placement(self, student: int, user: tuple[int, str], firm: Firm, span: Span, more: int = 0) -> Placement:
        """A placement with its weeks, as it was written: with its key, and all that an agreement names."""
        pattern, begun, lasts, why = span
        first_on = self.calendar.week(begun) + timedelta(days=pattern[0][0])
        last_on = self.calendar.week(begun - lasts - more + 1) + timedelta(days=pattern[-1][0])
        placement = Placement(
            provider=self.provider, employer=firm.employer, site=firm.site,
            role=self.rng.choice(ROLES[firm.tlevel.title]), first_on=first_on, last_on=last_on, status=span.status,
        )  # fmt: skip
        placement.pk = self.placements.add(
            Placement.Kind.PLACEMENT.value, self.provider.pk, student, firm.employer.pk, firm.site.pk, firm.manager[0],
            placement.role, first_on.isoformat(), last_on.isoformat(), placement.status.value,
            why if span.has_ended else "",
        )  # fmt: skip
        for weekday, starts, finishes, pause in pattern:
            self.pattern_days.add(
                placement.pk, first_on.isoformat(), weekday, starts.isoformat(), finishes.isoformat(), pause
            )
        self.weeks.write(Stay(placement.pk, firm.tlevel.title, pattern, begun, lasts, user, firm.manager))
        return placement

    def agree_goals(self, placement: Placement, wordings: list[str], tutor: str, manager: str):
        """Goals that were agreed a fortnight before the start, where that day has come."""
        written_on, agreed_on = (placement.first_on - timedelta(days=days) for days in (16, 14))
        if agreed_on >= self.calendar.today:
            return
        written, agreed = text_of(written_on)[1], text_of(agreed_on)[1]
        for number, wording in enumerate(wordings, 1):
            self.goals.add(placement.pk, number, wording, written, written, tutor, agreed, manager)


def ulns(stem: int):
    """ULNs with right check digits, each once, from a nine-digit stem on."""
    for number in count(stem):
        for last in "0123456789":
            if is_uln(f"{number}{last}"):
                yield f"{number}{last}"
                break
