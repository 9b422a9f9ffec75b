"""Last year's students, who have finished: a few, written in bulk, for this year to be compared with."""

from datetime import datetime, time, timedelta
from random import Random

from django.utils import timezone

from placements.bank_holidays import name_of
from placements.ending.models import Feedback, FeedbackAnswer, FeedbackStatement, Recommend
from placements.models import PatternDay, Placement
from placements.timesheets.models import Spell, Timesheet
from portal.identifiers import is_uln
from portal.people.models import Membership, Role, User
from reviews.cohort.counting import count
from reviews.cohort.past import work_out_past
from reviews.cohort.quality import add_up_quality
from reviews.demo import words
from reviews.demo.founding import Founding, plain, valid_number
from reviews.demo.moments import SEED, Calendar, is_christmas
from reviews.demo.names import FIRST, LAST
from reviews.demo.places import PATTERNS
from reviews.risk.keeping import reckon
from students.models import Student
from students.tlevels.models import TLevel, academic_year

NUMBER = {"northfield": 16, "westbrook": 6}
TUTOR = ("ingrid.solberg", "Ingrid", "Solberg")
SHORT = (4, 11)  # whose placement ended before they had their hours
LEFT_COURSE = "Left the course."
CLOSED = "The office was closed, and no other place was found in time."
BECAUSE = dict(zip(SHORT, (LEFT_COURSE, CLOSED), strict=True))
BEGUN, LASTS = (56, 62), (26, 30)  # weeks ago; weeks
FIRMS = {
    "northfield": [("oswin", "Digital Support and Security"), ("council", "Management and Administration")],
    "westbrook": [("beech", "Marketing")],
}
SAYS = {  # what the students of an employer say of it: the least and the most that they agree
    "oswin": (4, 5), "council": (2, 4), "beech": (3, 5),
}  # fmt: skip


def add_up(founding: Founding, calendar: Calendar):
    """What the clock would do: look at every student, add up the cohort, and the weeks of the past."""
    provider = founding.provider.pk
    reckon(Student.objects.filter(provider=provider).values_list("pk", flat=True), calendar.now)
    count(provider, calendar.now)
    add_up_quality(provider, calendar.today)
    work_out_past(provider, calendar.today)


class LastYear:
    """The students of one college who began a year before those of the stories, with a tutor of their own."""

    def __init__(self, founding: Founding, calendar: Calendar):
        self.founding, self.calendar = founding, calendar
        self.college, self.rng = founding.college, Random(f"{SEED} last year {founding.college.key}")
        self.tutor = founding.person(f"{TUTOR[0]}@{self.college.domain}", *TUTOR[1:], Role.TUTOR)
        self.tlevels = {tlevel.title: tlevel for tlevel in TLevel.objects.all()}

    def write(self) -> list[int]:
        """Write them with their placements, weeks and feedback. Their totals are for the caller to refresh."""
        students = self.students()
        placements = self.placements(students)
        weeks = [week for n, placement in enumerate(placements) for week in self.weeks(placement, n)]
        Timesheet.objects.bulk_create(week for week, _ in weeks)
        Spell.objects.bulk_create(spell for week, spells in weeks for spell in self.of_week(week, spells))
        self.feedback(placements)
        return [student.pk for student in students]

    def students(self) -> list[Student]:
        names = [(self.rng.choice(FIRST), self.rng.choice(LAST)) for _ in range(NUMBER[self.college.key])]
        users = User.objects.bulk_create(
            User(
                email=f"{plain(first)}.{plain(last)}.{n}@{self.college.domain}",
                first_name=first,
                last_name=last,
                password=Founding.password,
            )
            for n, (first, last) in enumerate(names)
        )
        Membership.objects.bulk_create(
            Membership(user=user, provider=self.founding.provider, role=Role.STUDENT) for user in users
        )
        year, firms = academic_year(self.calendar.week(104)), FIRMS[self.college.key]
        return Student.objects.bulk_create(
            Student(
                provider=self.founding.provider,
                user=user,
                uln=valid_number(self.rng, 10, is_uln),
                born_on=self.calendar.today - timedelta(days=19 * 365 + self.rng.randint(20, 300)),
                tlevel=self.tlevels[firms[n % len(firms)][1]],
                entry_year=year,
                tutor=self.tutor,
            )
            for n, user in enumerate(users)
        )

    def placements(self, students) -> list[Placement]:
        firms, made = FIRMS[self.college.key], []
        for n, student in enumerate(students):
            employer = self.founding.firms[firms[n % len(firms)][0]]
            begun, lasts = self.rng.randint(*BEGUN), 9 if n in SHORT else self.rng.randint(*LASTS)
            first_on = self.calendar.week(begun)
            made.append(
                Placement(
                    provider=student.provider,
                    student=student,
                    employer=employer,
                    site=employer.demo_sites[0],
                    manager=employer.demo_managers[0],
                    role="Trainee",
                    first_on=first_on,
                    last_on=first_on + timedelta(weeks=lasts, days=-3),
                    status=Placement.Status.ENDED,
                    ended_because=BECAUSE.get(n, "All agreed weeks were worked."),
                )
            )
        Placement.objects.bulk_create(made)
        PatternDay.objects.bulk_create(
            PatternDay(placement=placement, valid_from=placement.first_on, weekday=weekday, starts=starts,
                       finishes=finishes, break_minutes=pause)
            for placement in made
            for weekday, starts, finishes, pause in PATTERNS["two days"]
        )  # fmt: skip
        return made

    def weeks(self, placement: Placement, n: int):
        """(approved week, its spells) of a placement."""
        work = words.WORK[placement.student.tlevel.title]
        for number, monday in enumerate(placement.mondays()):
            spells = [
                Spell(day=day, starts=starts, finishes=finishes, break_minutes=pause, activity=work[number % len(work)])
                for weekday, starts, finishes, pause in PATTERNS["two days"]
                if not name_of(day := monday + timedelta(days=weekday)) and not is_christmas(day)
                and self.rng.random() > 0.04
            ]  # fmt: skip
            for spell in spells:
                spell.minutes = spell.worked()
            decided = timezone.make_aware(datetime.combine(monday + timedelta(days=8), time(10, 5 + n)))
            week = Timesheet(
                placement=placement,
                monday=monday,
                status=Timesheet.Status.APPROVED,
                minutes=sum(spell.minutes for spell in spells),
                handed_in_at=decided - timedelta(days=2),
                handed_in_by=placement.student.user,
                decided_at=decided,
                decided_by=placement.manager,
                version=2,
            )
            if spells:
                yield week, spells

    def of_week(self, week: Timesheet, spells) -> list[Spell]:
        for spell in spells:
            spell.timesheet = week
        return spells

    def feedback(self, placements):
        """What those who stayed said at the end."""
        statements = list(FeedbackStatement.objects.filter(retired_at=None))
        firms = {employer.pk: key for key, employer in self.founding.firms.items()}
        told = [placement for n, placement in enumerate(placements) if n not in SHORT]
        rows = []
        for placement in told:
            best = SAYS[firms[placement.employer_id]][1] == 5
            at = timezone.make_aware(datetime.combine(placement.last_on, time(16)))
            recommend = self.rng.choice([Recommend.YES, Recommend.YES if best else Recommend.PERHAPS])
            rows.append(Feedback(placement=placement, recommend=recommend, given_at=at))
        Feedback.objects.bulk_create(rows)
        FeedbackAnswer.objects.bulk_create(
            FeedbackAnswer(
                feedback=row,
                statement=statement,
                wording=statement.wording,
                value=self.rng.randint(*SAYS[firms[row.placement.employer_id]]),
            )
            for row in rows
            for statement in statements
        )
