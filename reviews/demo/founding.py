"""Makes the providers of the demo, their staff, employers and students, with the history that goes with it."""

from datetime import timedelta
from random import Random
from unicodedata import combining, normalize

from django.contrib.auth.hashers import make_password

from employers.models import Employer, LineManager, Site
from portal.demo.people import PASSWORD
from portal.history import models as history
from portal.identifiers import UNKNOWN_ERN, is_ern, is_uln
from portal.people.models import Membership, Provider, Role, User
from reviews.demo.moments import SEED, Calendar
from reviews.demo.places import FIRMS, College, Firm
from students.models import Student
from students.tlevels.models import Specialism, TLevel, academic_year

WITHOUT_NUMBER = "larkfield"


def valid_number(rng: Random, digits: int, is_valid) -> str:
    """A random number of so many digits whose check digit is right."""
    while True:
        stem = str(rng.randrange(10 ** (digits - 2), 10 ** (digits - 1)))
        for last in "0123456789":
            if is_valid(stem + last):
                return stem + last


def plain(name: str) -> str:
    """A name as it stands in an e-mail address: 'Núñez-O’Brien' gives 'nunez-obrien'."""
    letters = "".join(letter for letter in normalize("NFKD", name.lower()) if not combining(letter))
    return "".join(letter for letter in letters if letter.isascii() and (letter.isalnum() or letter == "-"))


class Founding:
    """One provider with all that belongs to it: `people` by e-mail address, `firms` by key."""

    password = None

    def __init__(self, college: College, calendar: Calendar):
        self.college, self.calendar = college, calendar
        self.rng = Random(f"{SEED} {college.key}")
        Founding.password = Founding.password or make_password(PASSWORD)
        self.provider = Provider.objects.create(
            name=college.name,
            ukprn=college.ukprn,
            address=college.address,
            safeguarding_name=college.safeguarding[0],
            safeguarding_phone=college.safeguarding[1],
            safeguarding_email=f"safeguarding@{college.domain}",
        )
        self.people, self.roles = {}, set()
        for name, first, last, roles in college.staff:
            self.person(f"{name}@{college.domain}", first, last, *roles)
        self.coordinator = self.people[f"coordinator@{college.domain}"]
        self.tutors = {person.email.partition("@")[0]: person for person in self.people.values()}
        self.firms = {firm.key: self.employer(firm) for firm in FIRMS[college.key]}

    def person(self, email: str, first: str, last: str, *roles: str) -> User:
        """A person who knows the demo's password; one who is known already gets the roles here, too."""
        user = self.people.get(email) or User.objects.filter(email=email).first()
        if user is None:
            signed_in = self.calendar.now - timedelta(hours=self.rng.randint(1, 60))
            user = User.objects.create(
                email=email, first_name=first, last_name=last, password=self.password, last_login=signed_in
            )
        for role in roles:
            if (email, role) not in self.roles:
                Membership.objects.create(user=user, provider=self.provider, role=role)
                self.roles.add((email, role))
        self.people[email] = user
        return user

    def employer(self, firm: Firm) -> Employer:
        """An employer with its sites and line managers; `employer.demo_managers` and `.demo_sites` in their order."""
        employer = Employer(
            provider=self.provider,
            name=firm.name,
            ern=self.ern(firm),
            sector=firm.sector,
            size=firm.size,
            address=firm.street,
            town=firm.town,
            postcode=firm.postcode,
            phone=firm.phone,
        )
        history.save(employer, by=self.coordinator)
        employer.demo_sites = []
        for name, street in firm.sites:
            site = Site(employer=employer, name=name, address=street, town=firm.town, postcode=firm.postcode)
            history.save(site, by=self.coordinator)
            employer.demo_sites.append(site)
        employer.demo_managers = []
        for email, first, last, title in firm.managers:
            user = self.person(email, first, last, Role.MANAGER)
            history.save(LineManager(employer=employer, user=user, job_title=title), by=self.coordinator)
            employer.demo_managers.append(user)
        return employer

    def ern(self, firm: Firm) -> str:
        """One firm has not told its number yet; what stands in the demo beside it must not depend on which."""
        number = valid_number(self.rng, 9, is_ern)
        return UNKNOWN_ERN if firm.key == WITHOUT_NUMBER else number

    def student(self, learner) -> Student:
        """The record of a Learner (cohort.py), born so that they have their age today and for two more months."""
        name = learner.email or f"{plain(learner.first)}.{plain(learner.last)}"
        user = self.person(f"{name}@{self.college.domain}", learner.first, learner.last, Role.STUDENT)
        tlevel = TLevel.objects.get(title=learner.tlevel)
        student = Student(
            provider=self.provider,
            user=user,
            born_on=self.calendar.today - timedelta(days=365 * learner.age + self.rng.randint(120, 290)),
            tlevel=tlevel,
            specialism=Specialism.objects.get(tlevel=tlevel, title=learner.specialism) if learner.specialism else None,
            entry_year=academic_year(self.calendar.week(52)),
            tutor=self.tutors[learner.tutor],
            has_send=learner.has_send,
        )
        if learner.has_real_uln:
            student.uln = valid_number(self.rng, 10, is_uln)
        history.save(student, by=self.coordinator)
        return student
