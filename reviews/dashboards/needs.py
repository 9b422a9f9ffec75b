"""'Needs you now': a line for each thing that waits, with its reason and the act that settles it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django import forms
from django.urls import reverse
from django.utils import timezone

from portal.needs import RED, WORRIES, Kind, StaffNeed, needs_of_staff
from portal.paging import COUNTED_AT_MOST

KINDS = {  # the most urgent first: tone and icon of the line, words for the act
    "flag": ("problem", "flag", "Seen"),
    "nobody": ("problem", "user", "Name an approver"),
    "unanswered": ("waiting", "clock", "Send the mail again"),
    "missing": ("attention", "warning", "Record a paper week"),
    "sent_back": ("calm", "undo", "Open the week"),
    "start": ("problem", "calendar", "Open the placement"),
}


@dataclass(frozen=True)
class Need:
    """One thing that needs the tutor: `who` (at `where`), what it `says`, and the act at `url`.

    `kind` is one of KINDS. `since` is the day from which on it has waited. `remind_url` mails the student;
    `reminded` says when a mail was last sent from here.
    """

    kind: str
    since: date
    who: str
    where: str
    says: str
    url: str
    who_url: str = ""
    week: str = ""
    week_url: str = ""
    remind_url: str = ""
    reminded: str = ""

    @property
    def tone(self) -> str:
        return KINDS[self.kind][0]

    @property
    def field_id(self) -> str:
        """An id of its own for the field beside it."""
        return self.url.strip("/").replace("/", "-")

    @property
    def act(self) -> str:
        return KINDS[self.kind][2]

    @property
    def icon(self) -> str:
        return KINDS[self.kind][1]


@dataclass(frozen=True)
class RoomNeed(Need):
    """What a room says needs staff (portal.needs.for_staff), in the same line as everything else.

    `seen_url` puts it aside with a note, where that can be done.
    """

    room: Kind | None = None
    seen_url: str = ""

    @property
    def tone(self) -> str:
        return self.room.tone

    @property
    def act(self) -> str:
        return self.room.act

    @property
    def icon(self) -> str:
        return self.room.icon


def needs_in_rooms(desk, now, at_most: int = 200) -> list[RoomNeed]:
    """What the rooms say needs this desk, the most urgent first. One query."""
    return [room_need(need) for need in needs_of_staff(desk, now, at_most)]


def in_one_list(rooms: list[RoomNeed], own: list[Need]) -> list[Need]:
    """What rooms say and a tutor's `own` needs, both in their order: worries, weeks, what is a problem, the others."""
    worries = [need for need in rooms if need.room.name in WORRIES]
    red = [need for need in rooms if need.room.name in RED]
    weeks = [need for need in own if need.kind != "start"]
    return [*worries, *weeks, *red, *own[len(weeks) :], *rooms[len(worries) + len(red) :]]


def room_need(need: StaffNeed) -> RoomNeed:
    """What a room says, as a line."""
    return RoomNeed(
        "room",
        timezone.localdate(need.since),
        need.name,
        "",
        need.says,
        reverse(need.kind.url, args=[need.thing]),
        who_url=reverse("student_detail", args=[need.student]) if need.student else "",
        room=need.kind,
        seen_url=reverse(need.kind.seen, args=[need.thing]) if need.kind.seen else "",
    )


@dataclass(frozen=True)
class Group:
    """Everything about one student (or one line manager who does not answer), the most urgent first.

    `flags`: what is unusual in their weeks, where something else is more urgent. It is never folded away.
    """

    first: Need
    flags: list[Need]
    others: list[Need]


class KindForm(forms.Form):
    """Which kind of need is listed; the state is the address of the page."""

    kind = forms.ChoiceField(label="Show", required=False)

    def __init__(self, numbers: list[tuple[Kind, int]], data):
        super().__init__(data)
        self.numbers = {kind.name: number for kind, number in numbers}
        labels = [(kind.name, f"{kind.called.rstrip('.')} ({number:,})") for kind, number in numbers]
        self.fields["kind"].choices = [("", f"Everything ({sum(self.numbers.values()):,})"), *labels]
        self.fields["kind"].widget.attrs["class"] = "form-select"

    def chosen(self) -> str:
        """The name of a kind; '' for all of them, or for nothing that there is."""
        self.is_valid()
        return self.cleaned_data.get("kind", "")

    def number(self) -> int:
        """How many there are of it, up to one more than are counted."""
        found = self.numbers[self.chosen()] if self.chosen() else sum(self.numbers.values())
        return min(found, COUNTED_AT_MOST + 1)


def grouped(needs: list[Need]) -> list[Group]:
    """The needs by whom they are about. Whoever has the most urgent one comes first; the order is kept within."""
    found = defaultdict(list)
    for need in needs:
        found[need.who_url or need.url].append(need)
    return [Group(first, *parted(others)) for first, *others in found.values()]


def parted(needs: list[Need]) -> tuple[list[Need], list[Need]]:
    """The flags among `needs`, and the others."""
    return [need for need in needs if need.kind == "flag"], [need for need in needs if need.kind != "flag"]
