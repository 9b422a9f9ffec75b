"""The import of placements, with their working patterns."""

from collections import defaultdict

from django.db.models import Max
from django.db.models.functions import Lower

from employers.imports import EmployerImport, called, employers_called
from employers.models import LineManager, Site
from placements.dates import begun_already, beyond_the_course, there_is_one, what_is_wrong
from placements.imported_hours import (
    COLUMNS,
    Plan,
    check_hours,
    column_of,
    first_column,
    hours_in,
    in_words,
    stored_patterns,
    write_hours,
)
from placements.models import Pay, Placement
from placements.setup.tasters import TasterDays, TasterHours, allowed_for, long_past, taken_by_tasters
from placements.timesheets.models import Spell
from portal.batches import batches
from portal.identifiers import TEMPORARY_ULN
from portal.imports import cells
from portal.imports.cells import Unfit, like
from portal.imports.columns import Column
from portal.imports.importer import Importer
from portal.imports.rows import as_words
from portal.imports.signals import rows_written
from portal.words import long_date
from students.imports import StudentImport
from students.models import Student

EMPLOYERS, STUDENTS = EmployerImport.kind, StudentImport.kind
BEGUN = "The {} has begun. Change the hours on its page, where you say from which day."


def student_name(cell: str) -> str:
    """How a row names a student: by ULN or by e-mail address."""
    if "@" in cell:
        return cells.email(cell)
    number = cells.uln(cell)
    if number == TEMPORARY_ULN:
        raise Unfit("Many students have this temporary number. Write the student's e-mail address instead.")
    return number


def is_of_taster(row) -> bool:
    """Whether a row is about a work taster: what is stored decides, else its own words."""
    return row.placement.is_taster if row.placement else row["what"] == Placement.Kind.TASTER


class PlacementImport(Importer):
    kind = "placements"
    order = 3
    title = "Placements"
    lead = (
        "One row for each placement, of students and employers that are in the portal already. A placement is "
        "recognised by its student, its employer and its first day."
    )
    after = "Placements start by themselves on their first day, or after it as soon as nothing is missing."
    writes = [Placement]
    named_by = ["student", "employer"]
    between = " at "

    student = Column(
        "Student",
        "The student's ULN or e-mail address.",
        "1000000019",
        student_name,
        required=True,
        also=("ULN", "student ULN", "student e-mail", "ULN or e-mail", "unique learner number"),
    )
    employer = Column(
        "Employer name",
        "As it is called in the portal.",
        "Hartley Building Services Ltd",
        required=True,
        also=("employer", "organisation", "company", "company name"),
    )
    site = Column("Site name", "A site of this employer.", "Kirkstall depot", also=("site",))
    manager = Column(
        "Manager e-mail",
        "The address of a line manager of this employer, who approves the hours.",
        "priya.shah@hartley.example",
        cells.email,
        also=("manager", "line manager", "line manager e-mail", "manager e-mail address"),
    )
    first_on = Column(
        "First day", "The day first.", "05/01/2026", cells.day, required=True, also=("start", "start date")
    )
    last_on = Column("Last day", "The day first.", "27/03/2026", cells.day, required=True, also=("end", "end date"))
    role = Column(
        "Role",
        "What the student does there.",
        "Junior developer",
        like(Placement, "role"),
        required=True,
        also=("job role", "position"),
    )
    pay = Column(
        "Pay",
        f"One of: {'; '.join(Pay.labels)}.",
        "Not paid",
        cells.one_of(Pay, yes=Pay.PAID, no=Pay.UNPAID),
        also=("paid", "pay and expenses"),
    )
    what = Column(
        "Kind",
        "Work taster for a taster; empty or Placement for anything else.",
        "Placement",
        cells.one_of(Placement.Kind),
        also=("kind of placement", "type"),
    )
    monday, tuesday, wednesday = column_of("Monday"), column_of("Tuesday"), column_of("Wednesday")
    thursday, friday, saturday = column_of("Thursday"), column_of("Friday"), column_of("Saturday")
    sunday = column_of("Sunday")

    def title_of(self, row):
        if not row.student or not row.employer:
            return super().title_of(row)
        is_dated = is_of_taster(row) and row.has("first_on")
        return f"{row.student} at {row.employer}" + (f", taster of {long_date(row['first_on'])}" if is_dated else "")

    def facts_of(self, row):
        facts = [(name, fact) for name, fact in row.values.items() if name not in (*COLUMNS, *self.named_by)]
        return [as_words(row.titles[name], fact) for name, fact in facts] + ([in_words(row.hours)] if row.hours else [])

    def look_up(self, rows):
        named = {row["student"] for row in rows}
        stored = Student.objects.filter(provider=self.provider).select_related("user", "tlevel", "specialism")
        stored = stored.alias(address=Lower("user__email"))
        self.students = {student.uln: student for student in self.fetch(stored, "uln", named)}
        self.students |= {student.user.email.lower(): student for student in self.fetch(stored, "address", named)}
        self.employers = employers_called(self, {row["employer"] for row in rows if row.has("employer")})
        ids = [employer.pk for employer in self.employers.values()]
        self.sites = {(site.employer_id, called(site.name)): site for site in self.fetch(Site.objects, "employer", ids)}
        managers = LineManager.objects.filter(user__is_active=True).select_related("user")
        managers = self.fetch(managers, "employer", ids)
        self.managers = {(manager.employer_id, manager.user.email.lower()): manager.user for manager in managers}
        self.look_up_placements([student.pk for student in self.students.values()])
        tasters = {row["student"] for row in rows if row["what"] == Placement.Kind.TASTER} & self.students.keys()
        stored = {one.student_id for one in self.placements.values() if one.is_taster}
        self.taken = taken_by_tasters({self.students[name].pk for name in tasters} | stored)

    def look_up_placements(self, students):
        stored = Placement.objects.filter(provider=self.provider).select_related("site", "manager", "employer")
        placements = self.fetch(stored, "student", students)
        self.placements = {(one.student_id, one.employer_id, one.first_on): one for one in placements}
        ids = [one.pk for one in placements]
        self.patterns = stored_patterns(ids)
        self.plans = defaultdict(dict)  # by student: the placements stored, and those that the file makes
        for key, one in self.placements.items():
            self.plans[one.student_id][key] = Plan(one.employer, one.first_on, one.last_on, self.patterns[one.pk])
        self.worked_until = {}
        spells = Spell.objects.order_by().values_list("timesheet__placement").annotate(Max("day"))
        for part in batches(ids):
            self.worked_until |= dict(spells.filter(timesheet__placement__in=part))

    def resolve(self, row):
        row.student = self.students.get(row["student"])
        if row.has("student") and not row.student:
            row.lacking("student", "No student here has this ULN or address. Import the students first.", STUDENTS)
        row.employer = self.employers.get(called(row["employer"] or ""))
        row.site = row.manager = None
        if row.employer:
            self.resolve_at(row, row.employer)
        elif row.has("employer"):
            says = f"No employer here is called “{row['employer']}”. Import the employers first."
            row.lacking("employer", says, EMPLOYERS)
        first, last = row["first_on"], row["last_on"]
        row.hours = hours_in(row)
        row.key = (row.student and row.student.pk, row.employer and row.employer.pk, first)
        row.placement = self.placements.get(row.key)
        wrong = what_is_wrong(first, last, row.placement and first) if first and last else {}
        for column, says in wrong.items():
            row.wrong(column, says)
        row.unusual, row.follows = [], False
        row.further = self.said_of_a_further_one(row) if all(row.key) and last else ""
        if all(row.key) and last:
            self.only_once(row, "student", row.key, "placement")
            if not wrong:
                self.resolve_days(row, first, last)
            if row.further and row.problems:
                row.wrong("first_on", row.further)

    def said_of_a_further_one(self, row) -> str:
        """Where a new placement lies in the time of a stored one at the same employer: that one may be meant."""
        if row.placement:
            return ""
        for key, there in self.plans[row.student.pk].items():
            at_once = there.first_on <= row["last_on"] and row["first_on"] <= there.last_on
            if at_once and key in self.placements and key[1] == row.employer.pk:
                says = "If its first day has changed, change it on its page: this row is about a further one."
                return f"{there_is_one(self.placements[key])} {says}"
        return ""

    def resolve_days(self, row, first, last):
        """Check new hours and a new last day, beside the student's other placements in that time.

        Without hours of its own in the file, a work taster's times go along with its days, as on its page.
        """
        plans, stored = self.plans[row.student.pk], row.placement
        is_taster = is_of_taster(row)
        has_other_days = stored and last != stored.last_on
        if not stored:
            row.unusual.append(long_past(first) if is_taster else begun_already(first))
        if is_taster and has_other_days and not row.hours:
            added = TasterDays.of(plans[row.key]).added(first, last)
            row.hours = {day.weekday: (day.starts, day.finishes, day.break_minutes) for day in added}
            row.follows = bool(added)
        has_other_hours = row.hours and row.hours != self.first_hours(stored)
        if not has_other_hours and not has_other_days:
            return
        versions = [(first, row.hours)] if has_other_hours else self.patterns[stored.pk]
        before, plan = plans.get(row.key), Plan(row.employer, first, last, versions)
        if plan.pattern:
            check_hours(row, plan, [other for key, other in plans.items() if key != row.key])
        plans[row.key] = plan
        if is_taster:
            self.resolve_taster(row, plan, before)

    def resolve_taster(self, row, plan: Plan, before: Plan | None):
        """What a work taster adds up to beside the student's others, those of right rows before it included."""
        days, taken = TasterDays.of(plan), self.taken[row.student.pk]
        if closed := days.why_closed():
            row.wrong("first_on", closed)
        key = row.placement.pk if row.placement else row.key
        found = TasterHours(allowed_for(row.student), taken.total() - taken[key], days.minutes)
        if found.goes_beyond and found.agreed > (TasterDays.of(before).minutes if before else 0):
            row.unusual.append(found.beyond())
        if not row.problems:
            taken[key] = found.agreed

    def first_hours(self, placement) -> dict:
        """The hours of a stored placement from its first day on, which are what a file may say."""
        versions = self.patterns[placement.pk] if placement else []
        return versions[0][1] if versions else {}

    def resolve_at(self, row, employer):
        """Find the site and the manager within the employer."""
        row.site = self.sites.get((employer.pk, called(row["site"] or "")))
        if row.has("site") and not row.site:
            says = f"{employer} has no site called “{row['site']}”. Import the employers first."
            row.lacking("site", says, EMPLOYERS)
        row.manager = self.managers.get((employer.pk, row["manager"]))
        if row.has("manager") and not row.manager:
            says = f"{employer} has no line manager with this address. Import the employers first."
            row.lacking("manager", says, EMPLOYERS)

    def stage(self, row):
        new = {"provider": self.provider, "student": row.student, "employer": row.employer, "first_on": row["first_on"]}
        new["kind"] = row["what"] if row.has("what") else Placement.Kind.PLACEMENT
        draft = self.drafts.stage(row, Placement, row.key, row.placement, **new)
        draft.fill(row, "last_on", "role", "pay")
        for field in ("site", "manager"):
            if row.has(field):
                draft.set(row, field, getattr(row, field))
        draft.hours = row.hours
        if row.placement:
            self.compare(row, row.placement, draft)
        if row.student.frozen_says and (row.changes or not row.placement):
            row.wrong("student", row.student.frozen_says)
        if row.adds or row.changes:
            row.notes += filter(None, [row.further, *row.unusual, beyond_the_course(row.student, row["last_on"])])

    def compare(self, row, placement, draft):
        """What a file may change about a placement that exists: the same as its pages allow."""
        worked = self.worked_until.get(placement.pk)
        if worked and worked > row["last_on"]:
            row.wrong("last_on", f"Hours are recorded until {worked:%-d %B %Y}.")
        if row.has("what") and row["what"] != placement.kind:
            row.wrong(
                "what", f"It is stored as a {placement.called}. Remove that one while it is planned, or leave it."
            )
        planned = placement.status == Placement.Status.PLANNED
        before = draft.before or placement
        if not planned and before.manager_id and before.manager_id != draft.thing.manager_id:
            row.wrong("manager", f"The {placement.called} has begun. Change the line manager on its page.")
        now = self.first_hours(placement)
        if row.hours in ({}, now):
            draft.hours = {}
        else:
            row.changes.append(["working pattern", in_words(now), in_words(row.hours)])
            if not planned and not row.follows:
                row.wrong(first_column(row.hours), BEGUN.format(placement.called))
        if row.changes and placement.status == Placement.Status.ENDED:
            row.wrong(
                "first_on", f"This {placement.called} has ended. Take it up again on its page before changing it."
            )

    def after_saving(self, *, by, source):
        drafts = [draft for draft in self.drafts.of(Placement) if draft.hours]
        write_hours(drafts, by=by, source=source)
        only_hours = [draft.thing.pk for draft in drafts if not draft.is_new and not draft.changed_fields()]
        rows_written.send(sender=Placement, pks=only_hours)
