"""Where a student is on their way, and what the pages of their home stand on."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.shortcuts import get_object_or_404

from placements.models import Placement
from placements.several import current_of, told_apart, without_tasters
from placements.timesheets.models import Absence, Timesheet
from placements.today.asked import asked_of_student
from students.models import Student


@dataclass(frozen=True)
class Way:
    """A student on `today`: their placements, the one to look at (or None), their weeks, their days away.

    `absent` holds the days away of each placement (by primary key): date -> Absence.
    """

    today: date
    student: Student
    placements: list[Placement]
    placement: Placement | None
    weeks: list[Timesheet]
    absent: dict[int, dict]

    @property
    def running(self) -> list[Placement]:
        """Placements that go on today: more than one where two employers share the week."""
        return [placement for placement in self.placements if placement.goes_on(self.today)]

    @property
    def stage(self) -> str:
        """The name of a stage of `portal.navigation.FOLDER`."""
        return stage_of(self.placements)

    @property
    def asked(self):
        """What is asked of the student next, most pressing first, as an iterator of Steps."""
        return asked_of_student(
            self.student, self.placements, self.weeks, self.absent, self.today, shown=self.placement
        )


def stage_of(placements) -> str:
    """The name of a stage of `portal.navigation.FOLDER`: 'before', 'during' or 'after' all placements.

    A work taster is a time at work like any other while it runs; afterwards the placement is still to come.
    """
    if any(placement.status == Placement.Status.ACTIVE for placement in placements):
        return "during"
    statuses = {placement.status for placement in without_tasters(placements)}
    return "after" if statuses == {Placement.Status.ENDED} else "before"


def way_of(user, provider, today: date, at: int = 0) -> Way:
    """The way of the student who is signed in. Four queries, five without a placement; 404 for nobody's record.

    `at`: the placement to look at, by primary key, if it goes on today; else it is the one of the day (`current_of`).
    """
    rows = Placement.objects.own(user).filter(provider=provider)
    placements = told_apart(rows.with_people().select_related("student__hours").prefetch_related("pattern_days"))
    by_key = {placement.pk: placement for placement in placements}
    weeks = list(Timesheet.objects.filter(placement__in=by_key).select_related("decided_by", "on_paper_by"))
    for week in weeks:
        week.placement = by_key[week.placement_id]
    absent = defaultdict(dict)
    for absence in Absence.objects.filter(placement__in=by_key):
        absent[absence.placement_id][absence.day] = absence
    student = (
        placements[0].student
        if placements
        else get_object_or_404(Student.objects.visible_to(user), user=user, provider=provider)
    )
    chosen = next((one for one in placements if one.pk == at and one.goes_on(today)), None)
    return Way(today, student, placements, chosen or current_of(placements, today), weeks, absent)
