"""The induction of a placement: ticked by the student, confirmed as a whole by the line manager."""

from datetime import date, timedelta

from django.db import models
from django.utils import timezone

from placements.checklists.lines import lines_of, ticks_of
from placements.checklists.models import Checklist, Line, Tick
from placements.induction.models.reply import Reply
from placements.models import Placement, VisibleThroughPlacement
from portal.people.models import User
from portal.workflow import Refused, SomebodyWasQuicker, StatusField, Workflow, verb

UNDO_MINUTES = 10


class Induction(Workflow):
    """One per placement. The answers are Ticks (placements.checklists), what the manager writes are Replies.

    `done_on` is the day on which the induction was finished, as the manager says. `third_day_on` is the third day of
    work (agreed or logged): the day after it the induction is overdue; None while there are fewer (due.py keeps it).
    """

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        HANDED_OVER = "handed_over", "With the line manager"
        SENT_BACK = "sent_back", "Sent back"
        CONFIRMED = "confirmed", "Confirmed"

    TO_ANSWER = [Status.OPEN, Status.SENT_BACK]

    placement = models.OneToOneField(Placement, on_delete=models.CASCADE, related_name="induction", editable=False)
    status = StatusField("status", max_length=11, choices=Status, default=Status.OPEN, editable=False)
    handed_over_at = models.DateTimeField(null=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    decided_by_link = models.BooleanField(default=False, editable=False)
    decided_version = models.PositiveIntegerField(null=True, editable=False)  # as the manager's decision left it
    done_on = models.DateField("day on which the induction was finished", null=True, editable=False)
    signed_on_paper_by = models.CharField("signed on paper by", max_length=150, blank=True, editable=False)
    words = models.CharField("message to the student", max_length=500, blank=True, editable=False)
    third_day_on = models.DateField(null=True, editable=False)

    objects = VisibleThroughPlacement.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="handed_over") | models.Q(handed_over_at__isnull=False),
                name="induction_handed_over_has_stamp",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="confirmed")
                | models.Q(decided_at__isnull=False, decided_by__isnull=False, done_on__isnull=False),
                name="induction_confirmed_has_stamp",
            ),
        ]
        indexes = [models.Index(fields=["status", "third_day_on"], name="induction_overdue")]

    def __str__(self):
        return f"Induction of {self.placement}"

    # --- what it is ---

    @property
    def is_open(self) -> bool:
        """Whether points can be answered now."""
        return self.status in self.TO_ANSWER

    @property
    def is_with_manager(self) -> bool:
        return self.status == self.Status.HANDED_OVER

    def is_overdue(self, today: date | None = None) -> bool:
        """Not confirmed although the third day of work has passed."""
        today = today or timezone.localdate()
        return self.status != self.Status.CONFIRMED and self.third_day_on is not None and self.third_day_on < today

    def relations(self, user) -> set[str]:
        return self.placement.relations(user)

    def lines(self) -> list:
        """The points as this induction has them: once it is handed over only what was answered, in its own wording."""
        if self.is_open:
            return lines_of(self.placement, Checklist.INDUCTION)
        return [Line(tick.point, tick) for tick in ticks_of(self.placement, Checklist.INDUCTION)]

    def can_be_undone(self, now=None) -> bool:
        """Whether the manager may still take the last decision back: for ten minutes, while nobody answered anew."""
        since = (now or timezone.now()) - timedelta(minutes=UNDO_MINUTES)
        return self.decided_version == self.version and self.decided_at > since

    def sentence(self) -> str:
        """The status as people say it."""
        way = ", by link" if self.decided_by_link else ""
        match self.status:
            case self.Status.HANDED_OVER:
                manager = self.placement.manager or "a line manager, who is not named yet"
                return f"Handed over on {on(self.handed_over_at)}, waits for {manager}"
            case self.Status.SENT_BACK:
                return f"Sent back by {self.decided_by} on {on(self.decided_at)}{way}"
            case self.Status.CONFIRMED if self.signed_on_paper_by:
                return (
                    f"Done on {self.done_on:%-d %B %Y}, signed on paper by {self.signed_on_paper_by}, "
                    f"recorded by {self.decided_by}"
                )
            case self.Status.CONFIRMED:
                return f"Done on {self.done_on:%-d %B %Y}, confirmed by {self.decided_by}{way}"
        return "Not finished after three days at work" if self.is_overdue() else "Not handed over yet"

    @property
    def tone(self) -> str:
        """The tone in which the sentence is shown (see the status component)."""
        tones = {
            self.Status.HANDED_OVER: "waiting",
            self.Status.SENT_BACK: "attention",
            self.Status.CONFIRMED: "good",
        }
        return tones.get(self.status, "attention" if self.is_overdue() else "calm")

    def open_points(self) -> list[str]:
        """The wordings of the points that nobody has answered."""
        return [line.wording for line in self.lines() if line.tick is None]

    # --- the moves ---

    @verb(source=TO_ANSWER, target=Status.HANDED_OVER, who={"student"}, says="handed the induction over")
    def hand_over(self, *, by):
        """Put it to the manager. Raises Refused while points are open, or before the first day, or without manager."""
        if self.placement.status == Placement.Status.PLANNED:
            raise Refused("Your placement has not started yet. Hand the induction over once you have been there.")
        if self.placement.manager_id is None:
            raise Refused("Nobody is named as your line manager yet. Ask your tutor, then hand it over.")
        if left := len(self.open_points()):
            raise Refused(f"{left} {'points are' if left > 1 else 'point is'} not answered yet.")
        self.handed_over_at = timezone.now()
        self.decided_at = self.decided_by = None
        self.decided_by_link, self.words = False, ""

    @verb(source=Status.HANDED_OVER, target=Status.OPEN, who={"student"}, says="took the induction back")
    def recall(self, *, by):
        """Take it back while the manager has not answered."""
        self.handed_over_at = None

    @verb(source=Status.HANDED_OVER, target=Status.CONFIRMED, who={"manager"})
    def confirm(self, *, by, done_on: date, answers: dict[int, str]):
        """Confirm the whole. `answers` are words by the primary key of the point; each question needs one."""
        if why_not := self.why_not_done_on(done_on):
            raise Refused(why_not)
        asked = [line for line in self.lines() if line.tick.state == Tick.State.UNSURE]
        if open_ones := [line.wording for line in asked if not answers.get(line.point.pk, "").strip()]:
            raise Refused(*(f"Answer the question about “{wording}”." for wording in open_ones))
        self.stamp(by)
        self.done_on, self.words = done_on, ""
        for line in asked:
            self.reply(line, Reply.Kind.ANSWER, answers[line.point.pk], by)
        return f"confirmed the induction, done on {done_on:%-d %B %Y}"

    @verb(source=Status.HANDED_OVER, target=Status.SENT_BACK, who={"manager"})
    def send_back(self, *, by, points: dict[int, str], words: str = "", answers: dict[int, str] | None = None):
        """Open some points again, each with what is still to be done; questions answered on the way stay answered."""
        points = {pk: text.strip() for pk, text in points.items() if text.strip()}
        if not points:
            raise Refused("Say at one point at least what is still to be done.")
        self.stamp(by)
        self.words = words.strip()
        for line in self.lines():
            if text := points.get(line.point.pk):
                self.reply(line, Reply.Kind.SENT_BACK, text, by)
                line.tick.delete()
            elif line.tick.state == Tick.State.UNSURE and (text := (answers or {}).get(line.point.pk, "").strip()):
                self.reply(line, Reply.Kind.ANSWER, text, by)
        count = "1 point" if len(points) == 1 else f"{len(points)} points"
        return f"sent {count} of the induction back" + (f": {self.words}" if self.words else "")

    @verb(
        source=[Status.CONFIRMED, Status.SENT_BACK], target=Status.HANDED_OVER, who={"manager"}, says="took that back"
    )
    def undo(self, *, by):
        """Take the last decision back: within ten minutes, only by whoever decided. Points get their answers back."""
        if self.status == self.Status.SENT_BACK and self.decided_version != self.version:
            student = self.placement.student.user.first_name
            raise Refused(
                f"{student} has changed answers after that, so it cannot be taken back any more. "
                f"The list comes to you again when {student} hands it over."
            )
        if not self.can_be_undone() or self.decided_by_id != by.pk:
            raise Refused(f"That was more than {UNDO_MINUTES} minutes ago. Ask the tutor to open the induction again.")
        replies = self.replies.filter(is_taken_back=False, at__gte=self.decided_at)
        for reply in replies.filter(kind=Reply.Kind.SENT_BACK):
            reply.restore_answer()
        replies.update(is_taken_back=True)
        self.decided_at = self.decided_by = self.decided_version = self.done_on = None
        self.decided_by_link, self.words = False, ""

    @verb(source=[*TO_ANSWER, Status.HANDED_OVER], target=Status.CONFIRMED, who={"tutor", "coordinator"})
    def confirm_from_paper(self, *, by, signed_by: str, done_on: date):
        """Record that the manager signed the induction on paper. All points must be answered."""
        if left := len(self.open_points()):
            raise Refused(f"{left} {'points are' if left > 1 else 'point is'} not answered yet.")
        if why_not := self.why_not_done_on(done_on):
            raise Refused(why_not)
        self.stamp(by)
        self.done_on, self.decided_version = done_on, None  # which the manager does not undo
        self.signed_on_paper_by, self.words = signed_by, ""
        return f"recorded from paper that {signed_by} confirmed the induction, done on {done_on:%-d %B %Y}"

    @verb(source=Status.CONFIRMED, target=Status.OPEN, who={"tutor", "coordinator"})
    def reopen(self, *, by, reason: str):
        """Open a confirmed induction again; the answers stay. Raises Refused without a reason."""
        if not reason.strip():
            raise Refused("Say in a few words why the induction is opened again.")
        self.decided_at = self.decided_by = self.done_on = self.handed_over_at = None
        self.decided_by_link = False
        self.signed_on_paper_by = self.words = ""
        return f"opened the confirmed induction again. Reason: {reason.strip()}"

    # --- the content ---

    def why_not_done_on(self, day: date) -> str:
        """Why it cannot have been finished on that day, as a sentence; else ''."""
        if day > timezone.localdate():
            return "The day of the induction cannot lie in the future."
        if day < self.placement.first_on:
            return f"The placement began on {self.placement.first_on:%-d %B %Y}: the induction cannot be older."
        return ""

    def take_turn(self):
        """Take the right to change answers, first in the transaction. Raises SomebodyWasQuicker once handed over."""
        rows = Induction.objects.filter(pk=self.pk, status__in=self.TO_ANSWER)
        if not rows.update(version=models.F("version") + 1):
            raise SomebodyWasQuicker(self)
        self.refresh_from_db(fields=["version", "status"])

    def stamp(self, by):
        """Note who decides, when and how, and as which version the verb is about to write it."""
        self.decided_at, self.decided_by, self.decided_version = timezone.now(), by, self.version + 1
        self.decided_by_link = by.acts_by_link

    def reply(self, line, kind: str, words: str, by: User):
        """Keep what the manager wrote to a point, beside what the student had answered."""
        tick = line.tick
        Reply.objects.create(
            induction=self,
            point=line.point,
            wording=tick.wording,
            kind=kind,
            state=tick.state,
            said=tick.words,
            said_at=tick.at,
            said_by=tick.by,
            words=words.strip(),
            at=self.decided_at,
            by=by,
            by_name=by.name,
        )


def on(moment) -> str:
    return f"{timezone.localtime(moment):%-d %B}"
