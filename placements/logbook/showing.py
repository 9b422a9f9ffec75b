"""Where the logbook shows itself: on the page of a placement, and on the student's home."""

from datetime import timedelta
from functools import partial

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse

from placements.logbook.models import Entry
from placements.models import Placement
from placements.timesheets.models import Spell
from portal.paging import CountUpTo
from portal.prepared_parts import part
from portal.rooms import Entry as Room
from portal.rooms import Figures, Step, for_student, on_placement

A_WEEK = timedelta(days=7)


@on_placement(50, of_tasters=True)
def logbook_of_placement(placement, relations):
    """The logbook, once the placement has begun: how many entries the reader may see, and the latest."""
    if placement.status == Placement.Status.PLANNED:
        return None
    figures = {
        "shared": part(CountUpTo, shared, placement=placement.pk),
        "drafts": part(CountUpTo, drafts, placement=placement.pk),
        "latest": part(Subquery, latest_day, placement=placement.pk),
    }
    return Figures(figures, partial(how_much, placement, "student" in relations))


def shared(placement):
    return Entry.objects.filter(placement=placement, status=Entry.Status.PUBLISHED)


def drafts(placement):
    return Entry.objects.filter(placement=placement, status=Entry.Status.DRAFT)


def latest_day(placement):
    return shared(placement).order_by("-day").values("day")[:1]


def how_much(placement, with_drafts, **found):
    says = in_words(found, with_drafts=with_drafts)
    return Room("Logbook", reverse("logbook_placement", args=[placement.pk]), says, icon="pencil")


def in_words(found: dict, *, with_drafts: bool) -> str:
    """'12 entries shared, the latest of 3 March 2026; 2 drafts'."""
    says = "Nothing shared yet"
    if found["shared"]:
        entries = "1 entry" if found["shared"] == 1 else f"{found['shared']} entries"
        says = f"{entries} shared, the latest of {found['latest']:%-d %B %Y}"
    if with_drafts and found["drafts"]:
        says += f"; {found['drafts']} draft" + ("s" if found["drafts"] > 1 else "")
    return says


@for_student(80)
def write_about_the_week(student, placements, today):
    """Gently, where hours were written down in the last seven days and nothing stands in the logbook for them."""
    running = [placement.pk for placement in placements if placement.status == Placement.Status.ACTIVE]
    if not running or student.frozen_says:
        return None
    columns = {"placement": placement_not_written_of, "day": day_not_written_of}
    figures = {name: part(Subquery, rows, placements=running, today=today) for name, rows in columns.items()}
    return Figures(figures, a_few_lines)


def not_written_of(placements, today):
    """Hours of the last seven days, the latest first, at placements whose logbook holds nothing of these days."""
    written = Entry.objects.written().filter(placement=OuterRef("timesheet__placement"), day__gt=today - A_WEEK)
    spells = Spell.objects.filter(~Exists(written), timesheet__placement__in=placements)
    return spells.filter(day__gt=today - A_WEEK, day__lt=today).order_by("-day", "-starts")


def placement_not_written_of(placements, today):
    return not_written_of(placements, today).values("timesheet__placement")[:1]


def day_not_written_of(placements, today):
    return not_written_of(placements, today).values("day")[:1]


def a_few_lines(placement, day):
    if day is None:
        return None
    url = f"{reverse('logbook_add')}?placement={placement}&day={day}"
    return Step("Write something into your logbook", url, "calm", f"A few lines about this week, for example {day:%A}.")
