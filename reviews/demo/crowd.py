"""Students by the thousand, each in the middle of a believable placement, written in bulk."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import transaction

from employers.models import Employer, LineManager, Site
from placements.models import PatternDay, Placement
from portal.demo.people import PASSWORD
from portal.identifiers import is_uln
from portal.people.models import Membership, Provider, Role, User
from reviews.demo.crowd_weeks import CrowdWeeks, Stay, text
from reviews.demo.moments import SEED, Calendar
from reviews.demo.names import FIRST, LAST, TRADES
from reviews.demo.places import PATTERNS
from reviews.demo.pouring import Pourer, reset_sequences
from students.models import Student
from students.tlevels.models import TLevel, academic_year

CHUNK = 500
PER_FIRM = 12


class Crowd:
    """Adds students to one provider. `days`: how many days of work their placements have so far, from and to."""

    def __init__(self, provider: Provider, *, domain: str, days: tuple[int, int], per_tutor: int, history: bool):
        self.provider, self.domain, self.days, self.per_tutor = provider, domain, days, per_tutor
        self.calendar, self.rng = Calendar(), Random(f"{SEED} {provider.ukprn}")
        self.password, self.now = make_password(PASSWORD), text(self.calendar.now)
        self.numbers, self.ulns = count(1), ulns(10_000_000 * (10 + provider.pk))
        self.tlevels = list(TLevel.objects.filter(title__in=TRADES))
        self.entry_year = academic_year(self.calendar.week(52))
        self.users = Pourer(User, "password", "last_login", "email", "first_name", "last_name", "joined_at")
        self.memberships = Pourer(Membership, "user", "provider", "role")
        self.employers = Pourer(Employer, "provider", "name", "sector", "town", "phone")
        self.sites = Pourer(Site, "employer", "name", "town")
        self.managers = Pourer(LineManager, "employer", "user", "job_title")
        self.students = Pourer(Student, "provider", "user", "uln", "born_on", "tlevel", "entry_year", "tutor")
        self.placements = Pourer(
            Placement, "kind", "provider", "student", "employer", "site", "manager", "role", "first_on", "last_on",
            "status", "ended_because",
        )  # fmt: skip
        self.pattern_days = Pourer(
            PatternDay, "placement", "valid_from", "weekday", "starts", "finishes", "break_minutes"
        )
        self.weeks = CrowdWeeks(self.calendar, self.rng, history=history)
        self.pourers = [
            self.users, self.memberships, self.employers, self.sites, self.managers, self.students, self.placements,
            self.pattern_days, *self.weeks.pourers,
        ]  # fmt: skip

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
                keys.append(self.student(tutor[0], *firm))
            with transaction.atomic():
                for pourer in self.pourers:
                    pourer.pour()
            tell(len(keys), sum(pourer.poured for pourer in self.pourers))
        reset_sequences(self.pourers)
        return keys

    def person(self, role: str, name: str = "") -> tuple[int, str]:
        """A person with a desk, as (key of the User, name); `name` is that of the e-mail address."""
        first, last = self.rng.choice(FIRST), self.rng.choice(LAST)
        email = f"{name or f'{role}{next(self.numbers)}'}@{self.domain}"
        user = self.users.add(self.password, self.now, email, first, last, self.now)
        self.memberships.add(user, self.provider.pk, role)
        return user, f"{first} {last}"

    def firm(self):
        """An employer with a site and a manager, as (T Level, employer, site, manager)."""
        tlevel, number = self.rng.choice(self.tlevels), next(self.numbers)
        sector, trade = TRADES[tlevel.title]
        name, phone = f"{self.rng.choice(LAST)} {trade} {number}", f"01632 960{number % 1000:03d}"
        employer = self.employers.add(self.provider.pk, name, sector, "Northfield", phone)
        site = self.sites.add(employer, "Main site", "Northfield")
        manager = self.person(Role.MANAGER)
        self.managers.add(employer, manager[0], "Manager")
        return tlevel, employer, site, manager

    def student(self, tutor: int, tlevel: TLevel, employer: int, site: int, manager: tuple[int, str]) -> int:
        """A student with a placement and all its weeks; returns the key."""
        rng, calendar = self.rng, self.calendar
        user = self.person(Role.STUDENT)
        born_on = calendar.today - timedelta(days=rng.randint(17 * 365 + 100, 19 * 365))
        student = self.students.add(
            self.provider.pk, user[0], next(self.ulns), born_on.isoformat(), tlevel.pk, self.entry_year, tutor
        )
        pattern = PATTERNS[rng.choice(list(PATTERNS))]
        lasts = rng.randint(*self.days) // len(pattern) + 1
        begun = lasts + rng.randint(0, 4) if rng.random() < 0.15 else rng.randint(max(lasts * 2 // 3, 1), lasts)
        has_ended = begun > lasts
        more = 0 if has_ended else rng.randint(1, 12)
        first_on = calendar.week(begun) + timedelta(days=pattern[0][0])
        last_on = calendar.week(begun - lasts - more + 1) + timedelta(days=pattern[-1][0])
        placement = self.placements.add(
            Placement.Kind.PLACEMENT.value, self.provider.pk, student, employer, site, manager[0], "Trainee",
            first_on.isoformat(), last_on.isoformat(), "ended" if has_ended else "active",
            "All agreed weeks were worked." if has_ended else "",
        )  # fmt: skip
        for weekday, starts, finishes, pause in pattern:
            self.pattern_days.add(
                placement, first_on.isoformat(), weekday, starts.isoformat(), finishes.isoformat(), pause
            )
        self.weeks.write(Stay(placement, tlevel.title, pattern, begun, lasts, user, manager))
        return student


def ulns(stem: int):
    """ULNs with right check digits, each once, from a nine-digit stem on."""
    for number in count(stem):
        for last in "0123456789":
            if is_uln(f"{number}{last}"):
                yield f"{number}{last}"
                break
