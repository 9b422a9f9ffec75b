"""One review meeting of student, tutor and line manager, from the first date offered to the last confirmation."""

from datetime import datetime, timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone

from placements.models import Placement, VisibleThroughPlacement
from portal.people.models import STAFF, User
from portal.workflow import Refused, SomebodyWasQuicker, StatusField, verb
from reviews.meetings.models.described import OVER, Described, Status, Way, because, needed, said
from students.frozen import frozen_sentence, refuse_if_frozen


class MeetingQuerySet(VisibleThroughPlacement):
    def with_people(self):
        """Everything that a page says about the placement, in the same query."""
        return self.select_related(
            "placement__student__user", "placement__student__tutor", "placement__employer", "placement__manager",
            "placement__provider", "placement__student__tlevel", "placement__student__hours",
            "placement__student__specialism", "preparation",
        )  # fmt: skip


class Meeting(Described):
    """A review meeting. `due_on`: around when, by pattern or by hand. `starts_at`: the date that holds, or held last.

    `sequence` grows whenever calendars must hear of a change (0: no date was ever agreed). `behaviours`, `notes` and
    `next_on` are written at the table and open to change while the date is agreed; `round` counts how often that was
    opened again, so that each confirmation says what it was given to.
    """

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="meetings", editable=False)
    title = models.CharField("name", max_length=80)
    due_on = models.DateField("around")
    is_by_pattern = models.BooleanField(default=False, editable=False)
    status = StatusField("status", max_length=9, choices=Status, default=Status.PLANNED, editable=False)
    starts_at = models.DateTimeField("date and time", null=True, editable=False)
    minutes = models.PositiveSmallIntegerField("length in minutes", default=45, editable=False)
    way = models.CharField("held", max_length=9, choices=Way, default=Way.IN_PERSON, editable=False)
    where = models.CharField("place, link or number", max_length=300, blank=True, editable=False)
    offered_at = models.DateTimeField(null=True, editable=False)
    reason = models.CharField("reason", max_length=300, blank=True, editable=False)
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)
    reminded_of = models.DateTimeField(null=True, editable=False)
    behaviours = models.TextField("behaviours at work", max_length=3000, blank=True, editable=False)
    notes = models.TextField("what else was said", max_length=3000, blank=True, editable=False)
    next_on = models.DateField("next meeting around", null=True, editable=False)
    round = models.PositiveSmallIntegerField(default=1, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)
    finished_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status__in=["agreed", "held", "settled", "missed"])
                | models.Q(starts_at__isnull=False),
                name="meeting_agreed_has_a_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["held", "settled"])
                | models.Q(finished_at__isnull=False, finished_by__isnull=False),
                name="meeting_held_has_stamp",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["missed", "cancelled"]) | ~models.Q(reason=""),
                name="meeting_missed_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "due_on"], name="meeting_due"),
            models.Index(fields=["status", "starts_at"], name="meeting_by_date"),
        ]

    def __str__(self):
        return f"{self.title} of {self.placement}"

    def get_absolute_url(self):
        return reverse("meeting_detail", args=[self.pk])

    def relations(self, user) -> set[str]:
        return self.placement.relations(user)

    def frozen(self) -> str:
        return frozen_sentence(self.placement.student_id)

    def frozen_as_read(self) -> str:
        return self.placement.frozen_as_read()

    # --- the moves: finding a date ---

    @verb(source=[Status.PLANNED, Status.OFFERED, Status.AGREED, Status.MISSED], target=Status.OFFERED, who=STAFF)
    def offer(self, *, by, dates: list[datetime], way: str, where: str, minutes: int, reason: str = ""):
        """Offer dates to the line manager. One that was agreed is moved by it, with a reason."""
        if self.placement.manager_id is None:
            raise Refused("No line manager is named who could choose. Fix the date yourself.")
        if not dates or any(moment <= timezone.now() for moment in dates):
            raise Refused("Offer at least one date, all of them to come.")
        self.needs_reason(reason)
        self.sequence += self.is_agreed
        self.way, self.where, self.minutes = way, where, minutes
        self.offered_at = timezone.now()
        self.offers.all().delete()
        self.offers.bulk_create([self.offers.model(meeting=self, starts_at=moment) for moment in sorted(set(dates))])
        offered = "; ".join(said(moment) for moment in sorted(set(dates)))
        return f"offered dates for the meeting: {offered}" + because(reason)

    @verb(source=Status.OFFERED, target=Status.AGREED, who={"manager"})
    def choose(self, *, by, starts_at: datetime):
        """Take one of the dates offered."""
        if not self.offers.filter(starts_at=starts_at).exists() or starts_at <= timezone.now():
            raise Refused("Choose one of the dates that are offered.")
        self.starts_at = starts_at
        self.sequence += 1
        return f"chose {said(starts_at)}"

    @verb(source=Status.OFFERED, target=Status.PLANNED, who={"manager"})
    def none_fits(self, *, by, words: str):
        """None of the dates is possible; `words` say what would be."""
        if not words.strip():
            raise Refused("Say when you could, for example 'Tuesdays after 3'.")
        self.reason = words.strip()
        return f"can't come on any of the dates: {self.reason}"

    @verb(source=[Status.PLANNED, Status.OFFERED, Status.AGREED, Status.MISSED], target=Status.AGREED, who=STAFF)
    def fix(self, *, by, starts_at: datetime, way: str, where: str, minutes: int, reason: str = ""):
        """Set the date, as agreed by word of mouth. One that was agreed before is moved, with a reason."""
        self.needs_reason(reason)
        self.starts_at, self.way, self.where, self.minutes = starts_at, way, where, minutes
        self.sequence += 1
        return f"set the meeting for {said(starts_at)}, {self.place_within}" + because(reason)

    @verb(source=[Status.PLANNED, Status.OFFERED, Status.AGREED, Status.MISSED], target=Status.AGREED, who=STAFF)
    def take_place(self, *, by, starts_at: datetime, way: str, where: str, minutes: int, reason: str = ""):
        """It was held, on a date that nobody had set here: nobody is invited. Raises Refused for a date to come."""
        if starts_at > timezone.now():
            raise Refused("That date is still to come.")
        self.needs_reason(reason)
        self.starts_at, self.way, self.where, self.minutes = starts_at, way, where, minutes
        self.sequence += bool(self.sequence)
        return f"recorded that the meeting took place on {said(starts_at)}, {self.place_within}" + because(reason)

    @verb(source=Status.AGREED, target=Status.MISSED, who=STAFF)
    def miss(self, *, by, reason: str):
        """It did not take place. Raises Refused before its time, and without a reason."""
        if self.starts_at > timezone.now():
            raise Refused("It is still to come. Move it, or cancel it.")
        self.reason = needed(reason)
        return f"recorded that the meeting was missed. Reason: {self.reason}"

    @verb(source=[Status.PLANNED, Status.OFFERED, Status.AGREED, Status.MISSED], target=Status.CANCELLED, who=STAFF)
    def cancel(self, *, by, reason: str):
        """It will not take place."""
        self.reason = needed(reason)
        self.sequence += bool(self.sequence)
        return f"cancelled the meeting. Reason: {self.reason}"

    # --- the moves: what came of it ---

    @verb(source=Status.AGREED, target=Status.HELD, who=STAFF)
    def finish(self, *, by):
        """Close the notes and put them to everybody. Raises Refused before its time, and while they say nothing."""
        if self.starts_at > timezone.now() + timedelta(hours=1):
            raise Refused("The meeting is still to come.")
        said_something = self.goal_words.filter(side="together").exclude(progress="", words="").exists()
        if not (self.notes.strip() or self.behaviours.strip() or said_something):
            raise Refused("Write down what was said, then close the notes.")
        self.finished_at, self.finished_by = timezone.now(), by
        return "closed the notes of the meeting"

    @verb(source=Status.HELD, target=Status.SETTLED, who={"student", "manager", *STAFF}, says="was the last to answer")
    def settle(self, *, by):
        """Everybody has said whether they agree with the notes."""

    @verb(source=OVER, target=Status.AGREED, who=STAFF)
    def reopen(self, *, by, reason: str):
        """Open the notes again: what was confirmed stays written down, and everybody is asked anew."""
        reason = needed(reason)
        self.round += 1
        self.finished_at = self.finished_by = None
        return f"opened the notes of the meeting again. Reason: {reason}"

    def needs_reason(self, reason: str):
        """Raises Refused where a date that was agreed is given up without a word."""
        self.reason = needed(reason) if self.is_agreed else ""

    def take_turn(self):
        """Take the right to write notes, first in the transaction. Raises SomebodyWasQuicker once they are closed.

        Raises Refused once the student is signed off.
        """
        refuse_if_frozen(self.placement.student_id)
        rows = Meeting.objects.filter(pk=self.pk, status=self.Status.AGREED)
        if not rows.update(version=models.F("version") + 1):
            raise SomebodyWasQuicker(self)
        self.refresh_from_db(fields=["version", "status", "behaviours", "notes", "next_on"])
