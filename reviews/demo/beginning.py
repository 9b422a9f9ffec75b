"""How placements of the demo begin: arrangements, the first-day card, and inductions in each of their states."""

from datetime import date, time, timedelta

from django.utils import timezone

from placements.arrangements.forms import PreparationForm
from placements.arrangements.keeping import first_day_form, keep_first_day, send_briefing
from placements.arrangements.models import Preparation
from placements.checklists.keeping import add_point
from placements.checklists.lines import points_for, tick
from placements.checklists.models import Checklist, Point, Tick
from placements.induction.due import induction_of
from placements.induction.models import Induction
from students.tlevels.models import TLevel

OWN_POINTS = [  # firm or T Level, wording, hint
    (
        "oswin",
        "I know what confidential means here, and I have signed for it",
        "Nothing about patients leaves the building: no names, no photos, no stories at home.",
    ),
    (
        "Building Services Engineering",
        "I know how power is locked off before work begins",
        "Who holds the key and why.",
    ),
]
MAYA, KWAME, DYLAN, JACK, HANNAH = (
    "student@demo.test", "kwame.mensah@demo.test", "dylan.hughes@demo.test", "jack.sumner@demo.test",
    "hannah.whittle@demo.test",
)  # fmt: skip
BY_LINK = (MAYA, KWAME, DYLAN, "ellie.norton@demo.test", "grace.chen@demo.test", "student@other.test")
NOT_HERE = {
    (MAYA, 11): "There are no machines at the service desk.",
    (KWAME, 11): "Office work only.",
    (KWAME, 12): "Office work only.",
    (DYLAN, 7): "The whole site is open to us while the flats are empty.",
}
UNSURE = {
    (MAYA, 14): "If the alarm sounds while I am in the server room: do I shut anything down first?",
    (DYLAN, 15): "Which exit do we take while the back stairs are closed?",
}
ANSWERS = {MAYA: "Nothing at all: leave at once and pull the door to. We will try it out on Thursday."}
MOVED = "The team has moved to the second floor: exits, alarms and kitchen are new."
NEW_QUESTION = "Where on the new floor do we meet when the alarm sounds?"
HALF = 9  # points that Jack has answered

JOURNEYS = {
    MAYA: {
        "how": "Bus 14 from the church to Mill Hill, then five minutes on foot",
        "leave_at": "08:05", "arrive_at": "08:50", "cost": "£4.60 a day with the young person's pass",
        "plan_b": "Bus 3 to the station and walk up the hill. Ring Amira if it gets later than nine.",
    },
    HANNAH: {
        "how": "By bicycle along the canal", "leave_at": "08:20", "arrive_at": "08:45", "cost": "",
        "plan_b": "If it pours: bus 22 at 08:02.",
    },
}  # fmt: skip
QUESTIONS = {
    MAYA: [
        "How did you come to this work?",
        "What should I learn first?",
        "How do you decide which fault comes first?",
        "Whom can I ask when you are in a meeting?",
        "What would you do differently if you began again?",
    ],
    HANNAH: [
        "Which of the children need something special?",
        "When may I lead an activity?",
        "What do you wear outdoors?",
    ],
}
ARRANGED = {MAYA: 8, HANNAH: 6}
CARDS = {
    "oswin": ("Amira Khan, at the service desk", "Main entrance, then the lift to the lower ground floor. Sign in at "
              "the desk and ask for a visitor's badge.", "Tidy clothes, closed shoes. Bring a photo of yourself for "
              "the badge, something to write, and your lunch for the first day."),
    "brightwell": ("Donna Pritchard, in the school office", "The side gate on Church Walk; the bell is on the left.",
                   "Clothes that may get paint on them, flat shoes, a warm coat for the yard. Bring your DBS letter."),
    "larkfield": ("", "Second door on the left in Market Place; the office is on the first floor.",
                  "Office clothes. Bring a notebook and your bank details."),
}  # fmt: skip


def add_own_points(founding):
    """What the college adds to the induction, for an employer and for a T Level."""
    for name, wording, hint in OWN_POINTS:
        employer = founding.firms.get(name)
        tlevel = None if employer else TLevel.objects.get(title=name)
        point = Point(wording=wording, hint=hint, employer=employer, tlevel=tlevel)
        add_point(point, provider=founding.provider, by=founding.coordinator)


def done_on(induction: Induction) -> date:
    """The third day of work; the day of the act itself where holidays have moved that further on, or out of sight."""
    today = timezone.localdate()
    return min(induction.third_day_on or today, today)


class Beginning:
    """The beginning of one told placement (reviews.demo.telling.Told)."""

    def __init__(self, told):
        self.told, self.student = told, told.student.user
        self.email, self.key = self.student.email, told.stay.firm

    @property
    def placement(self):
        return self.told.placement

    def at(self, days: int, clock: time, do, hours_ago: float = 1):
        """`do` so many days from the first day."""
        day = self.told.first_on + timedelta(days=days)
        self.told.acts.add(self.told.calendar.moment(day, clock, hours_ago=hours_ago), do)

    def tell(self):
        """Add all acts of the beginning."""
        has_begun = self.told.stay.begun >= 0
        if self.email in JOURNEYS:
            self.at(-6, time(19, 15), self.arrange, hours_ago=5)
        if self.key in CARDS and (self.email in JOURNEYS or not has_begun):
            self.at(-12, time(11, 40), self.fill_card, hours_ago=7)
        if self.told.manager and (self.email == MAYA or not has_begun):
            self.at(-7, time(8, 0), lambda: send_briefing(self.placement, by=None), hours_ago=6)
        if has_begun:
            self.at(7, time(16, 20), self.induct, hours_ago=10)
        if self.email == KWAME:
            self.told.acts.add(self.told.calendar.moment(self.told.calendar.week(1), time(9, 5)), self.move_floor)

    def arrange(self):
        """The student's own notes, and what is arranged so far."""
        for point in points_for(self.placement, Checklist.ARRANGEMENTS)[: ARRANGED[self.email]]:
            tick(self.placement, point, by=self.student)
        asked = {f"question_{number}": words for number, words in enumerate(QUESTIONS[self.email], start=1)}
        form = PreparationForm(JOURNEYS[self.email] | asked, instance=Preparation(placement=self.placement))
        form.is_valid()
        Preparation.objects.create(placement=self.placement, **form.changes)

    def fill_card(self):
        ask_for, go_to, wear_and_bring = CARDS[self.key]
        data = {"ask_for": ask_for, "go_to": go_to, "wear_and_bring": wear_and_bring}
        form = first_day_form(self.placement, data)
        form.is_valid()
        keep_first_day(form, by=self.told.tutor)

    def induct(self):
        """Answered and confirmed, on paper but for some; Jack is half way through, Dylan's waits for his manager."""
        induction = self.answered()
        if self.email == JACK:
            return
        if self.email not in BY_LINK:
            name = self.placement.manager.name
            induction.confirm_from_paper(by=self.told.tutor, signed_by=name, done_on=done_on(induction))
            return
        induction.hand_over(by=self.student)
        if self.email != DYLAN:
            self.confirm(induction)

    def answered(self) -> Induction:
        points = list(points_for(self.placement, Checklist.INDUCTION))
        told = {}
        for number, point in enumerate(points, start=1):
            if words := NOT_HERE.get((self.email, number)):
                told[point.pk] = (Tick.State.NOT_HERE, words)
            elif words := UNSURE.get((self.email, number)):
                told[point.pk] = (Tick.State.UNSURE, words)
        done = [point for point in points[: HALF if self.email == JACK else None] if point.pk not in told]
        values = {"placement": self.placement, "by": self.student, "by_name": self.student.name}
        Tick.objects.bulk_create([Tick(point=point, wording=point.wording, **values) for point in done])
        for point in points:
            if point.pk in told:
                state, words = told[point.pk]
                tick(self.placement, point, by=self.student, state=state, words=words)
        return induction_of(self.placement)

    def confirm(self, induction: Induction):
        asked = [line.point.pk for line in induction.lines() if line.tick.state == Tick.State.UNSURE]
        answers = dict.fromkeys(asked, ANSWERS.get(self.email, ""))
        induction.confirm(by=self.placement.manager, done_on=done_on(induction), answers=answers)

    def move_floor(self):
        """Kwame's team moves, so that his induction is opened again and waits once more, with a question."""
        induction = induction_of(self.placement)
        induction.reopen(by=self.told.tutor, reason=MOVED)
        line = induction.lines()[14]
        tick(self.placement, line.point, by=self.student, state=Tick.State.UNSURE, words=NEW_QUESTION)
        induction = induction_of(self.placement)
        induction.hand_over(by=self.student)
