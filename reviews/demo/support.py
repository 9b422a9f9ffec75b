"""What some students of the demo need, who reads it, and what their line managers are told."""

from datetime import time, timedelta

from placements.setup import adjustments
from reviews.demo.moments import Calendar
from students.models import Student
from students.support import sharing
from students.support.looking import look_at
from students.support.models import Need, SupportKind

READING = {
    "code": "learning",
    "words": "I am dyslexic. Long texts take me longer, and I mix up numbers when somebody reads them to me.",
    "helps": "Ticket numbers in writing. Time to read a new procedure before I have to use it.",
    "plan": "no",
}
SENTENCE = "Maya works best from written instructions. Please give ticket numbers in writing, not over the telephone."
TELEPHONE = {
    "code": "anxiety",
    "words": "Ringing strangers frightens me. It is better when I know what I will say first.",
    "helps": "",
}
NOISE = {
    "code": "learning",
    "words": "I am autistic. Many voices at once are too much, above all when I am shown something new.",
    "helps": "One instruction at a time, written down. Somewhere quiet for breaks.",
    "plan": "yes",
}
STANDING = {
    "code": "medical",
    "words": "My knee was operated on in the summer.",
    "helps": "Sitting down for a while after two hours on my feet.",
}
BROTHER = {
    "code": "caring",
    "words": "I take my little brother to school on Mondays and Tuesdays because Mum works nights.",
    "helps": "Starting at half past nine on those two days.",
}


class Supported:
    """The needs of one college's students, told by the functions that the pages use."""

    def __init__(self, founding, acts, calendar: Calendar):
        self.founding, self.acts, self.calendar = founding, acts, calendar

    def tell(self):
        """All of them, where their students are."""
        for name, story in [
            ("student", self.maya),
            ("jack.sumner", self.noise),
            ("aaliyah.hussain", self.standing),
            ("kwame.mensah", self.brother),
        ]:
            student = Student.objects.filter(user__email=f"{name}@demo.test", provider=self.founding.provider).first()
            if student:
                story(student)

    def add(self, days_ago: int, clock: time, do):
        day = self.calendar.today - timedelta(days=days_ago)
        self.acts.add(self.calendar.moment(day, clock, hours_ago=2), do)

    def writes(self, days_ago: int, clock: time, student, facts: dict, *, share: bool = True, office: bool = False):
        """The student writes it down, and shares it some minutes later or keeps it."""

        def write():
            kind = SupportKind.objects.get(code=facts["code"])
            rest = {name: value for name, value in facts.items() if name != "code"}
            need = Need(student=student, kind=kind, kind_words=kind.title, **rest)
            sharing.write_down(need, by=student.user)
            if share:
                sharing.share(need, by=student.user, with_office=office, seen=0)

        self.add(days_ago, clock, write)

    def opens(self, days_ago: int, clock: time, student, *people):
        """They read what is shared with them, which is noted."""

        def read():
            for person in people:
                look_at(list(Need.objects.visible_to(person).shared().filter(student=student)), by=person)

        self.add(days_ago, clock, read)

    # --- the stories ---

    def maya(self, student):
        """One shared, with words released to the line manager and read; one kept for herself."""
        self.writes(70, time(19, 40), student, READING)
        self.opens(69, time(8, 50), student, student.tutor)
        self.add(60, time(17, 15), lambda: self.release(student))
        self.add(59, time(8, 5), lambda: self.reads(student))
        self.writes(12, time(21, 10), student, TELEPHONE, share=False)

    def release(self, student):
        row = adjustments.write_adjustment(placement_of(student), SENTENCE, by=student.user)
        adjustments.release(row, by=student.user)

    def reads(self, student):
        placement = placement_of(student)
        adjustments.mark_read(adjustments.read_at_work(placement, placement.manager), by=placement.manager)

    def noise(self, student):
        """Shared with the placement office as well."""
        self.writes(80, time(16, 30), student, NOISE, office=True)
        self.opens(79, time(9, 15), student, student.tutor, self.founding.coordinator)

    def standing(self, student):
        """Shared, and read; what the employer may be told waits for her word (agreements.py)."""
        self.writes(60, time(12, 40), student, STANDING)
        self.opens(58, time(10, 0), student, student.tutor)

    def brother(self, student):
        """New: the tutor has not read it yet."""
        self.writes(0, time(7, 50), student, BROTHER)


def placement_of(student):
    """The latest placement with everybody on it."""
    return student.placements.with_people().order_by("-first_on").first()
