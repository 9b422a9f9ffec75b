"""Scenes for tests of finding a place: opportunities, applications in every state, employers that students found."""

from datetime import date, datetime, time, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from time_machine import travel

from employers.opportunities.models import Opportunity, OpportunityDay
from placements.finding.models import Application, Find
from portal.files.models import StoredFile
from students.models import Student
from students.tlevels.models import TLevel
from tests import factories
from tests.conftest import make_cast
from tests.poured import scene

PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF"
WEDNESDAY = "2026-11-18 10:00"
FIRST, LAST = date(2027, 1, 4), date(2027, 6, 30)


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def opportunity_of(cast, *, employer=None, weekdays=(0, 1, 2), tlevel="Digital Software Development", **fields):
    """Two places at the cast's employer with its manager as the contact, Monday to Wednesday 9:00 to 17:00."""
    employer = employer or cast.employer
    manager = employer.line_managers.first()
    facts = {
        "role": "Junior developer",
        "description": "Help to build the booking page.",
        "manager": manager.user if manager else None,
        "first_on": in_days(40),
        "last_on": in_days(200),
        "closes_on": in_days(20),
        "places": 2,
    }
    opportunity = Opportunity.objects.create(employer=employer, **facts | fields)
    opportunity.tlevels.add(TLevel.objects.get(title=tlevel))
    hours = {"starts": time(9), "finishes": time(17), "break_minutes": 60}
    OpportunityDay.objects.bulk_create(OpportunityDay(opportunity=opportunity, weekday=n, **hours) for n in weekdays)
    return opportunity


def opportunities_of(cast, number: int) -> list[Opportunity]:
    """So many of these, 'Role 0' and so on, in few queries: for lists where only the length matters."""
    first = opportunity_of(cast, role="Role 0")
    more = Opportunity.objects.bulk_create(factories.like(first, role=f"Role {n}") for n in range(1, number))
    link, tlevel = Opportunity.tlevels.through, first.tlevels.get()
    link.objects.bulk_create(link(opportunity=opportunity, tlevel=tlevel) for opportunity in more)
    days = list(first.days.all())
    OpportunityDay.objects.bulk_create(factories.like(day, opportunity=one) for one in more for day in days)
    return [first, *more]


def seeker(cast, name="Sam", *, tutor=None, provider=None) -> Student:
    """A student of the cast's tutor who has no placement."""
    user = factories.UserFactory(email=f"{name.lower()}@cast.test", first_name=name, last_name="Lee")
    return factories.StudentFactory(user=user, provider=provider or cast.provider, tutor=tutor or cast.tutor)


@scene
@travel(WEDNESDAY, tick=False)
def seeking():
    """The cast, and Sam, who looks for a place."""
    cast = make_cast()
    cast.sam = seeker(cast)
    return cast


@scene
@travel(WEDNESDAY, tick=False)
def offering():
    """The same with an opportunity for Sam."""
    cast = seeking()
    cast.opportunity = opportunity_of(cast)
    return cast


def cast_for(names):
    """The cast for a test that asks for fixtures of these names."""
    if "opportunity" in names:
        return offering()
    return seeking() if "sam" in names else make_cast()


def cv_of(student: Student) -> StoredFile:
    [cv] = cvs_of(student)
    return cv


def cvs_of(*students: Student) -> list[StoredFile]:
    facts = {"name": "cv.pdf", "content_type": "application/pdf", "size": len(PDF), "content": PDF}
    return StoredFile.objects.bulk_create(
        StoredFile(provider=student.provider, made_by=student.user, **facts) for student in students
    )


def upload(name="cv.pdf", content=PDF):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def application_of(opportunity: Opportunity, student: Student, status: str = "applied", **fields) -> Application:
    """An application as it stands in the database, made without any verb."""
    now = timezone.now()
    facts = {"status": status, "applied_at": now, "note": "I like your work.", "cv": cv_of(student)}
    if status == "put_forward":
        facts |= {"applied_at": None, "note": "", "cv": None, "put_forward_by": student.tutor}
    if status == "interview":
        facts |= {"interview_at": now + timedelta(days=3), "interview_way": "in_person", "interview_where": "Room 2"}
    if status == "not_successful":
        facts |= {"answer": "Somebody else knew the tools already."}
    made = Application.objects.create(opportunity=opportunity, student=student, **facts | fields)
    return fresh(made)


def applications_of(opportunities: list[Opportunity], students: list[Student], status: str = "applied"):
    """The first student's for the first opportunity and so on, in few queries."""
    facts = {"status": status, "applied_at": timezone.now(), "note": "I like your work."}
    rows = zip(opportunities, students, cvs_of(*students), strict=True)
    Application.objects.bulk_create(Application(opportunity=one, student=who, cv=cv, **facts) for one, who, cv in rows)


def fresh(application: Application) -> Application:
    """The application as somebody else would read it now."""
    return Application.objects.with_people().get(pk=application.pk)


def find_of(student: Student, **fields) -> Find:
    facts = {
        "name": "Corner Bakery", "town": "Northfield", "contact_first_name": "Bo", "contact_last_name": "Baker",
        "contact_email": "bo@bakery.test", "role": "Help with the web shop", "first_on": in_days(30),
        "last_on": in_days(120),
    }  # fmt: skip
    return Find.objects.create(student=student, **facts | fields)


def at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
