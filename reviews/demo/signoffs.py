"""How placements of the demo are completed: signed off, ready, waiting for a second person; a question of Maya's."""

from datetime import datetime, time, timedelta
from random import Random

from django.utils import timezone

from placements.goals.models import LearningGoal
from placements.models import Placement
from portal.uploads import Accepted
from reviews.demo.goals_words import GOALS
from reviews.demo.lastyear import CLOSED, LEFT_COURSE
from reviews.demo.moments import SEED, Calendar, at
from reviews.demo.returns import complete_with_consideration, send_results
from reviews.forms.models import Answer, Occasion, Part, ReviewForm
from reviews.forms.models.lines import asked_now
from reviews.meetings.models import GoalWord, Meeting
from reviews.signoff import considering, questions, signing
from reviews.signoff.models import Reason
from students.departure import acts as departure
from students.models import LeftBecause, Student

SIGNED_OFF = {"northfield": 5, "westbrook": 3}  # of last year's students
READY = "marcus.bell@demo.test"
LEFT_FOR = "Began an apprenticeship with a local firm."
CONSIDERED = "chloe.barker@demo.test"
MAYA = "student@demo.test"
JUDGED = [
    "Works on ordinary tasks alone, asks at the right moment, and explains what the team does and why.",
    "All goals were talked over in the review meetings. The last one was reached in the final month.",
    "The employer's final review agrees with what I saw on both visits.",
]
WHY = (
    "The whole reception team was moved to the coast after seven weeks, and the journey would have taken two hours "
    "each way. Five employers in town were asked, and none can take Chloe before the course ends. The letter is "
    "attached. Her progress with the goals was good to the last day."
)
ASKED = "I worked on the bank holiday, too. Why are there fewer hours than in my own notes?"
ANSWERED = (
    "I looked at it with you: the week that Amira asked about was not approved on that day, so its hours were not in "
    "the figure yet. Once she had approved it, they were. Nothing is lost."
)
NOTES = "Looked back over the whole placement, and at every goal."
SAID = {
    "met": ["Does this alone now.", "Shown twice in the last month.", "Explains it to newcomers."],
    "exceeded": ["Taught it to a colleague.", "Found a shorter way that the team has taken over."],
    "towards": ["Nearly there: still asks before the last step.", "Needs more practice than there was time for."],
}
SAYS = {"strengths": "Reliable, and kind to everybody who calls.", "develop": "Could trust their own judgement more."}
LETTER = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>endobj
4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
5 0 obj<</Length 89>>stream
BT /F1 14 Tf 72 760 Td (Our reception moves to the coast office on Monday. The council.) Tj ET
endstream endobj
trailer<</Root 1 0 R>>
%%EOF
"""


class Completed:
    """The end of the way, at one college. Acts in time for whom all weeks are there; the others at the end."""

    def __init__(self, founding, calendar: Calendar):
        self.founding, self.calendar, self.provider = founding, calendar, founding.provider
        self.rng = Random(f"{SEED} completion {founding.college.key}")

    def student(self, email: str) -> Student:
        return Student.objects.select_related("user", "tutor", "provider").get(
            user__email=email, provider=self.provider
        )

    def moment(self, days: int, clock: time):
        return self.calendar.moment(self.calendar.today - timedelta(days=days), clock, hours_ago=3)

    def tell(self, acts):
        """Maya's question, asked and answered."""
        if self.founding.college.key == "northfield":
            acts.add(self.moment(16, time(18, 20)), self.ask)
            acts.add(self.moment(14, time(9, 40)), self.answer)

    def ask(self):
        maya = self.student(MAYA)
        questions.ask(maya, figure="hours", words=ASKED, by=maya.user)

    def answer(self):
        maya = self.student(MAYA)
        maya.figure_questions.get().give_answer(by=maya.tutor, answer=ANSWERED, outcome="stands")

    # --- once all weeks are written ---

    def complete(self):
        """Sign last year's first students off; one left. One of this year's is ready, one waits for a second person."""
        students = Student.objects.filter(provider=self.provider, placements__ended_because__startswith="All agreed")
        rows = students.select_related("user", "tutor", "provider", "tlevel").order_by("placements__last_on", "pk")
        last_year = [student for student in rows if student.tutor.email.startswith("ingrid.")]
        self.leave(Student.objects.filter(provider=self.provider, placements__ended_because=LEFT_COURSE).get())
        for student in Student.objects.filter(provider=self.provider, placements__ended_because=CLOSED):
            complete_with_consideration(student, self.founding)
        *before, last = enumerate(last_year[: SIGNED_OFF[self.founding.college.key]])
        for number, student in before:
            self.sign_off(student, number)
        send_results(self.founding, student)
        self.sign_off(last[1], last[0])
        if self.founding.college.key == "northfield":
            self.finish(self.student(READY))
            self.consider(self.student(CONSIDERED))

    def sign_off(self, student: Student, number: int):
        """Three weeks after the last day, all by the tutor."""
        placement = student.placements.select_related("manager").get()
        last_on = placement.last_on
        self.meet(placement, self.goals(placement), timezone.make_aware(datetime.combine(last_on, time(10))))
        moment = timezone.make_aware(datetime.combine(last_on + timedelta(days=21 + number), time(15, 30)))
        self.make_ready(student, moment)
        with at(moment + timedelta(hours=1)):
            signing.sign_off(student, by=student.tutor)

    def leave(self, student: Student):
        """Some days after the placement had ended, by the tutor."""
        last_on = student.placements.get().last_on
        with at(timezone.make_aware(datetime.combine(last_on + timedelta(days=5), time(9, 30)))):
            departure.leave(student, on=last_on, because=LeftBecause.WORK, note=LEFT_FOR, by=student.tutor)

    def finish(self, student: Student):
        """Everything is there, but the tutor has not signed off yet."""
        placement = student.placements.select_related("manager").get()
        last_day = timezone.make_aware(datetime.combine(placement.last_on, time(10)))
        self.meet(placement, list(placement.goals.current()), last_day)
        self.make_ready(student, self.moment(6, time(14, 10)))

    def goals(self, placement: Placement) -> list[LearningGoal]:
        """What was to be learned, agreed before the first day."""
        agreed = timezone.make_aware(datetime.combine(placement.first_on - timedelta(days=12), time(11, 20)))
        tutor, manager = placement.student.tutor, placement.manager
        return LearningGoal.objects.bulk_create(
            LearningGoal(
                placement=placement, number=number, wording=wording, written_at=agreed, written_by=tutor,
                tutor_agreed_at=agreed, tutor_agreed_name=tutor.name, manager_agreed_at=agreed,
                manager_agreed_name=manager.name,
            )
            for number, wording in enumerate(GOALS[placement.student.tlevel.title], start=1)
        )  # fmt: skip

    def meet(self, placement: Placement, goals: list[LearningGoal], moment):
        """The last review meeting, held and confirmed by everybody, with words to each goal."""
        meeting = Meeting.objects.create(
            placement=placement, title="Before the end", due_on=placement.last_on, is_by_pattern=True,
            status=Meeting.Status.SETTLED, starts_at=moment, where="Meeting room", sequence=1, notes=NOTES,
            finished_at=moment + timedelta(hours=1), finished_by=placement.student.tutor,
        )  # fmt: skip
        GoalWord.objects.bulk_create(
            GoalWord(
                meeting=meeting, side=GoalWord.Side.TOGETHER, goal=goal, number=goal.number, wording=goal.wording,
                progress=progress, words=self.rng.choice(SAID[progress]),
            )
            for goal in goals
            for progress in [self.rng.choice(["met", "met", "met", "exceeded", "towards"])]
        )  # fmt: skip

    def make_ready(self, student: Student, moment):
        """The final review came in a week before; the tutor judges."""
        self.final_review(
            student.placements.select_related("manager", "student__user").last(), moment - timedelta(days=7)
        )
        with at(moment):
            signing.judge(student, is_sufficient=True, words=self.rng.choice(JUDGED), by=student.tutor)

    def final_review(self, placement: Placement, moment):
        """The employer's final form, handed in, as its page would have left it."""
        form = ReviewForm.objects.create(
            placement=placement, occasion=Occasion.FINAL, status=ReviewForm.Status.HANDED_IN,
            asked_at=moment - timedelta(days=5), handed_in_at=moment, handed_in_name=placement.manager.name,
        )  # fmt: skip
        Answer.objects.bulk_create(
            self.answer_to(form, line, number, moment) for number, line in enumerate(asked_now(form), start=1)
        )

    def answer_to(self, form: ReviewForm, line, number: int, moment) -> Answer:
        value = {Part.BEHAVIOUR: self.rng.choice("33444455"), Part.GOAL: self.rng.choice(["met", "met", "exceeded"])}
        chosen = value.get(line.part, line.options[0][0] if line.options else "")
        labels = {str(key): label for key, label in line.options}
        return Answer(
            form=form, part=line.part, code=line.code, screen=line.screen, number=number, wording=line.wording,
            options=[list(option) for option in line.options], value=chosen, label=labels.get(chosen, ""),
            words="" if chosen else SAYS.get(line.code, ""), at=moment, by_name=form.handed_in_name,
        )  # fmt: skip

    def consider(self, student: Student):
        """Proposed by the tutor, waits for the placement office."""
        letter = Accepted("Letter of the council.pdf", "application/pdf", LETTER)
        with at(self.moment(3, time(11, 15))):
            signing.judge(student, is_sufficient=True, words=JUDGED[0], by=student.tutor)
            reasons = list(Reason.objects.filter(code="W"))
            considering.propose(student, reasons=reasons, words=WHY, files=[letter], by=student.tutor)
