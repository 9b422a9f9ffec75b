"""Factories for tests. A placement made here is active, with a pattern from Monday to Friday, 9:00 to 17:00."""

from copy import copy
from datetime import date, time

import factory
from factory.django import DjangoModelFactory

from employers.models import Employer, LineManager, Site
from placements.hours.totals import gathered, refresh
from placements.models import PatternDay, Placement
from placements.timesheets.models import Spell, Timesheet
from portal.people.models import Membership, Provider, Role, User
from students.models import Student
from students.tlevels.models import TLevel

PASSWORD = "placement-demo"
TLEVEL = "Digital Software Development"


def like(row, **differs):
    """An unsaved copy of a row: for many at once, where only their number matters."""
    made = copy(row)
    made.pk = None
    for name, value in differs.items():
        setattr(made, name, value)
    return made


class ProviderFactory(DjangoModelFactory):
    class Meta:
        model = Provider

    name = factory.Sequence(lambda n: f"College {n}")
    ukprn = factory.Sequence(lambda n: str(10000001 + n))
    safeguarding_name = "Grace Bell"
    safeguarding_phone = "01632 960111"
    safeguarding_email = "safe@college.test"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@college.test")
    first_name = "Alex"
    last_name = factory.Sequence(lambda n: f"Person{n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(*args, password=kwargs.pop("password", PASSWORD), **kwargs)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    provider = factory.SubFactory(ProviderFactory)
    role = Role.COORDINATOR


class StudentFactory(DjangoModelFactory):
    class Meta:
        model = Student
        skip_postgeneration_save = True

    provider = factory.SubFactory(ProviderFactory)
    user = factory.SubFactory(UserFactory)
    born_on = date(2007, 5, 4)
    tlevel = factory.LazyFunction(lambda: TLevel.objects.get(title=TLEVEL))
    entry_year = "2025/26"

    @factory.post_generation
    def membership(self, create, extracted, **kwargs):
        if create:
            Membership.objects.get_or_create(user=self.user, provider=self.provider, role=Role.STUDENT)


def many_students(number: int, *, provider, **facts) -> list[Student]:
    """As StudentFactory makes them, but in few queries: for lists where only the length matters."""
    users = User.objects.bulk_create(UserFactory.build_batch(number))
    facts = {"provider": provider, "tlevel": TLevel.objects.get(title=TLEVEL)} | facts
    made = [StudentFactory.build(user=user, **facts) for user in users]
    students = Student.objects.bulk_create(made)
    Membership.objects.bulk_create(Membership(user=user, provider=provider, role=Role.STUDENT) for user in users)
    refresh(*[student.pk for student in students])
    return students


class EmployerFactory(DjangoModelFactory):
    class Meta:
        model = Employer

    provider = factory.SubFactory(ProviderFactory)
    name = factory.Sequence(lambda n: f"Employer {n} Ltd")


class SiteFactory(DjangoModelFactory):
    class Meta:
        model = Site

    employer = factory.SubFactory(EmployerFactory)
    name = factory.Sequence(lambda n: f"Site {n}")


class LineManagerFactory(DjangoModelFactory):
    class Meta:
        model = LineManager
        skip_postgeneration_save = True

    employer = factory.SubFactory(EmployerFactory)
    user = factory.SubFactory(UserFactory)

    @factory.post_generation
    def membership(self, create, extracted, **kwargs):
        Membership.objects.get_or_create(user=self.user, provider=self.employer.provider, role=Role.MANAGER)


class PlacementFactory(DjangoModelFactory):
    """Active from 2 March to 31 July 2026. `weekdays=[]` leaves the working pattern out."""

    class Meta:
        model = Placement
        skip_postgeneration_save = True

    student = factory.SubFactory(StudentFactory)
    employer = factory.LazyAttribute(lambda o: EmployerFactory(provider=o.student.provider))
    manager = factory.LazyAttribute(lambda o: LineManagerFactory(employer=o.employer).user)
    role = "Junior developer"
    first_on = date(2026, 3, 2)
    last_on = date(2026, 7, 31)
    status = Placement.Status.ACTIVE

    @classmethod
    def _generate(cls, strategy, params):
        with gathered():
            return super()._generate(strategy, params)

    @factory.post_generation
    def weekdays(self, create, extracted, **kwargs):
        if create:
            PatternDay.objects.bulk_create(days_of(self, range(5) if extracted is None else extracted))
            refresh(self.student_id)


def days_of(placement, weekdays) -> list[PatternDay]:
    agreed = {"valid_from": placement.first_on, "starts": time(9), "finishes": time(17), "break_minutes": 60}
    return [PatternDay(placement=placement, weekday=weekday, **agreed) for weekday in weekdays]


def many_placements(students, *, employer, manager, **facts) -> list[Placement]:
    """A placement for each student as PlacementFactory makes it, but in few queries: see `many_students`."""
    facts |= {"employer": employer, "manager": manager, "provider": employer.provider}
    placements = Placement.objects.bulk_create(PlacementFactory.build(student=student, **facts) for student in students)
    PatternDay.objects.bulk_create(day for placement in placements for day in days_of(placement, range(5)))
    refresh(*[placement.student_id for placement in placements])
    return placements


class TimesheetFactory(DjangoModelFactory):
    class Meta:
        model = Timesheet

    placement = factory.SubFactory(PlacementFactory)
    monday = date(2026, 3, 2)


class SpellFactory(DjangoModelFactory):
    """Seven hours, 9:00 to 17:00 with an hour's break."""

    class Meta:
        model = Spell

    timesheet = factory.SubFactory(TimesheetFactory)
    day = factory.LazyAttribute(lambda o: o.timesheet.monday)
    starts = time(9)
    finishes = time(17)
    break_minutes = 60
    activity = "Wrote tests for the booking page"
