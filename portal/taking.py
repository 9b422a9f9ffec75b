"""What a student takes along: rooms say here what they have of a student, for the portfolio and the archive.

A room with something of the student's own has a `taking.py`:

    @takes(40, "Logbook", choices=[PRIVATE])
    def logbook(student, user, wanted):
        return Part(sheets=[...], tables=[...], files=[...])

`user` is the student themselves: look rows up through `visible_to(user)`. `wanted` holds the names of the choices that
were ticked. A room that is named by `needs` is only asked where that choice was ticked. None: nothing to take.

What nobody but the student may read (a draft, what is not shared) goes in only with PRIVATE; what was told in
confidence, and anything about health, only with SENSITIVE.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils import timezone

from portal.discovering import discover
from portal.uploads import tidy_name


@dataclass(frozen=True)
class Choice:
    """One tick on the page where it is asked for: what it adds, why one might not want it, and how it stands first."""

    name: str
    label: str
    hint: str = ""
    is_ticked: bool = False


# Whatever nobody else was given to read: a room leaves it out unless this is ticked.
PRIVATE = Choice(
    "private",
    "What I wrote just for me",
    "Drafts, private notes, and answers, research and CVs that you have shown to nobody.",
)
SENSITIVE = Choice(
    "sensitive",
    "Worries, support, health and special consideration",
    "What you told your college in confidence: your worries with the answers, what helps you, when and why you were "
    "ill, and special consideration with its evidence.",
)


@dataclass(frozen=True)
class Sheet:
    """One report of the portfolio: its bookmark, a template of templates/print/, and what gives its context."""

    title: str
    template: str
    context: Callable[[], dict]


@dataclass(frozen=True)
class Table:
    """Plain rows for one CSV and one JSON file called `name`. Values: text, numbers, dates, moments, booleans, None."""

    name: str
    header: list[str]
    rows: list[tuple]


@dataclass(frozen=True)
class File:
    """One file of the archive: its folder ('' for the top), its name, and what reads its bytes when it is its turn."""

    folder: str
    name: str
    read: Callable[[], bytes]


@dataclass
class Part:
    """What one room has of one student. `title` is filled in by the registry."""

    sheets: Iterable[Sheet] = ()
    tables: Iterable[Table] = ()
    files: Iterable[File] = ()
    title: str = ""


@dataclass(frozen=True)
class Room:
    order: int
    title: str
    take: Callable
    choices: list[Choice] = field(default_factory=list)
    needs: str = ""


_rooms: list[Room] = []


def takes(order: int, title: str, *, choices: Iterable[Choice] = (), needs: str = ""):
    """Mark a function (student, user, wanted) -> Part | None. `title` is its bookmark and its line in the README."""

    def register(take):
        _rooms.append(Room(order, title, take, list(choices), needs))
        _rooms.sort(key=lambda room: room.order)
        return take

    return register


def rooms() -> list[Room]:
    """All rooms that have something, in their order."""
    discover("taking")
    return _rooms


def choices() -> list[Choice]:
    """All that can be chosen, each once, in the order of the rooms."""
    return list(dict.fromkeys(choice for room in rooms() for choice in room.choices))


def part_of(room: Room, student, wanted: set[str]) -> Part | None:
    """What `room` has of the student, or None."""
    if room.needs and room.needs not in wanted:
        return None
    part = room.take(student, student.user, wanted)
    if part is not None:
        part.title = room.title
    return part


def table(name: str, things: Iterable, **columns) -> Table:
    """A table of `things`. `columns`: header (underscores stand for spaces) -> 'way.to.the.value', or a function."""
    rows = [tuple(value_of(thing, way) for way in columns.values()) for thing in things]
    return Table(name, [header.replace("_", " ") for header in columns], rows)


def value_of(thing, way):
    """What lies at the end of a way of attributes; None where it breaks off. Methods are called."""
    if callable(way):
        return way(thing)
    for step in way.split("."):
        thing = getattr(thing, step, None)
        if callable(thing):
            thing = thing()
    if isinstance(thing, time):
        return f"{thing:%H:%M}"
    return thing if thing is None or isinstance(thing, str | int | float | bool | date) else str(thing)


def listing(title: str, *tables: Table, chart: str = "", says: str = "", heading: str = "") -> Sheet:
    """A report for what has no template of its own: tables as they are, below a chart and a sentence."""

    def context() -> dict:
        shown = [
            {"name": one.name, "header": one.header, "rows": [in_words(row) for row in one.rows]} for one in tables
        ]
        return {"sheet_title": heading or title, "tables": shown, "chart": chart, "says": says}

    return Sheet(title, "print/portfolio_list.html", context)


@dataclass(frozen=True)
class Story:
    """One thing in words: its heading, facts as (label, value), and a conversation as (who, when, words)."""

    heading: str
    facts: list[tuple]
    said: list[tuple] = field(default_factory=list)


def telling(title: str, stories: Iterable[Story], *, says: str = "") -> Sheet:
    """A report of stories, one below the other; facts without a value are left out."""

    def context() -> dict:
        shown = [
            {
                "heading": story.heading,
                "facts": [(label, words_for(value)) for label, value in story.facts if value not in (None, "")],
                "said": story.said,
            }
            for story in stories
        ]
        return {"sheet_title": title, "stories": shown, "says": says}

    return Sheet(title, "print/portfolio_told.html", context)


def in_words(row) -> list[str]:
    """Values as they stand on paper."""
    return [words_for(value) for value in row]


def words_for(value) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value:%-d %B %Y}" if isinstance(value, date) else str(value)


def stored(folder: str, file, name: str = "") -> File:
    """A file of portal.files, read when it is its turn. `name` in place of its own."""
    model = type(file)

    def read() -> bytes:
        return bytes(model._base_manager.filter(pk=file.pk).values_list("content", flat=True).get())

    return File(folder, tidy_name(name or file.name), read)
