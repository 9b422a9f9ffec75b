"""Weeks that were approved long ago: what the verbs would have left behind, written together at the end."""

from datetime import datetime

from placements.timesheets.models import Absence, Spell, Timesheet
from portal.history.models import Event, event
from reviews.demo.weeks import Week

LATELY = 2  # weeks whose every act is done by its verb
WITH_ALL_ACTS = ("student@demo.test", "student@other.test")


class Past:
    """Collects the weeks of everybody, and writes them."""

    def __init__(self):
        self.weeks = []

    def takes(self, told, ago: int, ending: str) -> bool:
        """Whether a week is old and plain enough, and nobody whom the demo shows first has it."""
        return ending == "approved" and ago > LATELY and told.student.user.email not in WITH_ALL_ACTS

    def add(self, week: "PastWeek"):
        week.approved()
        self.weeks.append(week)

    def write(self):
        """Write all weeks with their content and history; absences that were told in advance are there already."""
        begun = (
            "status", "minutes", "handed_in_at", "handed_in_by", "decided_at", "decided_by", "decided_by_link",
            "version",
        )  # fmt: skip
        Timesheet.objects.bulk_create(  # a week for which an absence was told is there already
            (week.begun() for week in self.weeks),
            update_conflicts=True, unique_fields=["placement", "monday"], update_fields=begun,
        )  # fmt: skip
        Spell.objects.bulk_create(spell for week in self.weeks for spell in week.spells())
        absences = [absence for week in self.weeks for absence in week.absences()]
        Absence.objects.bulk_create(absences, ignore_conflicts=True)
        Event.objects.bulk_create(row for week in self.weeks for row in week.events())


class PastWeek(Week):
    """A week whose acts only leave their moments."""

    def __init__(self, *args):
        super().__init__(*args)
        self.happened = []

    def do_at(self, moment: datetime, do):
        self.happened.append(moment)

    def begun(self) -> Timesheet:
        """The row of the week, as it is once it was written, handed in and approved: each a version."""
        spells, (_, handed_in, decided) = self.content.spells(), self.happened
        for spell in spells:
            spell.minutes = spell.worked()
        self.timesheet = Timesheet(
            placement=self.told.placement,
            monday=self.told.calendar.week(self.ago),
            status=Timesheet.Status.APPROVED,
            minutes=sum(spell.minutes for spell in spells),
            handed_in_at=handed_in,
            handed_in_by=self.student,
            decided_at=decided,
            decided_by=self.manager,
            decided_by_link=self.manager.acts_by_link,
            version=len(self.happened),
        )
        return self.timesheet

    def spells(self) -> list[Spell]:
        for spell in self.content.spells():
            spell.timesheet = self.timesheet
        return self.content.spells()

    def absences(self) -> list[Absence]:
        for absence in self.content.absences():
            absence.placement, absence.told_at = self.told.placement, self.happened[0]
        return self.content.absences()

    def events(self) -> list[Event]:
        handed_in = event(self.timesheet, "handed in the week", by=self.student)
        approved = event(self.timesheet, "approved the week", by=self.manager)
        _, handed_in.at, approved.at = self.happened
        return [handed_in, approved]
