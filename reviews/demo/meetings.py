"""Review meetings and the employers' review forms of the demo, by the verbs that the pages use."""

from datetime import datetime, time, timedelta
from random import Random

from django.utils import timezone

from portal.asks.models import Ask
from portal.history.models import record
from reviews.demo.meetings_words import DEVELOP, MAYA, NOTES, STRENGTHS
from reviews.demo.moments import SEED
from reviews.forms.asking import ask_for
from reviews.forms.forms import ScreenForm
from reviews.forms.models import Occasion, Part, Remark, ReviewForm
from reviews.forms.models.lines import screens_of
from reviews.forms.saving import save_answers
from reviews.meetings.confirming import confirm
from reviews.meetings.models import Action, GoalWord, Meeting, Preparation
from reviews.meetings.recording import goals_of

ROOM = {"way": "in_person", "where": "Meeting room on the ground floor", "minutes": 45}
ONLINE = {"way": "online", "where": "https://meet.college.example/review", "minutes": 30}
HELD = ("student@demo.test", "kwame.mensah@demo.test", "zoe.nunez-obrien@demo.test", "student@other.test")
FORMS_IN = ("student@demo.test", "zoe.nunez-obrien@demo.test", "ellie.norton@demo.test")
FORMS_WAITING = ("kwame.mensah@demo.test", "priya.nair@demo.test")
DATES_OFFERED = ("student@demo.test", "priya.nair@demo.test")
DATE_AGREED = ("zoe.nunez-obrien@demo.test", "ellie.norton@demo.test")


class Reviewed:
    """The reviews of one told placement (reviews.demo.telling.Told)."""

    def __init__(self, told):
        self.told, self.calendar, self.email = told, told.calendar, told.student.user.email
        self.rng = Random(f"{SEED} reviews {self.email} {told.stay.firm}")
        self.tutor, self.manager, self.student = told.tutor, told.manager, told.student.user

    def tell(self):
        """Add all acts; the other students have only what is still to come of the college's pattern."""
        if self.told.stay.begun < 1:
            return
        runs = not self.told.stay.ended and self.manager is not None
        if runs and self.email in HELD:
            self.tell_first_meeting()
        if runs and self.email in FORMS_IN:
            self.ago(12, time(9, 15), lambda: self.ask(Occasion.MIDWAY))
            self.ago(9, time(16, 50), self.answer)
            self.ago(8, time(18, 30), self.respond)
        if runs and self.email in FORMS_WAITING:
            self.ago(2, time(9, 20), lambda: self.ask(Occasion.MIDWAY))
        if runs and self.email == "ellie.norton@demo.test" and self.told.stay.firm == "oswin":
            self.ago(1, time(10, 5), lambda: self.ask(Occasion.FINAL))
        if runs and self.email in DATES_OFFERED:
            self.ago(3, time(11, 40), self.offer)
        if runs and self.email in DATE_AGREED:
            self.ago(4, time(13, 10), self.agree)

    def ago(self, days: int, clock: time, do):
        """Do something so many days before today."""
        day = self.calendar.today - timedelta(days=days)
        self.told.acts.add(self.calendar.moment(day, clock, hours_ago=1.5), do)

    def to_come(self, days: int, clock: time) -> datetime:
        """A moment so many working days or a little more after today."""
        day = self.calendar.today + timedelta(days=days)
        day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
        return timezone.make_aware(datetime.combine(day, clock))

    # --- meetings ---

    def tell_first_meeting(self):
        """Agreed by word of mouth, prepared, held a week after the first day, confirmed by all three."""
        day = self.told.first_on + timedelta(days=7)
        at = timezone.make_aware(datetime.combine(day, time(14, 0)))
        self.told.acts.add(self.calendar.moment(day - timedelta(days=4), time(10, 0)), lambda: self.fix_first(at))
        self.told.acts.add(self.calendar.moment(day - timedelta(days=1), time(18, 0)), self.prepare)
        self.told.acts.add(self.calendar.moment(day, time(14, 50)), self.hold)
        self.told.acts.add(self.calendar.moment(day, time(17, 30)), lambda: self.agree_to("student", self.student))
        self.told.acts.add(
            self.calendar.moment(day + timedelta(days=1), time(8, 45)), lambda: self.agree_to("manager", self.manager)
        )

    def meeting(self, number: int = 0) -> Meeting:
        rows = Meeting.objects.with_people().filter(placement=self.told.placement, is_by_pattern=True)
        return list(rows.order_by("due_on"))[number]

    def next_meeting(self) -> Meeting:
        """The one that is due next and has no date."""
        rows = Meeting.objects.with_people().filter(placement=self.told.placement, status=Meeting.Status.PLANNED)
        today = timezone.localdate()
        return rows.filter(due_on__gte=today - timedelta(days=10)).order_by("due_on").first()

    def fix_first(self, starts_at):
        self.meeting().fix(by=self.tutor, starts_at=starts_at, **ROOM)

    def prepare(self):
        meeting = self.meeting()
        went_well, hard, talk_about = MAYA["prepared"]
        Preparation.objects.create(
            meeting=meeting, went_well=went_well, hard=hard, talk_about=talk_about, shared_at=timezone.now()
        )
        record(meeting, "prepared the meeting", by=self.student)
        self.say_goals(meeting, GoalWord.Side.STUDENT, "towards", MAYA["own"])

    def say_goals(self, meeting, side, progress, words):
        GoalWord.objects.bulk_create(
            GoalWord(
                meeting=meeting, side=side, goal=goal, number=goal.number, wording=goal.wording,
                progress=progress if number < 2 else "not_started", words=words[number % len(words)],
            )
            for number, goal in enumerate(goals_of(meeting))
        )  # fmt: skip

    def hold(self):
        meeting = self.meeting()
        self.say_goals(meeting, GoalWord.Side.TOGETHER, "towards", MAYA["together"])
        Meeting.objects.filter(pk=meeting.pk).update(behaviours=self.rng.choice(NOTES), notes=MAYA["notes"])
        for owner, what, days in MAYA["actions"]:
            Action.objects.create(
                meeting=meeting, owner=owner, what=what, due_on=timezone.localdate() + timedelta(days=days)
            )
        self.meeting().finish(by=self.tutor)

    def agree_to(self, party, person):
        meeting = self.meeting()
        confirm(meeting, party, agrees=True, name=person.name, by=person)
        for found in Ask.objects.filter(kind="meeting_notes", to=person, about_id=meeting.pk).open():
            Ask.objects.filter(pk=found.pk).update(answered_at=timezone.now())
        if party == "student":
            meeting.actions.filter(owner="student").update(done_at=timezone.now(), done_name=person.name)

    def offer(self):
        if meeting := self.next_meeting():
            dates = [self.to_come(5, time(10, 0)), self.to_come(6, time(14, 30)), self.to_come(8, time(9, 15))]
            meeting.offer(by=self.tutor, dates=dates, **ROOM)

    def agree(self):
        if meeting := self.next_meeting():
            meeting.fix(by=self.tutor, starts_at=self.to_come(3, time(15, 0)), **ONLINE)

    # --- forms ---

    def form(self) -> ReviewForm:
        return ReviewForm.objects.with_people().get(placement=self.told.placement, occasion=Occasion.MIDWAY)

    def ask(self, occasion):
        ask_for(self.told.placement, occasion, by=self.tutor)

    def answer(self):
        form = self.form()
        for screen in screens_of(form):
            save_answers(form, ScreenForm(screen.lines, self.said(screen.lines)), by_name=self.manager.name)
        form.hand_in(by=self.manager)

    def said(self, lines) -> dict:
        found = {}
        for line in lines:
            if line.part == Part.BEHAVIOUR:
                found[line.name] = self.rng.choice(["3", "3", "4", "4", "4", "5", "2", "unseen"])
            elif line.part == Part.GOAL:
                found[line.name] = self.rng.choice(["towards", "towards", "met"])
            else:
                words = {"strengths": STRENGTHS, "develop": DEVELOP}.get(line.code)
                found[line.name] = self.rng.choice(words) if words else {"overall": "well"}.get(line.code, "yes")
        return found

    def respond(self):
        if self.email != "ellie.norton@demo.test":
            form = self.form()
            Remark.objects.create(form=form, by=self.student, words=MAYA["remark"], at=timezone.now())
            record(form, "said something to the form", by=self.student)


def drop_what_is_past():
    """The colleges began with the pattern lately: what would have been long ago was never planned."""
    rows = Meeting.objects.filter(status=Meeting.Status.PLANNED)
    rows.filter(due_on__lt=timezone.localdate() - timedelta(days=3)).delete()
