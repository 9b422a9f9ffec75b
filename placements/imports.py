"""The import of placements, with their working patterns."""

from collections import defaultdict
from datetime import timedelta
from functools import lru_cache
from itertools import groupby

from django.db.models import Max

from employers.imports import called
from employers.models import Employer, LineManager, Site
from placements.models import PatternDay, Pay, Placement
from placements.pattern import WEEKDAYS, spanned
from placements.timesheets.models import Spell
from placements.working_time import plan_problems
from portal.history.models import Event, event
from portal.identifiers import TEMPORARY_ULN
from portal.imports import cells
from portal.imports.cells import Unfit, like
from portal.imports.columns import Column
from portal.imports.drafts import BATCH, batches
from portal.imports.importer import Importer
from portal.imports.signals import rows_written
from students.models import Student
from students.tlevels.rules import WorkingTime, in_force_on, working_time_for

LONGEST = timedelta(days=3 * 365)
DAY_COLUMNS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def student_name(cell: str) -> str:
    """How a row names a student: by ULN or by e-mail address."""
    if "@" in cell:
        return cells.email(cell)
    number = cells.uln(cell)
    if number == TEMPORARY_ULN:
        raise Unfit("Many students have this temporary number. Write the student's e-mail address instead.")
    return number


def working_day(title: str) -> Column:
    weekend = title in ("Saturday", "Sunday")
    return Column(
        title,
        "Start, finish and minutes of unpaid break, like 09:00-17:00/60. Empty on a day off.",
        "" if weekend else "09:00-17:00/60",
        cells.working_day,
        also=(title[:3], f"{title} hours"),
    )


def pattern_day(weekday: int, times: tuple, **where) -> PatternDay:
    starts, finishes, pause = times
    return PatternDay(weekday=weekday, starts=starts, finishes=finishes, break_minutes=pause, **where)


@lru_cache(maxsize=1000)
def problems(days: tuple, limits: WorkingTime) -> list[str]:
    """Why (weekday, hours) may not be agreed; the same few weeks come again and again."""
    return plan_problems([pattern_day(n, times) for n, times in days], limits)


def in_words(hours: dict) -> str:
    """{weekday: (start, finish, break)} as people read it: 'Mon to Fri 09:00-17:00/60'."""
    times = {n: f"{starts:%H:%M}-{finishes:%H:%M}/{pause}" for n, (starts, finishes, pause) in sorted(hours.items())}
    weekdays = sorted(times, key=lambda n: (times[n], n))
    parts = [(same, [WEEKDAYS[n] for n in days]) for same, days in groupby(weekdays, key=times.get)]
    return ", ".join(f"{spanned(days) if len(days) > 1 else days[0]} {same}" for same, days in parts) or "none"


class PlacementImport(Importer):
    kind = "placements"
    order = 3
    title = "Placements"
    lead = (
        "One row for each placement, of students and employers that are in the portal already. A placement is "
        "recognised by its student, its employer and its first day."
    )
    after = "Placements start by themselves on their first day, once nothing is missing."
    writes = [Placement]

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
        f"One of: {', '.join(Pay.labels)}.",
        "Not paid",
        cells.one_of(Pay, yes=Pay.PAID, no=Pay.UNPAID),
        also=("paid", "pay and expenses"),
    )
    monday, tuesday, wednesday = working_day("Monday"), working_day("Tuesday"), working_day("Wednesday")
    thursday, friday = working_day("Thursday"), working_day("Friday")
    saturday, sunday = working_day("Saturday"), working_day("Sunday")

    def title_of(self, row):
        student = row.student.name if row.student else row["student"]
        return " at ".join(part for part in (student, row["employer"]) if part)

    def look_up(self, rows):
        named = {row["student"] for row in rows}
        stored = Student.objects.filter(provider=self.provider).select_related("user")
        self.students = {student.uln: student for student in self.fetch(stored, "uln", named)}
        self.students |= {student.user.email: student for student in self.fetch(stored, "user__email", named)}
        names = {called(row["employer"]) for row in rows if row.has("employer")}
        employers = Employer.objects.filter(provider=self.provider)
        self.employers = {called(employer.name): employer for employer in employers if called(employer.name) in names}
        ids = [employer.pk for employer in self.employers.values()]
        self.sites = {(site.employer_id, called(site.name)): site for site in self.fetch(Site.objects, "employer", ids)}
        managers = self.fetch(LineManager.objects.select_related("user"), "employer", ids)
        self.managers = {(manager.employer_id, manager.user.email): manager.user for manager in managers}
        stored = Placement.objects.filter(provider=self.provider).select_related("site", "manager")
        students = {student.pk for student in self.students.values()}
        placements = self.fetch(stored, "student", students)
        self.placements = {(one.student_id, one.employer_id, one.first_on): one for one in placements}
        self.plans = defaultdict(dict)  # by student: {placement: (first day, last day, hours by weekday)}
        self.look_up_hours([one.pk for one in placements])
        for key, one in self.placements.items():
            self.plans[key[0]][key] = (one.first_on, one.last_on, self.last_hours[one.pk])
        spells = Spell.objects.order_by().values_list("timesheet__placement").annotate(Max("day"))
        self.worked_until = {}
        for part in batches([one.pk for one in placements]):
            self.worked_until |= dict(spells.filter(timesheet__placement__in=part))

    def look_up_hours(self, ids):
        """The working patterns of stored placements: the first one of each, which a file may say, and the last one."""
        self.first_hours, self.last_hours = defaultdict(dict), defaultdict(dict)
        for part in batches(ids):
            rows = PatternDay.objects.filter(placement__in=part).order_by("placement", "valid_from", "weekday")
            rows = rows.values_list("placement", "valid_from", "weekday", "starts", "finishes", "break_minutes")
            for (pk, _), days in groupby(rows, key=lambda row: row[:2]):
                self.last_hours[pk] = {weekday: tuple(times) for _, _, weekday, *times in days}
                self.first_hours.setdefault(pk, self.last_hours[pk])

    def resolve(self, row):
        row.student = self.students.get(row["student"])
        if row.has("student") and not row.student:
            row.wrong("student", "No student here has this ULN or address. Import the students first.")
        row.employer = self.employers.get(called(row["employer"] or ""))
        row.site = row.manager = row.placement = None
        if row.employer:
            self.resolve_at(row, row.employer)
        elif row.has("employer"):
            row.wrong("employer", f"No employer here is called “{row['employer']}”. Import the employers first.")
        first, last = row["first_on"], row["last_on"]
        if first and last and last < first:
            row.wrong("last_on", f"{last:%-d %B %Y} is before the first day, {first:%-d %B %Y}.")
        elif first and last and last - first > LONGEST:
            row.wrong("last_on", f"From {first:%-d %B %Y} to {last:%-d %B %Y} is more than three years.")
        row.key = (row.student and row.student.pk, row.employer and row.employer.pk, first)
        if all(row.key):
            self.only_once(row, "student", row.key, "placement")
            row.placement = self.placements.get(row.key)
        row.hours = {n: row[name] for n, name in enumerate(DAY_COLUMNS) if row.has(name)}
        if all(row.key) and last and row.hours:
            self.check_hours(row)

    def resolve_at(self, row, employer):
        """Find the site and the manager within the employer."""
        row.site = self.sites.get((employer.pk, called(row["site"] or "")))
        if row.has("site") and not row.site:
            row.wrong("site", f"{employer} has no site called “{row['site']}”. Import the employers first.")
        row.manager = self.managers.get((employer.pk, row["manager"]))
        if row.has("manager") and not row.manager:
            row.wrong(
                "manager", f"{employer} has no line manager with this address. Import them with the employers first."
            )

    def check_hours(self, row):
        """The hours must keep within working time, together with the student's other placements at that time."""
        first, last = row["first_on"], row["last_on"]
        plans = self.plans[row.student.pk]
        others = [
            hours for key, (begins, ends, hours) in plans.items() if key != row.key and begins <= last and first <= ends
        ]
        days = tuple(day for hours in [row.hours, *others] for day in hours.items())
        limits = working_time_for(row.student.age_on(first), in_force_on(first))
        for says in problems(days, limits):
            weekday = says.partition(":")[0].lower()
            row.wrong(weekday if row.has(weekday) else DAY_COLUMNS[min(row.hours)], says)
        plans[row.key] = (first, last, row.hours)

    def stage(self, row):
        new = {"provider": self.provider, "student": row.student, "employer": row.employer, "first_on": row["first_on"]}
        draft = self.drafts.stage(row, Placement, row.key, row.placement, **new)
        draft.fill(row, "last_on", "role", "pay")
        for field in ("site", "manager"):
            if row.has(field):
                draft.set(row, field, getattr(row, field))
        draft.hours = row.hours
        if row.placement:
            self.compare(row, row.placement, draft)

    def compare(self, row, placement, draft):
        """What a file may change about a placement that exists."""
        now = self.first_hours[placement.pk]
        worked = self.worked_until.get(placement.pk)
        if worked and worked > row["last_on"]:
            row.wrong("last_on", f"Hours are recorded until {worked:%-d %B %Y}.")
        if row.hours and row.hours != now:
            row.changes.append(["working pattern", in_words(now), in_words(row.hours)])
            if placement.status != Placement.Status.PLANNED:
                column = DAY_COLUMNS[min(row.hours)]
                row.wrong(
                    column, "The placement has begun. Change the hours on its page, where you say from which day."
                )
        else:
            draft.hours = {}
        if row.changes and placement.status == Placement.Status.ENDED:
            row.wrong("first_on", "This placement has ended. Take it up again on its page before changing it.")

    def after_saving(self, *, by, source):
        with_hours = [draft for draft in self.drafts.of(Placement) if draft.hours]
        for part in batches([draft.thing.pk for draft in with_hours if not draft.is_new]):
            PatternDay.objects.filter(placement__in=part).delete()
        days = [
            pattern_day(n, times, placement=draft.thing, valid_from=draft.thing.first_on)
            for draft in with_hours
            for n, times in draft.hours.items()
        ]
        PatternDay.objects.bulk_create(days, batch_size=BATCH)
        says = [
            (draft, f"set the working pattern {in_words(draft.hours)} with the file {source}") for draft in with_hours
        ]
        Event.objects.bulk_create([event(draft.thing, words, by=by) for draft, words in says], batch_size=BATCH)
        only_hours = [draft.thing.pk for draft in with_hours if not draft.is_new and not draft.changed_fields()]
        rows_written.send(sender=Placement, pks=only_hours)
