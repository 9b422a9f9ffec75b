"""Where the time before day one shows itself: on the placement and on the student's home."""

from datetime import timedelta
from functools import partial

from django.db.models import Exists
from django.urls import reverse

from placements.arrangements.models import FirstDay
from placements.checklists.models import Checklist, Tick
from placements.models import Placement
from portal.paging import CountUpTo
from portal.prepared_parts import part
from portal.rooms import Entry, Figures, Step, for_student, on_placement

DAYS_BEFORE = 14
POINTS = 8  # as many as the portal ships


@on_placement(20)
def arrangements_entry(placement, relations):
    """The student's, and for staff to see how far."""
    if relations == {"manager"}:
        return None
    return Figures({"done": points_done(placement)}, partial(how_far, placement))


def points_done(placement):
    return part(CountUpTo, ticks, placement=placement.pk)


def ticks(placement):
    return Tick.objects.filter(placement=placement, point__list=Checklist.ARRANGEMENTS)


def how_far(placement, done):
    says = "All arranged" if done >= POINTS else f"{done} of {POINTS} arranged"
    tone = "good" if done >= POINTS else "calm"
    return Entry("Before day one", reverse("arrangements_detail", args=[placement.pk]), says, tone, "calendar")


@on_placement(21, of_tasters=True)
def first_day_entry(placement, relations):
    is_filled = part(Exists, filled_cards, placement=placement.pk)
    return Figures({"is_filled": is_filled}, partial(first_day_told, placement))


def filled_cards(placement):
    return FirstDay.objects.filled().filter(placement=placement)


def first_day_told(placement, is_filled):
    says = "Filled in" if is_filled else "What to wear and whom to ask for is not said yet"
    return Entry("First-day card", reverse("first_day", args=[placement.pk]), says, "good" if is_filled else "calm")


@on_placement(22)
def briefing_entry(placement, relations):
    says = "What I should know and do" if relations == {"manager"} else "What the line manager reads"
    return Entry("Briefing card", reverse("briefing_card", args=[placement.pk]), says, "calm", "user")


@for_student(10)
def arrangements_steps(student, placements, today):
    """From two weeks before the first day until it has come."""
    coming = [
        placement
        for placement in placements
        if placement.status != Placement.Status.ENDED
        and today <= placement.first_on <= today + timedelta(days=DAYS_BEFORE)
    ]
    return [Figures({"done": points_done(placement)}, partial(step_of, placement)) for placement in coming]


def step_of(placement, done):
    if done >= POINTS:
        return Step(
            "Have your first-day card at hand", reverse("first_day", args=[placement.pk]), "calm", "All is arranged."
        )
    url = reverse("arrangements_detail", args=[placement.pk])
    return Step("Get ready for your first day", url, "waiting", f"{done} of {POINTS} arranged so far.")
