"""What a meeting says of itself: where it stands, when, where and with whom, in the words of its pages and mails."""

from django.db import models
from django.utils import timezone

from portal.words import short_date
from portal.workflow import Refused, Workflow


class Way(models.TextChoices):
    IN_PERSON = "in_person", "In person"
    PHONE = "phone", "By phone"
    ONLINE = "online", "Online"


class Status(models.TextChoices):
    PLANNED = "planned", "No date yet"
    OFFERED = "offered", "Dates offered"
    AGREED = "agreed", "Date agreed"
    HELD = "held", "Held"
    SETTLED = "settled", "Confirmed"
    MISSED = "missed", "Missed"
    CANCELLED = "cancelled", "Cancelled"


OVER = [Status.HELD, Status.SETTLED]
DATED = [Status.AGREED, Status.HELD, Status.SETTLED, Status.MISSED]


class Described(Workflow):
    """The words of a Meeting, which has the fields."""

    Status, OVER, DATED = Status, OVER, DATED

    class Meta:
        abstract = True

    @property
    def is_over(self) -> bool:
        return self.status in self.OVER

    @property
    def is_agreed(self) -> bool:
        return self.status == self.Status.AGREED

    @property
    def is_offered(self) -> bool:
        return self.status == self.Status.OFFERED

    @property
    def has_date(self) -> bool:
        return self.status in self.DATED

    def is_past(self) -> bool:
        """Whether the agreed date lies behind and nothing says yet what came of it."""
        return self.is_agreed and self.starts_at < timezone.now()

    @property
    def place(self) -> str:
        """'In person, St Oswin's, room 4'."""
        return ", ".join(part for part in (self.get_way_display(), self.where) if part)

    @property
    def place_within(self) -> str:
        """The same within a sentence: 'in person, St Oswin's, room 4'."""
        return self.place[:1].lower() + self.place[1:]

    @property
    def link(self) -> str:
        """The address of an online meeting, where one stands in `where`; else ''."""
        words = self.where.split() if self.way == Way.ONLINE else []
        return next((word.rstrip(".,;)") for word in words if word.startswith(("https://", "http://"))), "")

    def parties(self) -> list[str]:
        """Who confirms the notes; whoever is not named need not."""
        tutor = ["tutor"] if self.placement.tutor else []
        return ["student", *tutor, *(["manager"] if self.placement.manager_id else [])]

    def sentence(self) -> str:
        """The status as people say it."""
        match self.status:
            case self.Status.PLANNED:
                return f"Due around {self.due_on:%-d %B %Y}, no date yet"
            case self.Status.OFFERED:
                who = self.placement.manager or "the line manager"
                return f"Dates offered on {short_date(self.offered_at)}, waits for {who}"
            case self.Status.AGREED if self.is_past():
                return f"{said(self.starts_at)}, notes not closed yet"
            case self.Status.AGREED:
                return f"On {said(self.starts_at)}"
            case self.Status.HELD:
                return f"Held on {said(self.starts_at)}, not confirmed by everybody yet"
            case self.Status.SETTLED:
                return f"Held on {said(self.starts_at)}, answered by everybody"
            case self.Status.MISSED:
                return f"Missed on {said(self.starts_at)}: {self.reason}"
        return f"Cancelled: {self.reason}"

    @property
    def tone(self) -> str:
        if self.status == self.Status.PLANNED:
            return "attention" if self.due_on <= timezone.localdate() else "calm"
        if self.is_agreed:
            return "attention" if self.is_past() else "waiting"
        tones = {self.Status.SETTLED: "good", self.Status.CANCELLED: "calm", self.Status.MISSED: "attention"}
        return tones.get(self.status, "waiting")


def needed(reason: str) -> str:
    """The reason, tidied. Raises Refused for an empty one."""
    if not reason.strip():
        raise Refused("Give a reason, in a few words.")
    return reason.strip()


def because(reason: str) -> str:
    return f". Reason: {reason.strip()}" if reason.strip() else ""


def said(moment) -> str:
    """'Tuesday 3 March 2026 at 14:00'."""
    return f"{timezone.localtime(moment):%A %-d %B %Y at %H:%M}"
