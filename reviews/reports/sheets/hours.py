"""Hours on paper: the statement, and the timesheets of the weeks."""

from collections import defaultdict
from functools import partial

from django.utils import timezone

from placements.hours import chart
from placements.hours.receipt import Receipt, receipts_for
from placements.timesheets.models import Timesheet
from portal.words import long_date
from reviews.reports.kinds import Sheet, head, page, report
from reviews.reports.timesheet import days_of


@report(
    "statement",
    title="Statement of hours",
    says="Every day, which hours count and who approved them, with the rules behind it.",
    order=10,
)
def statements(students, user):
    """Five queries for all of them."""
    receipts = receipts_for(students, timezone.localdate())
    return {student.pk: [statement(student, receipts[student.pk])] for student in students}


def statement(student, receipt: Receipt) -> Sheet:
    return Sheet(
        "Statement of hours",
        f"Statement of hours - {student.name}",
        page("statement", student.pk),
        "print/statement.html",
        partial(statement_of, student, receipt),
    )


def statement_of(student, receipt: Receipt) -> dict:
    """What the statement says."""
    return head(student.provider) | {
        "student": student,
        "receipt": receipt,
        "chart": chart.drawn(receipt),
        "standing": chart.standing(receipt),
        "several": len(receipt.by_employer) > 1,  # with one employer the name need not stand in every row
    }


@report(
    "timesheets",
    title="Timesheets",
    says="One sheet for each week that is handed in or approved.",
    order=20,
)
def timesheets(students, user):
    """Four queries for all of them."""
    rows = weeks_to_print(user).filter(placement__student__in=students).exclude(status__in=Timesheet.OPEN)
    found = defaultdict(list)
    for week in rows.order_by("monday", "pk"):
        found[week.placement.student_id].append(timesheet(week))
    return found


def weeks_to_print(user):
    """Weeks that `user` may see, with all that a sheet shows. Four queries, whatever the number."""
    people = "placement__student__provider", "placement__student__hours__rule_set", "placement__site", "on_paper_by"
    weeks = Timesheet.objects.visible_to(user).with_people().select_related(*people)
    return weeks.prefetch_related("spells", "placement__pattern_days", "placement__absences")


def timesheet(week: Timesheet) -> Sheet:
    when = long_date(week.monday)
    return Sheet(
        f"Week of {when}",
        f"Timesheet - {week.placement.student.name} - {week.monday:%Y-%m-%d}",  # in the order of time
        page("timesheet_print", week.pk),
        "print/timesheet.html",
        partial(timesheet_of, week),
    )


def timesheet_of(week: Timesheet) -> dict:
    """What the sheet of a week says."""
    return head(week.placement.provider) | {"week": week, "days": days_of(week)}
