"""Students by the thousand, each somewhere on the way of a believable placement, written in bulk."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import transaction

from employers.models import Employer, LineManager, Site
from placements.goals.models import LearningGoal
from placements.models import PatternDay, Placement
from portal.demo.people import PASSWORD
from portal.identifiers import is_uln
from portal.people.models import Membership, Provider, Role, User
from reviews.demo.crowd_weeks import CrowdWeeks, Stay, text, text_of
from reviews.demo.crowd_year import Span, somewhere_in_the_year
from reviews.demo.goals_words import GOALS
from reviews.demo.moments import SEED, Calendar
from reviews.demo.names import FIRST, LAST, TRADES
from reviews.demo.places import PATTERNS
from reviews.demo.pouring import Pourer, reset_sequences
from students.models import Student
from students.tlevels.models import Specialism, TLevel, academic_year

CHUNK = 500
PER_FIRM = 12
LACK_GOALS = 0.03


class Crowd:
    """Adds students to one provider.

    `days`: how many days of work all of their placements have so far, from and to, for benchmarks. Without it some have
    no placement, and the others are somewhere in their year, with goals that were agreed (reviews.demo.crowd_year).
    """

    def __init__(
        self, provider: Provider, *, domain: str, per_tutor: int, history: bool, days: tuple[int, int] | None = None
    ):
        self.provider, self.domain, self.days, self.per_tutor = provider, domain, days, per_tutor
        self.calendar, self.rng = Calendar(), Random(f"{SEED} {provider.ukprn}")
        self.password, self.now = make_password(PASSWORD), text(self.calendar.now)
        self.numbers, self.ulns = count(1), ulns(10_000_000 * (10 + provider.pk))
        self.tlevels = list(TLevel.objects.filter(title__in=TRADES))
        self.specialisms = dict(Specialism.objects.filter(title="Assisting Teaching").values_list("tlevel", "pk"))
        self.entry_year = academic_year(self.calendar.week(52))
        self.users = Pourer(User, "password", "last_login", "email", "first_name", "last_name", "joined_at")
        self.memberships = Pourer(Membership, "user", "provider", "role")
        self.employers = Pourer(Employer, "provider", "name", "sector", "town", "phone")
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
                keys.append(self.student(tutor, *firm))
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

    def student(
        self, tutor: tuple[int, str], tlevel: TLevel, employer: int, site: int, manager: tuple[int, str]
    ) -> int:
        """A student with a placement and all its weeks; returns the key."""
        user = self.person(Role.STUDENT)
        born_on = self.calendar.today - timedelta(days=self.rng.randint(17 * 365 + 100, 19 * 365))
        student = self.students.add(
            self.provider.pk, user[0], next(self.ulns), born_on.isoformat(), tlevel.pk,
            self.specialisms.get(tlevel.pk), self.entry_year, tutor[0],
        )  # fmt: skip
        if self.days:
            self.placement(student, user, tlevel, (employer, site, manager), *self.so_many_days())
        elif span := somewhere_in_the_year(self.rng):
            placement, first_on = self.placement(student, user, tlevel, (employer, site, manager), span)
            if self.rng.random() > LACK_GOALS:
                self.agree_goals(placement, first_on, GOALS[tlevel.title], tutor[1], manager[1])
        return student

    def so_many_days(self) -> tuple[Span, int]:
        """A placement with so many days of work so far, and how many more weeks are agreed."""
        rng, pattern = self.rng, PATTERNS[self.rng.choice(list(PATTERNS))]
        lasts = rng.randint(*self.days) // len(pattern) + 1
        begun = lasts + rng.randint(0, 4) if rng.random() < 0.15 else rng.randint(max(lasts * 2 // 3, 1), lasts)
        return Span(pattern, begun, lasts), 0 if begun > lasts else rng.randint(1, 12)

    def placement(self, student: int, user, tlevel: TLevel, at, span: Span, more: int = 0) -> tuple[int, date]:
        """A placement with its weeks; (key, first day)."""
        (employer, site, manager), (pattern, begun, lasts, why) = at, span
        has_ended = begun > lasts
        first_on = self.calendar.week(begun) + timedelta(days=pattern[0][0])
        last_on = self.calendar.week(begun - lasts - more + 1) + timedelta(days=pattern[-1][0])
        placement = self.placements.add(
            Placement.Kind.PLACEMENT.value, self.provider.pk, student, employer, site, manager[0], "Trainee",
            first_on.isoformat(), last_on.isoformat(), "ended" if has_ended else "active",
            why if has_ended else "",
        )  # fmt: skip
        for weekday, starts, finishes, pause in pattern:
            self.pattern_days.add(
                placement, first_on.isoformat(), weekday, starts.isoformat(), finishes.isoformat(), pause
            )
        self.weeks.write(Stay(placement, tlevel.title, pattern, begun, lasts, user, manager))
        return placement, first_on

    def agree_goals(self, placement: int, first_on: date, wordings: list[str], tutor: str, manager: str):
        """Goals that were agreed a fortnight before the start."""
        written, agreed = (text_of(first_on - timedelta(days=days))[1] for days in (16, 14))
        for number, wording in enumerate(wordings, 1):
            self.goals.add(placement, number, wording, written, written, tutor, agreed, manager)


def ulns(stem: int):
    """ULNs with right check digits, each once, from a nine-digit stem on."""
    for number in count(stem):
        for last in "0123456789":
            if is_uln(f"{number}{last}"):
                yield f"{number}{last}"
                break
