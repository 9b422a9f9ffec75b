"""How placements of the demo end: contacts made, the ending that a student prepares, and two early ends."""

from datetime import time, timedelta
from random import Random

from placements.checklists.lines import points_for, tick
from placements.checklists.models import Checklist
from placements.ending import doing, early, referring
from placements.ending.models import EarlyEnd, EndReason, Feedback, FeedbackStatement, Handover, Presentation, Reference
from portal.asks.models import Ask
from reviews.demo import ending_words as words
from reviews.demo.moments import SEED
from students.contacts.keeping import add_contact
from students.contacts.models import Contact


class Ended:
    """The end of one told placement (reviews.demo.telling.Told)."""

    def __init__(self, told):
        self.told, self.student, self.email = told, told.student.user, told.student.user.email
        self.rng = Random(f"{SEED} ending {self.email} {told.stay.firm}")
        self.is_taster = told.stay.is_taster

    @property
    def placement(self):
        return self.told.placement

    def at(self, days: int, clock, do, hours_ago=1):
        """`do` so many days from the last day of the placement."""
        day = self.told.last_on + timedelta(days=days)
        self.told.acts.add(self.told.calendar.moment(day, clock, hours_ago=hours_ago), do)

    def tell(self):
        """Add all acts of the end."""
        if self.email == "student@demo.test":
            self.meet_people()
        if self.told.stay.ended:
            self.at(0, time(18, 0), self.end, hours_ago=6)
            if words.EARLY.get(self.email, [False])[-1] and not self.is_taster:
                self.at(words.EARLY[self.email][-2] - 2, time(15, 0), self.settle_next, hours_ago=2)
        if self.is_taster or not self.is_first:
            return
        if self.email in words.FEEDBACK:
            self.at(0 if self.told.stay.ended else -16, time(19, 30), self.give_feedback, hours_ago=3)
        if self.email in words.LOOKING_BACK:
            self.tell_all()
        if self.email in words.HANDED_OVER:
            self.at(-17, time(12, 40), self.list_handovers, hours_ago=5)
            self.at(-1, time(15, 20), self.hand_over, hours_ago=4)
        if self.email in words.REFERENCES or self.email in words.DECLINED or self.email in words.ASKED:
            self.at(-19, time(17, 30), self.ask_for_reference, hours_ago=30)
            self.at(-15, time(8, 50), self.answer_reference, hours_ago=5)

    @property
    def is_first(self) -> bool:
        """Ben is at his second employer by now; what he says is of the first."""
        return self.told.stay.firm != "meadowcroft"

    # --- contacts ---

    def meet_people(self):
        for *fields, ago in words.MAYA_MET:
            monday = self.told.calendar.week(ago)
            moment = self.told.calendar.moment(monday + timedelta(days=4), time(19, 10))
            self.told.acts.add(moment, lambda fields=fields: self.add_contact(*fields))

    def add_contact(self, name, role, organisation, met, email, phone, touch, notes):
        add_contact(
            Contact(
                student=self.told.student, name=name, role=role, organisation=organisation, met=met, email=email,
                phone=phone, touch=touch, notes=notes,
            )
        )  # fmt: skip

    # --- the end itself ---

    def end(self):
        """By its own verb, or early with all that belongs to it."""
        if self.email not in words.EARLY or self.is_taster:
            return self.placement.end(by=self.told.tutor, reason=self.told.stay.ended)
        asked_by, number, said, next_step, who, days, _ = words.EARLY[self.email]
        found = EarlyEnd(
            placement=self.placement, asked_by=asked_by, reason=EndReason.objects.get(number=number), words=said,
            last_on=self.told.last_on, next_step=next_step, next_words=who,
            next_on=self.told.last_on + timedelta(days=days), told_text="",
        )  # fmt: skip
        found.told_text = early.first_words(self.placement, by=self.told.tutor)
        early.end_early(found, tell=True, by=self.told.tutor)
        return None

    def settle_next(self):
        early.settle_next(self.placement.early_ends.get(), done=True, by=self.told.tutor)

    # --- what the student makes ---

    def tell_all(self):
        """A complete ending."""
        self.at(-14, time(18, 30), self.hold_presentation)
        self.at(-3, time(20, 0), self.look_back, hours_ago=4)
        self.at(-1, time(17, 45), self.write_letter, hours_ago=3)
        self.at(0, time(16, 30), self.tick_points, hours_ago=2)

    def hold_presentation(self):
        day = self.told.last_on - timedelta(days=2)
        found = Presentation(placement=self.placement, title=f"My time at {self.placement.employer}", held_on=day)
        doing.keep_presentation(found, None, drop_file=False, by=self.student)

    def look_back(self):
        doing.keep_reflection(self.placement, words.LOOKING_BACK[self.email], seen=0, share=True, by=self.student)

    def write_letter(self):
        manager = self.placement.manager.first_name
        letter = doing.keep_letter(self.placement, words.LETTER.format(manager=manager, student=self.student.name))
        doing.letter_sent(letter, sent=True, by=self.student)

    def tick_points(self):
        for point in points_for(self.placement, Checklist.ENDING):
            tick(self.placement, point, by=self.student)

    def list_handovers(self):
        for what, to_whom, _ in words.HANDED_OVER[self.email]:
            doing.add_handover(Handover(placement=self.placement, what=what, to_whom=to_whom), by=self.student)

    def hand_over(self):
        done = [what for what, _, is_done in words.HANDED_OVER[self.email] if is_done]
        for handover in self.placement.handovers.filter(what__in=done).select_related("placement"):
            doing.hand_over(handover, done=True, by=self.student)

    def ask_for_reference(self):
        message = words.ASKED.get(self.email, "")
        self.reference = referring.ask_for_reference(self.placement, message=message, by=self.student)

    def answer_reference(self):
        if self.email in words.ASKED:
            return
        reference = Reference.objects.select_related("placement__student__user", "manager").get(pk=self.reference.pk)
        ask = Ask.objects.about(reference).get()
        if self.email in words.DECLINED:
            return referring.decline(reference, ask, by=reference.manager, because=words.DECLINED[self.email])
        names = ("known_for", "work", "strengths", "words", "recommends", "title")
        said = dict(zip(names, words.REFERENCES[self.email], strict=True))
        referring.give(reference, ask, by=reference.manager, seen=0, **said)

    def give_feedback(self):
        values, recommend, good, better = words.FEEDBACK[self.email]
        feedback = Feedback(placement=self.placement, recommend=recommend, good=good, better=better)
        statements = FeedbackStatement.objects.filter(retired_at=None)
        doing.give_feedback(feedback, dict(zip(statements, values, strict=True)), by=self.student)
