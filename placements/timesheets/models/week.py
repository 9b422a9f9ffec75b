"""A student's week: spells of work, absences, flags, and the way from draft to approved."""

from datetime import date, datetime, timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from placements.models import Placement, VisibleThroughPlacement
from placements.timesheets.undoing import why_not_undone
from portal.own_saves import SavedByPages
from portal.people.models import Role, User
from portal.workflow import Refused, StatusField, verb
from students.frozen import refuse_if_frozen

UNANSWERED_DAYS = 5


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def unanswered_since(now: datetime) -> datetime:
    """A week that was handed in by then, and waits, has waited too long: UNANSWERED_DAYS."""
    return now - timedelta(days=UNANSWERED_DAYS)


class TimesheetQuerySet(VisibleThroughPlacement):
    def visible_to(self, user):
        """As its placement is; but a draft is not its manager's to see before it is handed in."""
        visible = super().visible_to(user)
        if not user.providers_as(Role.MANAGER):
            return visible
        return visible.exclude(status=Timesheet.Status.DRAFT, placement__manager=user)

    def with_people(self):
        """Everything that a row shows about the placement, in the same query."""
        return self.select_related(
            "placement__student__user", "placement__student__tutor", "placement__employer", "placement__manager",
            "placement__provider", "handed_in_by", "decided_by", "on_paper_by",
        )  # fmt: skip

    def with_hours(self):
        """With what tells which of their hours do not count (placements/hours/not_counted.py), in the same query."""
        return self.select_related(*(f"placement__student__{name}" for name in ("hours", "tlevel", "specialism")))

    def of_open_records(self):
        """Without those of students who are signed off or have left: nobody decides about these any more."""
        return self.filter(placement__student__signed_off_at=None, placement__student__left_on=None)

    def waiting(self):
        """Handed in, not answered yet and still to be decided, oldest first."""
        return self.of_open_records().filter(status=Timesheet.Status.HANDED_IN).order_by("handed_in_at", "pk")


class Timesheet(SavedByPages):
    """One week (Monday to Sunday) of one placement. `minutes` is the total of its spells, kept by `write_week`."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        HANDED_IN = "handed_in", "Handed in"
        SENT_BACK = "sent_back", "Sent back"
        APPROVED = "approved", "Approved"

    OPEN = [Status.DRAFT, Status.SENT_BACK]

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="timesheets", editable=False)
    monday = models.DateField("week beginning", editable=False)
    status = StatusField("status", max_length=9, choices=Status, default=Status.DRAFT, editable=False)
    minutes = models.PositiveSmallIntegerField("minutes recorded", default=0, editable=False)
    handed_in_at = models.DateTimeField(null=True, editable=False)
    handed_in_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    message = models.CharField("message to the manager", max_length=500, blank=True, editable=False)
    message_begun = models.CharField("message that is not sent yet", max_length=500, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    decided_by_link = models.BooleanField(default=False, editable=False)
    decided_version = models.PositiveIntegerField(null=True, editable=False)  # as the decision left the week
    reason = models.CharField("reason", max_length=500, blank=True, editable=False)
    asked_on = models.DateField("day asked about", null=True, editable=False)
    on_paper_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    signed_on_paper_by = models.CharField("signed on paper by", max_length=150, blank=True, editable=False)
    typed = models.JSONField("what was typed and cannot be stored yet", null=True, editable=False)

    objects = TimesheetQuerySet.as_manager()

    class Meta:
        ordering = ["-monday", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "monday"], name="timesheet_once_a_week"),
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "sent_back"])
                | models.Q(handed_in_at__isnull=False, handed_in_by__isnull=False),
                name="timesheet_handed_in_has_stamp",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="approved") | models.Q(decided_at__isnull=False, decided_by__isnull=False),
                name="timesheet_approved_has_stamp",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="sent_back") | ~models.Q(reason=""), name="timesheet_sent_back_has_reason"
            ),
        ]
        indexes = [models.Index(fields=["status", "handed_in_at"], name="timesheet_by_status")]

    def __str__(self):
        return f"Week of {self.monday:%-d %B %Y}"

    def get_absolute_url(self):
        return reverse("week_edit", args=[self.pk])

    # --- what it is ---

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def days(self) -> list[date]:
        return [self.monday + timedelta(days=n) for n in range(7)]

    @property
    def begins_on(self) -> date:
        """Its first day within the placement."""
        return max(self.monday, self.placement.first_on)

    @property
    def has_not_begun(self) -> bool:
        return self.begins_on > timezone.localdate()

    @property
    def is_open(self) -> bool:
        """Whether the student may still change it."""
        return self.status in self.OPEN

    def why_locked(self) -> str:
        """Why its student cannot change it now, and what to do about it; '' while it is open."""
        if self.status == self.Status.APPROVED:
            return f"The week of {self.monday:%-d %B} is approved already. Ask your tutor to open it again."
        return "" if self.is_open else f"The week of {self.monday:%-d %B} is handed in already. Take it back first."

    @property
    def is_on_paper(self) -> bool:
        return self.on_paper_by_id is not None

    @cached_property
    def planned_minutes(self) -> int:
        """Minutes agreed for this week, as `Placement.agreed_minutes` has them."""
        return self.placement.agreed_minutes(self.monday, self.sunday)

    def relations(self, user) -> set[str]:
        """As to its placement; and 'recorder' is who may record it from paper."""
        is_recorder = self.placement.student.is_looked_after_by(user)
        return self.placement.relations(user) | ({"recorder"} if is_recorder else set())

    def frozen_as_read(self) -> str:
        return self.placement.frozen_as_read()

    def sentence(self) -> str:
        """The status as people say it."""

        def on(moment):
            return f"{timezone.localtime(moment):%-d %B}"

        manager = self.placement.manager or "the line manager"
        way = ", by link" if self.decided_by_link else ""
        match self.status:
            case self.Status.HANDED_IN:
                return f"Sent to {manager} on {on(self.handed_in_at)}, not answered yet"
            case self.Status.SENT_BACK:
                asked = f"Asked about {self.asked_on:%A %-d %B}" if self.asked_on else ""
                came = "Opened again" if self.handed_in_at is None else asked or "Sent back"
                return f"{came} by {self.decided_by} on {on(self.decided_at)}{way}: {self.reason}"
            case self.Status.APPROVED if self.signed_on_paper_by:
                return f"Approved on paper by {self.signed_on_paper_by}, recorded by {self.decided_by}"
            case self.Status.APPROVED:
                return f"Approved by {self.decided_by} on {on(self.decided_at)}{way}"
        return "Draft, not handed in yet" if self.minutes else "Nothing written yet"

    def sentence_without_reason(self) -> str:
        """The same where the reason for which a week came back stands by itself."""
        return self.sentence().removesuffix(f": {self.reason}")

    @property
    def tone(self) -> str:
        """The tone in which the sentence is shown (see the status component)."""
        tones = {self.Status.HANDED_IN: "waiting", self.Status.SENT_BACK: "attention", self.Status.APPROVED: "good"}
        overdue = self.is_open and self.sunday < timezone.localdate()
        return tones.get(self.status, "attention" if overdue else "calm")

    def paper_sentence(self) -> str:
        return f"Recorded from paper by {self.on_paper_by}"

    # --- the moves ---

    @verb(source=OPEN, target=Status.HANDED_IN, who={"student", "recorder"})
    def hand_in(self, *, by, message: str = ""):
        """Hand the week in to the manager. Raises Refused if there is nothing in it, or something cannot be stored."""
        if self.typed:
            raise Refused("Something in this week is not right yet. Mend it first, then hand it in.")
        if self.placement.status == Placement.Status.PLANNED:
            raise Refused("The placement has not started yet.")
        if self.has_not_begun:
            raise Refused(f"This week has not begun. It can be handed in from {self.begins_on:%A %-d %B} on.")
        spells, absences = self.spells.exists(), self.absences().exists()
        if not spells and not absences:
            raise Refused("This week is empty. Write down the hours you worked, or why you were away.")
        self.handed_in_at, self.handed_in_by = timezone.now(), by
        self.decided_at = self.decided_by = self.decided_version = None
        self.decided_by_link = False
        self.message, self.message_begun = message, ""
        if by.pk != self.placement.student.user_id:
            self.on_paper_by = by
            return "handed in the week from paper, for the student"
        return "handed in the week" + (f". Message: {message}" if message else "")

    @verb(source=Status.HANDED_IN, target=Status.DRAFT, who={"student"}, says="took the week back")
    def recall(self, *, by):
        """Take the week back while nobody has answered. Its message is the student's own again."""
        self.handed_in_at = self.handed_in_by = None
        self.message, self.message_begun = "", self.message

    @verb(source=Status.HANDED_IN, target=Status.APPROVED, who={"manager"}, says="approved the week")
    def approve(self, *, by):
        """Approve the week; its hours count from now on."""
        self.stamp(by)
        self.reason, self.asked_on = "", None

    @verb(source=Status.HANDED_IN, target=Status.APPROVED, who={"recorder"})
    def approve_from_paper(self, *, by, signed_by: str):
        """Record that the manager signed this week on paper. Only for a week that was recorded from paper."""
        if not self.is_on_paper:
            raise Refused("Only a week that was recorded from paper can be approved from paper.")
        self.stamp(by)
        self.signed_on_paper_by = signed_by
        self.reason, self.asked_on = "", None
        return f"recorded that {signed_by} approved the week on paper"

    @verb(source=Status.HANDED_IN, target=Status.SENT_BACK, who={"manager"})
    def send_back(self, *, by, reason: str, day: date | None = None):
        """Send the week back to the student, with a reason; `day` where it is a question about one day."""
        if not reason.strip():
            raise Refused("Say in a few words what should be changed or answered.")
        self.stamp(by)
        self.reason, self.asked_on = reason.strip(), day
        if day:
            return f"asked about {day:%A %-d %B}: {self.reason}"
        return f"sent the week back. Reason: {self.reason}"

    @verb(source=[Status.APPROVED, Status.SENT_BACK], target=Status.HANDED_IN, who={"manager"}, says="took that back")
    def undo(self, *, by):
        """Take the last decision back, by whoever decided: within ten minutes and while the week is as they left it."""
        if why := why_not_undone(self, by):
            raise Refused(why)
        self.decided_at = self.decided_by = self.decided_version = None
        self.decided_by_link = False
        self.reason, self.asked_on, self.signed_on_paper_by = "", None, ""

    @verb(source=Status.APPROVED, target=Status.SENT_BACK, who={"manager", "recorder"})
    def reopen(self, *, by, reason: str):
        """Open an approved week again, with a reason; its hours stop counting until it is approved once more."""
        if not reason.strip():
            raise Refused("Say in a few words why the week is opened again.")
        self.reason, self.asked_on = reason.strip(), None
        self.stamp(by)
        self.decided_version = None  # which nothing undoes
        self.handed_in_at = self.handed_in_by = None
        self.signed_on_paper_by = ""
        return f"opened the approved week again. Reason: {self.reason}"

    def stamp(self, by):
        """Note who decides, when and how, and as which version the verb is about to write the week."""
        self.decided_at, self.decided_by, self.decided_version = timezone.now(), by, self.version + 1
        self.decided_by_link = by.acts_by_link

    # --- the content ---

    def absences(self):
        """The absences of this week (they belong to the placement, as they may be told in advance)."""
        return self.placement.absences.filter(day__range=(self.monday, self.sunday))

    def take_turn(self, *, seen: int):
        """As SavedByPages has it; raises Refused once the student is signed off."""
        refuse_if_frozen(self.placement.student_id)
        super().take_turn(seen=seen)
