"""What some students of the demo said was wrong: one settled, one waiting, one overdue, an accident."""

from datetime import time, timedelta

from placements.concerns.models import Accident, Concern, ConcernKind, Release
from placements.concerns.raising import add_words, raise_concern
from placements.concerns.releasing import propose
from portal.history.models import looked
from reviews.demo.moments import Calendar
from students.models import Student

NOTE = (
    "While the 41 bus is diverted, Maya may arrive at 9:20 on days that start at 9:00. She stays twenty minutes longer "
    "on the same day. Her tutor knows."
)


class Worried:
    """The worries of one college, told by the functions that the pages use."""

    def __init__(self, founding, acts, calendar: Calendar):
        self.founding, self.acts, self.calendar = founding, acts, calendar

    def tell(self):
        """All of them, where their students are."""
        for name, story in [
            ("student", self.bus),
            ("student", self.too_little),
            ("lukasz.wojcik", self.long_days),
            ("jack.sumner", self.hand),
        ]:
            student = Student.objects.filter(user__email=f"{name}@demo.test", provider=self.founding.provider).first()
            if student:
                story(student)

    def add(self, days_ago: int, clock: time, do, *, hours_ago: float = 1):
        self.acts.add(
            self.calendar.moment(self.calendar.today - timedelta(days=days_ago), clock, hours_ago=hours_ago), do
        )

    def told(self, student: Student, code: str, text: str, **more):
        """Told about the placement that the student has by then."""
        kind = ConcernKind.objects.current().get(code=code)
        placement = student.placements.order_by("-first_on").first()
        raise_concern(student, kind, text=text, placement=placement, **more)

    def opens(self, days_ago: int, clock: time, student: Student, code: str, *people):
        """They look at it, which is noted."""
        self.add(days_ago, clock, lambda: [looked(self.newest(student, code), by=person) for person in people])

    def newest(self, student: Student, code: str) -> Concern:
        return Concern.objects.with_people().get(student=student, kind__code=code)

    # --- the stories ---

    def bus(self, student: Student):
        """Settled, with words for the line manager that both agreed to."""

        def worry():
            return self.newest(student, "transport")

        def note():
            return Release.objects.with_people().get(concern=worry())

        tutor, text = student.tutor, "The 41 is diverted until April. I was late twice and had to wait in the rain."
        self.add(34, time(19, 5), lambda: self.told(student, "transport", text, contact="phone", reach="07700 900417"))
        answer = "Thank you for telling me. I rang you at lunch: let us ask whether you may start twenty minutes later."
        self.add(33, time(12, 50), lambda: worry().answer(by=tutor, text=answer))
        self.opens(33, time(12, 10), student, "transport", tutor)
        self.opens(33, time(17, 25), student, "transport", student.user)
        self.add(33, time(17, 30), lambda: add_words(worry(), "Yes please, I do not dare to ask.", by=student.user))
        self.add(32, time(9, 10), lambda: propose(worry(), NOTE, by=tutor))
        self.add(32, time(12, 20), lambda: note().agree(by=student.user))
        reply = "Of course. Thank you for saying so."
        self.add(32, time(15, 45), lambda: note().read(by=note().to, reply=reply))
        outcome = "Maya starts twenty minutes later while the bus is diverted. It has worked for a week."
        ahead = self.calendar.today + timedelta(days=12)
        self.add(24, time(16, 15), lambda: worry().settle(by=tutor, outcome=outcome, follow_up_on=ahead))
        self.opens(24, time(18, 40), student, "transport", student.user)

    def too_little(self, student: Student):
        """Waits for the tutor, in time."""
        text = "I have labelled cables for two weeks. I hoped to sit in on calls, it is one of my goals."
        self.add(0, time(8, 40), lambda: self.told(student, "not_expected", text), hours_ago=3)

    def long_days(self, student: Student):
        """Overdue: the placement office sees that it waits, and not what it is."""
        text = "We often stay until half past six to finish a floor. My break is twenty minutes, sometimes none."
        self.add(6, time(20, 15), lambda: self.told(student, "longer_hours", text, rather="somebody from college"))

    def hand(self, student: Student):
        """An accident that the placement office knows of, being looked after."""
        day = self.calendar.today - timedelta(days=13)
        day -= timedelta(days=max(day.weekday() - 4, 0))
        ago = (self.calendar.today - day).days

        def report():
            facts = Accident(
                happened_on=day,
                happened_at=time(14, 10),
                place="Maintenance workshop, bench three",
                what="The file slipped off the burr and I cut the ball of my left thumb. I had no gloves on.",
                injury="Me, a cut of about two centimetres",
                told="Line manager, at once; the first aider",
                first_aid="Cleaned and closed with strips, no stitches",
                first_aid_by="First aider of the day shift",
                witnesses="The apprentice at the next bench",
            )
            self.told(student, "accident", "", accident=facts)

        answer = "How is the thumb? I have asked for the entry in the accident book, and for gloves at every bench."
        self.add(ago, time(15, 20), report)
        office = self.founding.coordinator
        self.opens(ago - 1, time(8, 55), student, "accident", office)
        self.opens(ago - 1, time(11, 30), student, "accident", student.tutor)
        self.add(ago - 1, time(9, 5), lambda: self.newest(student, "accident").answer(by=office, text=answer))
