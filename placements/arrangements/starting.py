"""The student's arrangements on the guided path."""

from collections import Counter

from django.urls import reverse

from placements.arrangements.showing import POINTS
from placements.checklists.models import Checklist, Tick
from placements.starting import Task, advice


@advice(90)
def before_day_one(placements):
    """The eight practical arrangements, ticked by the student."""
    ticks = Tick.objects.filter(placement__in=[p.pk for p in placements], point__list=Checklist.ARRANGEMENTS)
    done = Counter(ticks.order_by().values_list("placement", flat=True))
    return {
        placement.pk: Task(
            "Before day one",
            done[placement.pk] >= POINTS,
            f"The student has arranged {done[placement.pk]} of {POINTS} things for the first day.",
            reverse("arrangements_detail", args=[placement.pk]),
        )
        for placement in placements
    }
