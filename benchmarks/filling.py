"""Fills a migrated, empty database for the lists: python benchmarks/filling.py ROWS

One provider with so many rows of each kind, in bulk. What belongs to one person or employer (a student's contacts, the
conversations of an employer) all belongs to the first one, so that every list has as many rows as was asked for.
"""

import sys
from datetime import datetime, time, timedelta

import django

django.setup()

from django.db import models, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from employers.checks.models import Check, CheckKind  # noqa: E402
from employers.conversations.models import Conversation  # noqa: E402
from employers.models import Employer, LineManager, Site  # noqa: E402
from employers.opportunities.models import Opportunity, OpportunityDay  # noqa: E402
from placements.checklists.models import Checklist, Point  # noqa: E402
from placements.concerns.models import Concern, ConcernKind, Message  # noqa: E402
from placements.finding.models import Application, Find  # noqa: E402
from placements.goals.models import LearningGoal, LibraryGoal  # noqa: E402
from placements.hours.totals import rebuild  # noqa: E402
from placements.induction.models import Induction  # noqa: E402
from placements.logbook.models import Comment, Entry, EntryGoal  # noqa: E402
from placements.models import Placement  # noqa: E402
from portal.asks.models import Ask  # noqa: E402
from portal.identifiers import TEMPORARY_ULN  # noqa: E402
from portal.people.models import Membership, Provider, Role, User  # noqa: E402
from portal.statistics import refresh_statistics  # noqa: E402
from reviews.demo.crowd import Crowd  # noqa: E402
from reviews.forms.models import ReviewForm  # noqa: E402
from reviews.meetings.models import Meeting  # noqa: E402
from students.actions.models import Action  # noqa: E402
from students.contacts.models import Contact  # noqa: E402
from students.models import Student  # noqa: E402
from students.selfassessment.models import Answer, SelfAssessment, Statement  # noqa: E402

DOMAIN, PER_TUTOR = "populate.test", 40
WORDS = "We spoke about what was good this month, and about what should come next. " * 3


def bulk(model: type[models.Model], rows) -> list:
    """Write rows; returns them with their keys."""
    return model.objects.bulk_create(rows, batch_size=500)


class Filling:
    """One provider with `many` rows of each kind."""

    def __init__(self, many: int):
        self.many, self.now, self.today = many, timezone.now(), timezone.localdate()
        self.provider = Provider.objects.create(name="Populated College", ukprn="10999100")
        crowd = Crowd(self.provider, domain=DOMAIN, days=(8, 20), per_tutor=PER_TUTOR, history=False)
        crowd.person(Role.COORDINATOR, "coordinator")
        crowd.make(many)
        self.coordinator = User.objects.get(email=f"coordinator@{DOMAIN}")
        self.placement = Placement.objects.with_people().filter(status="active").first()
        self.manager, self.student = self.placement.manager, self.placement.student
        self.employer, self.tlevel = self.placement.employer, self.student.tlevel

    def day(self, number: int):
        """A day within two months before or after today."""
        return self.today + timedelta(days=number % 120 - 60)

    def moment(self, number: int):
        return self.now - timedelta(hours=number % 1500 + 1)

    def fill(self):
        """Everything."""
        with transaction.atomic():
            self.employers()
            self.without_a_place()
            self.finding()
            self.of_the_student()
            self.of_the_placement()
            self.concerns()
            self.reviews()
        rebuild(Student.objects.values_list("pk", flat=True))
        refresh_statistics()

    def employers(self):
        more = range(self.many - Employer.objects.count())
        made = bulk(Employer, [Employer(provider=self.provider, name=f"Mill {n}", town="Northfield") for n in more])
        bulk(Site, [Site(employer=row, name="Main site", town="Northfield") for row in made])
        bulk(LineManager, [LineManager(employer=row, user=self.manager, job_title="Head") for row in made])
        kinds = list(CheckKind.objects.filter(provider=self.provider, scope="employer"))[:2]
        for kind in kinds:
            rows = (
                Check(employer=row, kind=kind, wording=kind.title, checked_on=self.today - timedelta(days=300),
                      checked_by="Grace Bell", expires_on=self.day(n))
                for n, row in enumerate(Employer.objects.all())
            )  # fmt: skip
            bulk(Check, rows)
        talks = (
            Conversation(employer=self.employer, spoken_on=self.day(n), with_whom="Amira Khan", about=WORDS,
                         next_step="Ring again", next_on=self.day(n), made_by=self.coordinator)
            for n in range(self.many)
        )  # fmt: skip
        bulk(Conversation, talks)
        points = range(1, self.many + 1)
        bulk(Point, [Point(list=Checklist.INDUCTION, provider=self.provider, number=n, wording=WORDS) for n in points])
        goals = range(self.many)
        bulk(LibraryGoal, [LibraryGoal(provider=self.provider, tlevel=self.tlevel, wording=f"Goal {n}") for n in goals])

    def without_a_place(self):
        """As many students again, who look for a place, with the same tutors."""
        tutors = list(User.objects.filter(memberships__role=Role.TUTOR).order_by("pk"))
        users = [User(email=f"looking{n}@{DOMAIN}", first_name="Sam", last_name=f"Moss {n}") for n in range(self.many)]
        users = bulk(User, users)
        bulk(Membership, [Membership(user=user, provider=self.provider, role=Role.STUDENT) for user in users])
        rows = (
            Student(provider=self.provider, user=user, uln=TEMPORARY_ULN, born_on=self.student.born_on,
                    tlevel=self.tlevel, entry_year=self.student.entry_year, tutor=tutors[n // PER_TUTOR])
            for n, user in enumerate(users)
        )  # fmt: skip
        self.looking = bulk(Student, rows)

    def finding(self):
        soon, later = self.today + timedelta(days=30), self.today + timedelta(days=200)
        rows = (
            Opportunity(provider=self.provider, employer=self.employer, manager=self.manager, role=f"Trainee {n}",
                        description=WORDS, first_on=soon, last_on=later, places=3, closes_on=soon)
            for n in range(self.many)
        )  # fmt: skip
        self.opportunities = rows = bulk(Opportunity, rows)
        ways = Opportunity.tlevels.through
        bulk(ways, [ways(opportunity=row, tlevel=self.tlevel) for row in rows])
        hours = {"starts": time(9), "finishes": time(17), "break_minutes": 60}
        bulk(OpportunityDay, [OpportunityDay(opportunity=row, weekday=day, **hours) for row in rows for day in (0, 1)])
        own = [(row, self.student) for row in rows]
        first = [(rows[0], student) for student in self.looking]
        pairs = [
            Application(opportunity=opportunity, student=student, applied_at=self.moment(n), note=WORDS)
            for n, (opportunity, student) in enumerate(own + first)
        ]
        bulk(Application, pairs)
        finds = (
            Find(student=student, name="Moss Mill", town="Northfield", contact_first_name="Amira", role="Trainee",
                 contact_last_name="Khan", contact_email="a@mill.test", first_on=soon, last_on=later)
            for student in self.looking
        )  # fmt: skip
        bulk(Find, finds)
        asks = (
            Ask(kind="applications", provider=self.provider, to=self.manager,
                name=self.manager.name, about="opportunities.opportunity", about_id=row.pk)
            for row in rows
        )  # fmt: skip
        bulk(Ask, asks)

    def of_the_student(self):
        bulk(Contact, [Contact(student=self.student, name=f"Amira {n}", role="Head") for n in range(self.many)])
        actions = (
            Action(
                student=self.student, improve=f"Speak up {n}", due_on=self.day(n), done_on=None if n % 2 else self.today
            )
            for n in range(self.many)
        )
        bulk(Action, actions)
        handed_in = {"status": "handed_in", "finished_at": self.now}
        times = bulk(SelfAssessment, [SelfAssessment(student=row, **handed_in) for row in Student.objects.all()])
        statements = list(Statement.objects.filter(retired_at=None))
        answers = (
            Answer(
                assessment=row, statement=statement, wording=statement.wording, value=(row.pk + statement.pk) % 5 + 1
            )
            for row in times
            for statement in statements
        )
        bulk(Answer, answers)

    def of_the_placement(self):
        goals = [LearningGoal(placement=self.placement, number=n, wording=f"Goal {n}") for n in range(1, 11)]
        goals = bulk(LearningGoal, goals)
        entries = (
            Entry(placement=self.placement, day=self.day(n), did=WORDS, learned=WORDS, status="published",
                  published_at=self.moment(n))
            for n in range(self.many)
        )  # fmt: skip
        entries = bulk(Entry, entries)
        serving = [EntryGoal(entry=row, goal=goals[row.pk % 10], wording=goals[row.pk % 10].wording) for row in entries]
        bulk(EntryGoal, serving)
        bulk(Comment, [Comment(entry=row, by=self.manager, words=WORDS) for row in entries])
        late = self.today - timedelta(days=9)
        rows = Placement.objects.filter(induction=None)
        bulk(Induction, [Induction(placement=row, third_day_on=late) for row in rows])

    def concerns(self):
        """Those of the first tutor's students, shared with the placement office; the first student's as many again."""
        kind = ConcernKind.objects.current().first()
        theirs = list(Student.objects.filter(tutor=self.student.tutor))
        students = [theirs[n % len(theirs)] for n in range(self.many)] + [self.student] * self.many
        rows = (
            Concern(provider=self.provider, student=student, kind=kind, visibility="office", raised_at=self.moment(n),
                    due_at=self.moment(n) + timedelta(days=20))
            for n, student in enumerate(students)
        )  # fmt: skip
        said = {"by_name": "Sam Moss", "from_student": True, "text": WORDS}
        bulk(Message, [Message(concern=row, **said) for row in bulk(Concern, rows)])

    def reviews(self):
        due = [(row, self.day(n)) for n, row in enumerate(Placement.objects.all())]
        more = [(self.placement, self.day(n)) for n in range(self.many)]
        starts = timezone.make_aware(datetime.combine(self.today - timedelta(days=9), time(10)))
        rows = [Meeting(placement=row, title="Review", due_on=day) for row, day in due]
        rows += [Meeting(placement=row, title="Review", due_on=d, status="agreed", starts_at=starts) for row, d in more]
        bulk(Meeting, rows)
        asked = self.now - timedelta(days=20)
        bulk(ReviewForm, [ReviewForm(placement=row, occasion="midway", asked_at=asked) for row, _ in due])


if __name__ == "__main__":
    Filling(int(sys.argv[1])).fill()
